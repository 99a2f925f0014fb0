"""Background tasks of the Clean workspace, to be run by `Workers.start`."""

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.curate import findings_cache
from engine.curate.finding import FindingBatch, FindingKind
from engine.curate.scan_process import scan_in_process
from engine.images.record import BadFile, ImageRecord
from engine.jobs import Job
from engine.project.decisions import NOT_CLASSED
from gui.clean.finding_queues import FindingQueue, build_queues

if TYPE_CHECKING:
    from engine.images.source import Source
    from gui.state.active_model import ActiveModel
    from gui.state.image_table import ImageTable


def list_files(table: "ImageTable") -> list[ImageRecord | BadFile]:
    """Return the files that are not removed, with their current labels."""
    files: list[ImageRecord | BadFile] = []
    removed, bad, labels = table.column("removed"), table.column("bad"), table.labelled_classes()
    for row, record in enumerate(table.records):
        if removed[row]:
            continue
        if record is None or bad[row]:
            problem = table.item(row).problem
            if problem is not None:
                files.append(BadFile(table.paths[row], problem))
            continue
        label = table.class_id(int(labels[row]))
        files.append(replace(record, label=None if label == NOT_CLASSED else label))
    return files


def scan_folder(
    job: Job, source: "Source", table: "ImageTable", engine: "ActiveModel"
) -> list[FindingQueue]:
    """Scan the open folder in a child process; partial results are lists of finished queues."""
    scan_in_process(
        _QueueJob(job, table), source.root, list_files(table), engine.bundle, engine.device
    )
    return []


def load_last_scan(
    job: Job, source: "Source", table: "ImageTable", engine: "ActiveModel"
) -> tuple[list[FindingQueue], findings_cache.CachedFindings] | None:
    """Return the findings of the last scan of the open folder, None if there was no scan."""
    last = findings_cache.load(source.root, list_files(table), engine.card.model_id)
    if last is None:
        return None
    return build_queues(table, FindingBatch(tuple(FindingKind), tuple(last.findings))), last


class _QueueJob(Job):
    """Job that passes findings on as queues, built off the GUI thread (slow for 100,000 findings)."""

    def __init__(self, outer: Job, table: "ImageTable") -> None:
        super().__init__(lambda step: outer.progress(step.done, step.total, step.message))
        self._outer, self._table = outer, table

    @property
    def cancelled(self) -> bool:
        """True once the outer job was cancelled."""
        return self._outer.cancelled

    def partial(self, value: FindingBatch) -> None:
        """Pass on the queues of a batch."""
        self._outer.partial(build_queues(self._table, value))
