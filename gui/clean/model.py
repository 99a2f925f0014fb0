"""The rows of one queue: its findings that are left, those that belong together in one band."""

from itertools import groupby

import numpy as np

from engine.curate.finding import Action, Finding, Kind
from gui.clean import words
from gui.clean.findings import Findings, Queue
from gui.gallery.bands import Band
from gui.gallery.model import GalleryModel
from gui.session import Session
from gui.table import Rows
from gui.words import number


class QueueModel(GalleryModel):
    """One row a finding of the kind that is shown, the most important first."""

    # Before the first rows are asked for there is no queue.
    _findings: Findings | None = None
    queue_kind: Kind | None = None
    threshold = 0.0
    """The score, 0 to 1, below which findings are not shown."""

    def __init__(self, session: Session, findings: Findings) -> None:
        super().__init__(session)
        self._findings = findings
        self._at: dict[int, int] = {}
        findings.changed.connect(self._refit)

    def show_queue(self, kind: Kind | None, threshold: float = 0.0) -> None:
        """Show the findings of a kind whose score is at least `threshold`."""
        self.queue_kind, self.threshold = kind, threshold
        self._refit()

    def finding(self, path: str) -> Finding | None:
        """Return the finding on an image that is shown."""
        at, queue = self.place(path), self._queue()
        return queue.findings[at] if at is not None and queue is not None else None

    def place(self, path: str) -> int | None:
        """Return the place in the queue of the finding on an image that is shown."""
        row = self._table.row(path) if self._table is not None else None
        return self._at.get(row) if row is not None else None

    def shown(self) -> Rows:
        """Return the places in the queue of what is shown."""
        queue = self._queue()
        if queue is None or self._findings is None:
            return np.empty(0, np.intp)
        fits = self._findings.left(queue)
        if self.threshold > 0:
            fits = fits & (queue.scores >= self.threshold)
        return np.flatnonzero(fits)

    def together(self, path: str) -> list[Finding]:
        """Return the findings shown that belong together with the one on an image, itself included."""
        at, queue = self.place(path), self._queue()
        if at is None or queue is None:
            return []
        members = np.intersect1d(queue.members(at), self.shown(), assume_unique=True)
        return [queue.findings[one] for one in members.tolist()]

    def _queue(self) -> Queue | None:
        return self._findings.queue(self.queue_kind) if self._findings is not None else None

    def _refit(self) -> None:
        queue, places = self._queue(), self.shown()
        if queue is None or not len(places):
            self._at = {}
            self._show(None, [], "")
            return
        rows = queue.rows[places]
        self._at = dict(zip(rows.tolist(), places.tolist(), strict=True))
        bands = [Band("", "", 0, len(rows), "")]
        if queue.clustered:
            bands = self._bands(queue, places)
        self._show(rows, bands, queue.kind)

    def _bands(self, queue: Queue, places: Rows) -> list[Band]:
        bands: list[Band] = []
        first = 0
        for cluster, group in groupby(places.tolist(), lambda at: int(queue.clusters[at])):
            members = list(group)
            away = sum(queue.findings[at].action is Action.REMOVE for at in members)
            detail = self.tr("remove {count}").format(count=number(away)) if away else ""
            bands.append(
                Band(
                    str(cluster),
                    words.cluster(queue.findings[members[0]], self._session.looks),
                    first,
                    len(members),
                    detail,
                )
            )
            first += len(members)
        return bands

    def _append(self, paths: list[str]) -> None:
        self._refit()
