"""Background tasks of the Clean workspace, to be run by `Workers.start`."""

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.curate import findings_cache
from engine.curate.finding import FindingBatch, FindingKind
from engine.curate.scan_process import scan_in_process
from engine.fields.field_source import holds_fields
from engine.images.record import BadFile, ImageRecord
from engine.jobs import Job, NestedJob
from engine.project.classes import effective_label
from gui.clean.finding_queues import FindingQueue, build_queues

if TYPE_CHECKING:
    from engine.images.source import Source
    from gui.state.active_model import ActiveModel
    from gui.state.image_table import ImageTable


def list_files(table: "ImageTable") -> list[ImageRecord | BadFile]:
    """Return the files that are not removed, with their current labels.

    An image whose reading failed is among the records, as it is before it is read: a later start must not take
    it for another file than the scan did.
    """
    files: list[ImageRecord | BadFile] = []
    removed, labels = table.column("removed"), table.labelled_classes()
    for row, record in enumerate(table.records):
        if removed[row]:
            continue
        if record is None:
            problem = table.item(row).problem
            if problem is not None:
                files.append(BadFile(table.paths[row], problem))
            continue
        label = table.class_id(int(labels[row]))
        files.append(replace(record, label=effective_label(label, None, {})))
    return files


def scan_folder(
    job: Job, source: "Source", table: "ImageTable", model: "ActiveModel"
) -> list[FindingQueue]:
    """Scan the open folder in a child process; partial results are lists of finished queues."""

    def pass_on_queues(batch: FindingBatch) -> None:
        # Built here, off the GUI thread: slow for 100,000 findings.
        job.partial(build_queues(table, batch))

    inner = NestedJob(job, pass_on_queues)
    scan_in_process(
        inner,
        source.root,
        list_files(table),
        model.bundle,
        model.device,
        fields=holds_fields(source),
        merged=table.merged,
    )
    return []


def load_last_scan(
    job: Job, source: "Source", table: "ImageTable", model: "ActiveModel"
) -> tuple[list[FindingQueue], findings_cache.CachedFindings] | None:
    """Return the findings of the last scan of the open folder, None if there was no scan."""
    last = findings_cache.load(source.root, list_files(table), model.card.model_id)
    if last is None:
        return None
    return build_queues(table, FindingBatch(tuple(FindingKind), tuple(last.findings))), last
