"""Scan tasks: list the images of a source, or draw the sample; run on worker threads.

Heavy modules are imported inside the functions, so that they load after the window is shown.
"""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.jobs import Job
from engine.messages import Problem

if TYPE_CHECKING:
    from engine.images.record import BadFile, ImageRecord
    from engine.project.metadata import ProjectSummary

_FIRST_BATCH_SECONDS = 0.05
_MAX_BATCH_SECONDS = 1.6
_MAX_BATCH = 5_000


def scan_source(
    job: Job, paths: Sequence[Path], project: Path | None = None, fields: bool | None = None
) -> None:
    """Open a source, or several paths as one; partial results: the source, then lists of its records.

    With `fields`, the images are the cells of the fields there. Without (None) it is decided as when the
    folder was last open: `project` is the file of its project, where that is known.
    """
    from engine.fields.field_source import FieldSource
    from engine.images.class_set import load_class_set
    from engine.images.source import open_selection, open_source
    from engine.project.cell_boxes import read_decided_cells

    source = open_source(paths[0]) if len(paths) == 1 else open_selection(paths)
    latest = _latest_project(paths, project, fields)
    if fields is None:
        fields = latest is not None and latest.fields
    if fields:
        decided = read_decided_cells(latest.file) if latest and latest.fields else []
        source = FieldSource(source, load_class_set(), decided)
    job.partial(source)
    for batch in _growing_batches(source.scan(job)):
        job.partial(batch)


def _latest_project(
    paths: Sequence[Path], project: Path | None, fields: bool | None
) -> "ProjectSummary | None":
    """Return the project with which a folder was last open, as fields or not; None where there is none."""
    from engine.project.library import Library
    from engine.project.library_index import read_project_summary

    if project is not None:
        return read_project_summary(project)
    if len(paths) != 1 or not paths[0].is_dir():
        return None
    root = paths[0].resolve()
    heads = [head for head in Library().recent() if head.root == root]
    return next((head for head in heads if fields in (None, head.fields)), None)


def draw_sample(job: Job, folder: Path) -> Path:
    """Draw the sample into a folder unless it exists; return the folder. Raises `Problem`."""
    from engine.images.sample.writer import write_sample

    if not folder.exists():
        try:
            write_sample(folder, job)
        except OSError as error:
            reason = error.strerror or str(error)
            raise Problem("cli.os_error", path=str(folder), reason=reason) from error
    return folder


def _growing_batches(
    records: "Iterator[ImageRecord | BadFile]",
) -> "Iterator[list[ImageRecord | BadFile]]":
    # The first batch soon, so that images appear at once; later ones larger, because each makes the
    # gallery lay out its rows again.
    seconds = _FIRST_BATCH_SECONDS
    deadline = time.monotonic() + seconds
    batch: list[ImageRecord | BadFile] = []
    for record in records:
        batch.append(record)
        if len(batch) >= _MAX_BATCH or time.monotonic() >= deadline:
            yield batch
            batch = []
            seconds = min(2 * seconds, _MAX_BATCH_SECONDS)
            deadline = time.monotonic() + seconds
    if batch:
        yield batch
