"""Files of a source, listed with progress."""

from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli.progress import progress_job, say
from engine.messages import Message, Problem, render

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


def scan_images(source: "Source", shown: str | Path) -> list["ImageRecord | BadFile"]:
    """Return all files of a source as `scan_files` does; raises `Problem` if it has none.

    `shown` is the name that the user gave it. Fields in none of which a cell was found are no empty source.
    """
    from engine.fields.field_source import red_cells_of

    files = scan_files(source)
    if not (files or red_cells_of(source)):
        raise Problem("source.empty", folder=str(shown))
    return files
