"""Files of a source, listed with progress."""

from typing import TYPE_CHECKING

from engine.cli.progress import progress_job, say
from engine.fields.cell_path import file_path
from engine.messages import Message, render

if TYPE_CHECKING:
    from engine.images.record import BadFile, ImageRecord
    from engine.images.source import Source


def scan_files(source: "Source") -> list["ImageRecord | BadFile"]:
    """Return all files of a source in their order, with progress; of fields, their cells and how many."""
    from engine.fields.field_source import holds_fields
    from engine.images.record import ImageRecord

    are_fields = holds_fields(source)
    with progress_job("field" if are_fields else "file") as job:
        files = list(source.scan(job))
    if are_fields:
        cells = [file.path for file in files if isinstance(file, ImageRecord)]
        params = {"cells": len(cells), "fields": len({file_path(path) for path in cells})}
        say(render(Message("fields.found", params)))
    return files
