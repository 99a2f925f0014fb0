"""Queue model: the unresolved findings of one queue as gallery rows, each cluster in a band."""

from dataclasses import replace
from functools import cache

import numpy as np

from engine.curate.finding import Finding, FindingKind
from gui.clean.finding_queues import FindingQueue, FindingQueues
from gui.gallery.bands import Band
from gui.gallery.model import GalleryModel
from gui.state import finding_text
from gui.state.image_columns import Rows
from gui.state.image_item import ImageItem
from gui.state.session import Session
from gui.words import number


class QueueModel(GalleryModel):
    """One row for each finding of the shown kind, most important first."""

    # The base class asks for rows before __init__ has set a queue.
    _findings: FindingQueues | None = None
    _shown: Rows = np.empty(0, np.intp)
    queue_kind: FindingKind | None = None
    threshold = 0.0
    """Minimum score, 0 to 1, of shown findings."""

    def __init__(self, session: Session, findings: FindingQueues) -> None:
        super().__init__(session)
        self._findings = findings
        self._shown_queue: FindingQueue | None = None
        findings.changed.connect(self._on_changed)

    def show_queue(self, kind: FindingKind | None, threshold: float = 0.0) -> None:
        """Show the findings of a kind whose score is at least `threshold`."""
        self.queue_kind, self.threshold = kind, threshold
        self._apply_query()

    def item(self, row: int) -> ImageItem:
        # The badge shows only the other kinds; all rows have the kind of the queue.
        item = super().item(row)
        return replace(item, found=tuple(kind for kind in item.found if kind != self.queue_kind))

    def finding(self, path: str) -> Finding | None:
        """Return the finding of a shown image."""
        index, queue = self.queue_index(path), self._queue()
        return queue.findings[index] if index is not None and queue is not None else None

    def queue_index(self, path: str) -> int | None:
        """Return the index in the queue of the finding of a shown image."""
        row = self.row_of(path)
        return None if row is None else int(self._shown[row])

    def shown_indices(self) -> Rows:
        """Return the indices in the queue of the shown findings, in their order."""
        return self._shown

    def cluster_of(self, path: str) -> list[Finding]:
        """Return the shown findings in the cluster of an image, its own included."""
        index, queue = self.queue_index(path), self._queue()
        if index is None or queue is None:
            return []
        members = np.intersect1d(queue.members(index), self._shown, assume_unique=True)
        return [queue.findings[member] for member in members.tolist()]

    def _queue(self) -> FindingQueue | None:
        return self._findings.queue(self.queue_kind) if self._findings is not None else None

    def _on_changed(self) -> None:
        # Kinds arrive one by one: rebuild only when the shown queue changed.
        if self._queue() is not self._shown_queue:
            self._apply_query()

    def _apply_query(self) -> None:
        queue = self._shown_queue = self._queue()
        self._shown = self._select_shown(queue)
        if queue is None or not len(self._shown):
            self._set_rows(None, [], "")
            return
        rows = queue.rows[self._shown]
        bands = self._bands(queue) if queue.is_clustered else [Band("", "", 0, len(rows), "")]
        self._set_rows(rows, bands, queue.kind)

    def _select_shown(self, queue: FindingQueue | None) -> Rows:
        if queue is None or self._findings is None:
            return np.empty(0, np.intp)
        fits = self._findings.unresolved(queue)
        if self.threshold > 0:
            fits = fits & (queue.scores >= self.threshold)
        return np.flatnonzero(fits)

    def _bands(self, queue: FindingQueue) -> list[Band]:
        indices, class_styles = self._shown, self._session.class_styles
        clusters = queue.clusters[indices]
        starts = np.flatnonzero(np.diff(clusters, prepend=clusters[0] - 1))
        counts = np.diff(starts, append=len(indices))
        # No removal is suggested while labels conflict.
        removals = np.add.reduceat(
            (queue.removes & ~queue.conflicts)[indices], starts, dtype=np.intp
        )
        template = self.tr("remove {count}")

        # Most of ten thousand clusters have the same text.
        @cache
        def detail(count: int) -> str:
            return template.format(count=number(count)) if count else ""

        titles: dict[tuple[str, object], str] = {}

        def title(finding: Finding) -> str:
            text_key = (finding.reason.id, finding.reason.params.get("size", finding.path))
            if text_key not in titles:
                titles[text_key] = finding_text.cluster_title(finding, class_styles)
            return titles[text_key]

        return [
            Band(
                str(cluster),
                title(queue.findings[index]),
                first,
                count,
                detail(removed),
            )
            for cluster, index, first, count, removed in zip(
                clusters[starts].tolist(),
                indices[starts].tolist(),
                starts.tolist(),
                counts.tolist(),
                removals.tolist(),
                strict=True,
            )
        ]

    def _append(self, paths: list[str]) -> None:
        self._apply_query()
