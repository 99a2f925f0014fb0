"""Long work of the Clean workspace, to be run by `Workers.start`."""

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.curate import kept
from engine.curate.apart import scan_apart
from engine.curate.finding import Batch, Kind
from engine.images.record import BadFile, ImageRecord
from engine.jobs import Job
from engine.project.values import NOT_CLASSED
from gui.clean.findings import Queue, queues_of

if TYPE_CHECKING:
    from engine.images.source import Source
    from gui.table import ImageTable
    from gui.work import Engine


def listed(table: "ImageTable") -> list[ImageRecord | BadFile]:
    """Return the files that are not removed, with the labels that hold now."""
    found: list[ImageRecord | BadFile] = []
    removed, bad, labels = table.column("removed"), table.column("bad"), table.labelled()
    for row, record in enumerate(table.records):
        if removed[row]:
            continue
        if record is None or bad[row]:
            problem = table.item(row).problem
            if problem is not None:
                found.append(BadFile(table.paths[row], problem))
            continue
        label = table.class_id(int(labels[row]))
        found.append(replace(record, label=None if label == NOT_CLASSED else label))
    return found


def look(job: Job, source: "Source", table: "ImageTable", engine: "Engine") -> list[Queue]:
    """Scan the open folder in a process of its own; partial results are the queues that are ready."""
    scan_apart(_Queues(job, table), source.root, listed(table), engine.bundle, engine.device)
    return []


def recall(
    job: Job, source: "Source", table: "ImageTable", engine: "Engine"
) -> tuple[list[Queue], kept.Last] | None:
    """Return what the last scan of the open folder found, if there was one."""
    last = kept.last(source.root, listed(table), engine.card.model_id)
    if last is None:
        return None
    return queues_of(table, Batch(tuple(Kind), tuple(last.findings))), last


class _Queues(Job):
    """A job that hands findings on as queues: to put a hundred thousand in order takes its time."""

    def __init__(self, outer: Job, table: "ImageTable") -> None:
        super().__init__(lambda one: outer.progress(one.done, one.total, one.message))
        self._outer, self._table = outer, table

    @property
    def cancelled(self) -> bool:
        """True once cancel of the outer job was asked for."""
        return self._outer.cancelled

    def partial(self, value: Batch) -> None:
        """Hand out the queues of a batch."""
        self._outer.partial(queues_of(self._table, value))
