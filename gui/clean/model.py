"""The rows of one queue: its findings that are left, those that belong together in one band."""

from dataclasses import replace
from functools import cache

import numpy as np

from engine.curate.finding import Finding, Kind
from gui.clean import words
from gui.clean.findings import Findings, Queue
from gui.gallery.bands import Band
from gui.gallery.model import GalleryModel
from gui.session import Session
from gui.table import Item, Rows
from gui.words import number


class QueueModel(GalleryModel):
    """One row a finding of the kind that is shown, the most important first."""

    # Before the first rows are asked for there is no queue.
    _findings: Findings | None = None
    _shown: Rows = np.empty(0, np.intp)
    queue_kind: Kind | None = None
    threshold = 0.0
    """The score, 0 to 1, below which findings are not shown."""

    def __init__(self, session: Session, findings: Findings) -> None:
        super().__init__(session)
        self._findings = findings
        self._fitted: Queue | None = None
        findings.changed.connect(self._take)

    def show_queue(self, kind: Kind | None, threshold: float = 0.0) -> None:
        """Show the findings of a kind whose score is at least `threshold`."""
        self.queue_kind, self.threshold = kind, threshold
        self._refit()

    def item(self, row: int) -> Item:
        # A badge says what else was found than what the whole queue is of.
        item = super().item(row)
        return replace(item, found=tuple(one for one in item.found if one != self.queue_kind))

    def finding(self, path: str) -> Finding | None:
        """Return the finding on an image that is shown."""
        at, queue = self.place(path), self._queue()
        return queue.findings[at] if at is not None and queue is not None else None

    def place(self, path: str) -> int | None:
        """Return the place in the queue of the finding on an image that is shown."""
        row = self.row(path)
        return None if row is None else int(self._shown[row])

    def shown(self) -> Rows:
        """Return the places in the queue of what is shown, in its order."""
        return self._shown

    def together(self, path: str) -> list[Finding]:
        """Return the findings shown that belong together with the one on an image, itself included."""
        at, queue = self.place(path), self._queue()
        if at is None or queue is None:
            return []
        members = np.intersect1d(queue.members(at), self._shown, assume_unique=True)
        return [queue.findings[one] for one in members.tolist()]

    def _queue(self) -> Queue | None:
        return self._findings.queue(self.queue_kind) if self._findings is not None else None

    def _take(self) -> None:
        # One kind comes after the other; what is shown need not be put in order again for each.
        if self._queue() is not self._fitted:
            self._refit()

    def _refit(self) -> None:
        queue = self._fitted = self._queue()
        self._shown = self._fitting(queue)
        if queue is None or not len(self._shown):
            self._show(None, [], "")
            return
        rows = queue.rows[self._shown]
        bands = self._bands(queue) if queue.clustered else [Band("", "", 0, len(rows), "")]
        self._show(rows, bands, queue.kind)

    def _fitting(self, queue: Queue | None) -> Rows:
        if queue is None or self._findings is None:
            return np.empty(0, np.intp)
        fits = self._findings.left(queue)
        if self.threshold > 0:
            fits = fits & (queue.scores >= self.threshold)
        return np.flatnonzero(fits)

    def _bands(self, queue: Queue) -> list[Band]:
        places, looks = self._shown, self._session.looks
        clusters = queue.clusters[places]
        starts = np.flatnonzero(np.diff(clusters, prepend=clusters[0] - 1))
        counts = np.diff(starts, append=len(places))
        # Where labels differ nothing is said to go: which of them holds, a person says.
        away = np.add.reduceat((queue.removes & ~queue.conflicts)[places], starts, dtype=np.intp)
        template = self.tr("remove {count}")

        # Of ten thousand clusters most are alike in words.
        @cache
        def detail(count: int) -> str:
            return template.format(count=number(count)) if count else ""

        titles: dict[tuple[str, object], str] = {}

        def title(finding: Finding) -> str:
            alike = (finding.reason.id, finding.reason.params.get("size", finding.path))
            if alike not in titles:
                titles[alike] = words.cluster(finding, looks)
            return titles[alike]

        return [
            Band(
                str(cluster),
                title(queue.findings[place]),
                first,
                count,
                detail(gone),
            )
            for cluster, place, first, count, gone in zip(
                clusters[starts].tolist(),
                places[starts].tolist(),
                starts.tolist(),
                counts.tolist(),
                away.tolist(),
                strict=True,
            )
        ]

    def _append(self, paths: list[str]) -> None:
        self._refit()
