"""What the last scan found, and what of it is left to decide now."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QTimer, Signal

from engine.curate.finding import Action, Batch, Finding, Kind
from gui.session import Session
from gui.table import NONE, Item, Mask, Rows

if TYPE_CHECKING:
    from gui.table import ImageTable

Scores = npt.NDArray[np.float32]

_SOON_MS = 50


@dataclass(frozen=True, slots=True, eq=False)
class Queue:
    """n findings of one kind, most important first; `rows` (n,) are those of the table.

    `scores` (n,) are 0 to 1, `clusters` (n,) numbers or -1; `keeps` (n,) marks keepers of clusters,
    `removes` (n,) what is suggested to go, `conflicts` (n,) copies under several labels.
    """

    kind: Kind
    findings: tuple[Finding, ...]
    rows: Rows
    scores: Scores
    clusters: npt.NDArray[np.intp]
    keeps: Mask
    removes: Mask
    conflicts: Mask
    keys: dict[str, list[int]]
    """The places of the findings of each key."""

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
        self._left: dict[Kind, Mask] = {}
        session.opened.connect(self.clear)
        # Made first, so that this is known before anybody asks again.
        session.decided.connect(self._left.clear)
        # Of many decisions, or kinds, that come together the table hears once.
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._flag)
        self.changed.connect(self._flag_soon)
        session.decided.connect(self._flag_soon)

    def clear(self) -> None:
        """Forget them."""
        self._queues.clear()
        self._left.clear()
        self.changed.emit()

    def take(self, queues: Iterable[Queue]) -> None:
        """Take what was found of some kinds, instead of what was known of them."""
        for queue in queues:
            self._queues[queue.kind] = queue
            self._left.pop(queue.kind, None)
        self.changed.emit()

    def queue(self, kind: Kind | None) -> Queue | None:
        """Return the queue of a kind, None before it was looked for."""
        return self._queues.get(kind) if kind is not None else None

    def kinds(self) -> list[Kind]:
        """Return the kinds that were looked for, in the order in which to look at them."""
        return [kind for kind in Kind if kind in self._queues]

    def left(self, queue: Queue) -> Mask:
        """Return which findings nobody answered yet, the keepers of open clusters among them."""
        if queue.kind not in self._left:
            self._left[queue.kind] = self._unanswered(queue)
        return self._left[queue.kind]

    def left_after(
        self,
        queue: Queue,
        removed: Iterable[str] = (),
        labelled: Iterable[str] = (),
        dismissed: Iterable[str] = (),
    ) -> Mask:
        """Return which findings will be left once these images are removed or labelled, or keys dismissed."""
        return self._unanswered(queue, removed, labelled, dismissed)

    def counts(self) -> dict[Kind, int]:
        """Return how many findings are left to decide, keepers not counted."""
        return {
            kind: int((self.left(queue) & ~queue.keeps).sum())
            for kind, queue in self._queues.items()
        }

    def of(self, item: Item) -> list[Finding]:
        """Return the findings on an image that are left to decide; of copies, also on the keeper."""
        found = []
        for queue in self._queues.values():
            at = np.flatnonzero(queue.rows == item.row)
            found += [queue.findings[one] for one in at.tolist() if self.left(queue)[one]]
        return found

    def _flag_soon(self, *_: object) -> None:
        self._soon.start()

    def _flag(self) -> None:
        table = self._session.table
        if table is None:
            return
        table.set_found(
            {
                kind: queue.rows[self.left(queue) & ~queue.keeps]
                for kind, queue in self._queues.items()
            }
        )
        self._session.flagged.emit()

    def _unanswered(
        self,
        queue: Queue,
        removed: Iterable[str] = (),
        labelled: Iterable[str] = (),
        dismissed: Iterable[str] = (),
    ) -> Mask:
        table = self._session.table
        if table is None:
            return np.zeros(len(queue.rows), np.bool_)
        left = ~(table.column("removed")[queue.rows] | np.isin(queue.rows, table.rows(removed)))
        if queue.kind is Kind.SUSPECT_LABEL:
            left &= table.column("label")[queue.rows] == NONE
            left &= ~np.isin(queue.rows, table.rows(labelled))
            if table.merged:  # the model may know classes apart that are one now
                held = table.labelled()[queue.rows].tolist()
                left &= [
                    not one.suggested_label
                    or table.code(table.resolved(one.suggested_label)) != code
                    for one, code in zip(queue.findings, held, strict=True)
                ]
        for key in queue.keys.keys() & (self._session.dismissed | set(dismissed)):
            left[queue.keys[key]] = False
        if queue.clustered:
            # One that is left of copies, of which one shall stay, is what was wanted.
            inside = queue.clusters >= 0
            size = int(queue.clusters.max()) + 1
            alive = np.bincount(queue.clusters[left & inside], minlength=size)
            keeps = np.bincount(queue.clusters[inside & queue.keeps], minlength=size) > 0
            settled = keeps & (alive < 2)
            left[inside] &= ~settled[queue.clusters[inside]]
        return np.asarray(left, np.bool_)


def queues_of(table: "ImageTable", batch: Batch) -> list[Queue]:
    """Return what was found as queues, one a kind; images that are not in the table are left out."""
    found: dict[Kind, list[Finding]] = {kind: [] for kind in batch.kinds}
    for one in batch.findings:
        found.setdefault(one.kind, []).append(one)
    return [_queue(table, kind, listed) for kind, listed in found.items()]


def _queue(table: "ImageTable", kind: Kind, listed: list[Finding]) -> Queue:
    known: dict[int, Finding] = {}
    for one in listed:
        row = table.row(one.path)
        if row is not None:
            known.setdefault(row, one)
    findings = tuple(known.values())
    keys: defaultdict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(findings):
        keys[one.key].append(place)
    return Queue(
        kind,
        findings,
        np.fromiter(known, np.intp, len(known)),
        np.array([one.score for one in findings], np.float32),
        np.array([-1 if one.cluster is None else one.cluster for one in findings], np.intp),
        np.array([one.action is Action.KEEP for one in findings], np.bool_),
        np.array([one.action is Action.REMOVE for one in findings], np.bool_),
        np.array([one.conflict for one in findings], np.bool_),
        dict(keys),
    )
