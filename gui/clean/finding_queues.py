"""Finding queues: the findings of the last scan by kind, and which are still unresolved."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QTimer, Signal

from engine.curate.finding import Finding, FindingAction, FindingBatch, FindingKind
from gui.state.class_codes import NONE
from gui.state.image_columns import Mask, Rows
from gui.state.image_item import ImageItem
from gui.state.session import Session

if TYPE_CHECKING:
    from gui.state.image_table import ImageTable

ScoreArray = npt.NDArray[np.float32]

_FLAG_DELAY_MS = 50


@dataclass(frozen=True, slots=True, eq=False)
class FindingQueue:
    """n findings of one kind, most important first; `rows` (n,) are row numbers of the image table.

    `scores` (n,) are 0 to 1, `clusters` (n,) cluster numbers or -1; `keeps` (n,) marks keepers of
    clusters, `removes` (n,) suggested removals, `conflicts` (n,) copies under several labels.
    """

    kind: FindingKind
    findings: tuple[Finding, ...]
    rows: Rows
    scores: ScoreArray
    clusters: npt.NDArray[np.intp]
    keeps: Mask
    removes: Mask
    conflicts: Mask
    keys: dict[str, list[int]]
    """Indices of the findings that have each key."""

    @property
    def is_clustered(self) -> bool:
        """True if its findings come in clusters."""
        return bool((self.clusters >= 0).any())

    def members(self, index: int) -> Rows:
        """Return the indices of the findings in the cluster of the finding at `index`."""
        cluster = self.clusters[index]
        return np.flatnonzero(self.clusters == cluster) if cluster >= 0 else np.array([index])


class FindingQueues(QObject):
    """The findings of the open folder, one queue for each kind."""

    changed = Signal()
    """The findings changed; which are unresolved also changes with `session.decided`."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._queues: dict[FindingKind, FindingQueue] = {}
        self._unresolved: dict[FindingKind, Mask] = {}
        session.opened.connect(self.clear)
        # Connected first, so that the cache is cleared before other receivers ask.
        session.decided.connect(self._unresolved.clear)
        # One update of the table for a burst of decisions or kinds.
        self._flag_timer = QTimer(self, singleShot=True, interval=_FLAG_DELAY_MS)
        self._flag_timer.timeout.connect(self._flag)
        self.changed.connect(self._schedule_flag)
        session.decided.connect(self._schedule_flag)

    def clear(self) -> None:
        """Forget all findings."""
        self._queues.clear()
        self._unresolved.clear()
        self.changed.emit()

    def replace(self, queues: Iterable[FindingQueue]) -> None:
        """Replace the queues of some kinds."""
        for queue in queues:
            self._queues[queue.kind] = queue
            self._unresolved.pop(queue.kind, None)
        self.changed.emit()

    def queue(self, kind: FindingKind | None) -> FindingQueue | None:
        """Return the queue of a kind, None before it was scanned for."""
        return self._queues.get(kind) if kind is not None else None

    def kinds(self) -> list[FindingKind]:
        """Return the scanned kinds in the order in which to review them."""
        return [kind for kind in FindingKind if kind in self._queues]

    def unresolved(self, queue: FindingQueue) -> Mask:
        """Return the mask of unresolved findings, including the keepers of open clusters."""
        if queue.kind not in self._unresolved:
            self._unresolved[queue.kind] = self.unresolved_after(queue)
        return self._unresolved[queue.kind]

    def unresolved_after(
        self,
        queue: FindingQueue,
        removed: Iterable[str] = (),
        labelled: Iterable[str] = (),
        dismissed: Iterable[str] = (),
    ) -> Mask:
        """Return the mask of findings that stay unresolved after these removals, labels and dismissals."""
        table = self._session.table
        if table is None:
            return np.zeros(len(queue.rows), np.bool_)
        unresolved = ~(
            table.column("removed")[queue.rows] | np.isin(queue.rows, table.rows(removed))
        )
        if queue.kind.is_about_label:
            unresolved &= table.column("label")[queue.rows] == NONE
            unresolved &= ~np.isin(queue.rows, table.rows(labelled))
            if table.merged:  # the model may distinguish classes that were merged since
                labels = table.labelled_classes()[queue.rows].tolist()
                unresolved &= [
                    not finding.suggested_label
                    or table.code(table.resolve_class(finding.suggested_label)) != code
                    for finding, code in zip(queue.findings, labels, strict=True)
                ]
        for key in queue.keys.keys() & (self._session.dismissed | set(dismissed)):
            unresolved[queue.keys[key]] = False
        if queue.is_clustered:
            # A cluster with a keeper is resolved once a single member is left.
            in_cluster = queue.clusters >= 0
            size = int(queue.clusters.max()) + 1
            unresolved_counts = np.bincount(queue.clusters[unresolved & in_cluster], minlength=size)
            keeps = np.bincount(queue.clusters[in_cluster & queue.keeps], minlength=size) > 0
            resolved = keeps & (unresolved_counts < 2)
            unresolved[in_cluster] &= ~resolved[queue.clusters[in_cluster]]
        return np.asarray(unresolved, np.bool_)

    def counts(self) -> dict[FindingKind, int]:
        """Return the number of unresolved findings of each kind, without keepers."""
        return {
            kind: int((self.unresolved(queue) & ~queue.keeps).sum())
            for kind, queue in self._queues.items()
        }

    def for_item(self, item: ImageItem) -> list[Finding]:
        """Return the unresolved findings of an image; a keeper has those of its cluster."""
        findings = []
        for queue in self._queues.values():
            indices = np.flatnonzero(queue.rows == item.row)
            findings += [
                queue.findings[index] for index in indices.tolist() if self.unresolved(queue)[index]
            ]
        return findings

    def _schedule_flag(self, *_: object) -> None:
        self._flag_timer.start()

    def _flag(self) -> None:
        table = self._session.table
        if table is None:
            return
        table.found_kinds.set_rows(
            {
                kind: queue.rows[self.unresolved(queue) & ~queue.keeps]
                for kind, queue in self._queues.items()
            }
        )
        self._session.findings_changed.emit()


def build_queues(table: "ImageTable", batch: FindingBatch) -> list[FindingQueue]:
    """Return findings as queues, one for each kind; images that are not in the table are skipped."""
    by_kind: dict[FindingKind, list[Finding]] = {kind: [] for kind in batch.kinds}
    for finding in batch.findings:
        by_kind.setdefault(finding.kind, []).append(finding)
    return [_build_queue(table, kind, findings) for kind, findings in by_kind.items()]


def _build_queue(table: "ImageTable", kind: FindingKind, listed: list[Finding]) -> FindingQueue:
    by_row: dict[int, Finding] = {}
    for finding in listed:
        row = table.row(finding.path)
        if row is not None:
            by_row.setdefault(row, finding)
    findings = tuple(by_row.values())
    keys: defaultdict[str, list[int]] = defaultdict(list)
    for index, finding in enumerate(findings):
        keys[finding.key].append(index)
    return FindingQueue(
        kind,
        findings,
        np.fromiter(by_row, np.intp, len(by_row)),
        np.array([finding.score for finding in findings], np.float32),
        np.array(
            [-1 if finding.cluster is None else finding.cluster for finding in findings], np.intp
        ),
        np.array([finding.action is FindingAction.KEEP for finding in findings], np.bool_),
        np.array([finding.action is FindingAction.REMOVE for finding in findings], np.bool_),
        np.array([finding.is_label_conflict for finding in findings], np.bool_),
        dict(keys),
    )
