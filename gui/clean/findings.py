"""What the last scan found, and what of it is left to decide now."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal

from engine.curate.finding import Action, Finding, Kind
from gui.session import Session
from gui.table import NONE, Mask, Rows

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Queue:
    """n findings of one kind, most important first; `rows` (n,) are those of the table.

    `scores` (n,) are 0 to 1, `clusters` (n,) numbers or -1; `keeps` (n,) marks keepers of clusters.
    """

    kind: Kind
    findings: tuple[Finding, ...]
    rows: Rows
    scores: Scores
    clusters: npt.NDArray[np.intp]
    keeps: Mask

    @property
    def clustered(self) -> bool:
        """Whether its findings come in clusters."""
        return bool((self.clusters >= 0).any())

    def members(self, at: int) -> Rows:
        """Return the places of the findings that belong together with the one at a place."""
        cluster = self.clusters[at]
        return np.flatnonzero(self.clusters == cluster) if cluster >= 0 else np.array([at])


class Findings(QObject):
    """The findings of the open folder, as one queue a kind."""

    changed = Signal()
    """Other findings are here; what is left of them also changes with `session.decided`."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._queues: dict[Kind, Queue] = {}
        session.opened.connect(self.clear)

    def clear(self) -> None:
        """Forget them."""
        self._queues.clear()
        self.changed.emit()

    def take(self, kinds: Iterable[Kind], findings: Iterable[Finding]) -> None:
        """Take what was found of some kinds, instead of what was known of them."""
        found: dict[Kind, list[Finding]] = {kind: [] for kind in kinds}
        for one in findings:
            found.setdefault(one.kind, []).append(one)
        for kind, listed in found.items():
            self._queues[kind] = self._queue(kind, listed)
        self.changed.emit()

    def queue(self, kind: Kind | None) -> Queue | None:
        """Return the queue of a kind, None before it was looked for."""
        return self._queues.get(kind) if kind is not None else None

    def kinds(self) -> list[Kind]:
        """Return the kinds that were looked for, in the order in which to look at them."""
        return [kind for kind in Kind if kind in self._queues]

    def left(self, queue: Queue) -> Mask:
        """Return which findings nobody answered yet, the keepers of open clusters among them."""
        table, dismissed = self._session.table, self._session.dismissed
        if table is None:
            return np.zeros(len(queue.rows), np.bool_)
        left = ~table.column("removed")[queue.rows]
        if queue.kind is Kind.SUSPECT_LABEL:
            left &= table.column("label")[queue.rows] == NONE
        if dismissed:
            left &= np.array([one.key not in dismissed for one in queue.findings], np.bool_)
        if queue.clustered:
            # One that is left of copies, of which one shall stay, is what was wanted.
            inside = queue.clusters >= 0
            size = int(queue.clusters.max()) + 1
            alive = np.bincount(queue.clusters[left & inside], minlength=size)
            keeps = np.bincount(queue.clusters[inside & queue.keeps], minlength=size) > 0
            settled = keeps & (alive < 2)
            left[inside] &= ~settled[queue.clusters[inside]]
        return np.asarray(left, np.bool_)

    def counts(self) -> dict[Kind, int]:
        """Return how many findings are left to decide, keepers not counted."""
        return {
            kind: int((self.left(queue) & ~queue.keeps).sum())
            for kind, queue in self._queues.items()
        }

    def _queue(self, kind: Kind, listed: list[Finding]) -> Queue:
        table = self._session.table
        known: dict[int, Finding] = {}
        if table is not None:
            for one in listed:
                row = table.row(one.path)
                if row is not None:
                    known.setdefault(row, one)
        findings = tuple(known.values())
        return Queue(
            kind,
            findings,
            np.fromiter(known, np.intp, len(known)),
            np.array([one.score for one in findings], np.float32),
            np.array([-1 if one.cluster is None else one.cluster for one in findings], np.intp),
            np.array([one.action is Action.KEEP for one in findings], np.bool_),
        )
