"""Long work of the Clean workspace, to be run by `Workers.start`."""

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.curate import kept
from engine.curate.apart import scan_apart
from engine.images.record import BadFile, ImageRecord
from engine.jobs import Job
from engine.project.values import NOT_CLASSED

if TYPE_CHECKING:
    from engine.curate.finding import Finding
    from engine.images.source import Source
    from gui.table import ImageTable
    from gui.work import Engine


def listed(table: "ImageTable") -> list[ImageRecord | BadFile]:
    """Return the files that are not removed, with the labels that hold now."""
    found: list[ImageRecord | BadFile] = []
    removed, labels, bad = (table.column(name) for name in ("removed", "label", "bad"))
    for row, record in enumerate(table.records):
        if removed[row]:
            continue
        if record is None or bad[row]:
            problem = table.item(row).problem
            if problem is not None:
                found.append(BadFile(table.paths[row], problem))
            continue
        label = table.class_id(int(labels[row]))
        held = record.label if label is None else None if label == NOT_CLASSED else label
        found.append(replace(record, label=held))
    return found


def look(job: Job, source: "Source", table: "ImageTable", engine: "Engine") -> "list[Finding]":
    """Scan the open folder in a process of its own; partial results are `Batch`es."""
    return scan_apart(job, source.root, listed(table), engine.bundle, engine.device)


def recall(job: Job, source: "Source", table: "ImageTable", engine: "Engine") -> "kept.Last | None":
    """Return what the last scan of the open folder found, if there was one."""
    return kept.last(source.root, listed(table), engine.card.model_id)
