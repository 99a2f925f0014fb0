"""Files of a source, listed with progress."""

from typing import TYPE_CHECKING

from engine.cli.progress import progress_job, say
from engine.messages import Message, render

if TYPE_CHECKING:
    from engine.images.record import BadFile, ImageRecord
    from engine.images.source import Source


def scan_files(source: "Source") -> list["ImageRecord | BadFile"]:
    """Return all files of a source in their order, with progress; of fields, their cells and how many."""
    from engine.fields.field_source import holds_fields, red_cells_of
    from engine.images.record import ImageRecord

    are_fields = holds_fields(source)
    with progress_job("field" if are_fields else "file") as job:
        files = list(source.scan(job))
    if are_fields:
        cells = sum(isinstance(file, ImageRecord) for file in files)
        params = {"cells": cells, "fields": len(red_cells_of(source))}
        say(render(Message("fields.found", params)))
    return files
