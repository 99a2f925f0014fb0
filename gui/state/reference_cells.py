"""Reference cells of the open folder: typical cells of each class among those that a person labelled."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from engine.jobs import Job
from gui.jobs.workers import Task, Workers
from gui.state.session import Session

if TYPE_CHECKING:
    from gui.state.image_columns import Rows

CELLS_PER_CLASS = 6
_DELAY_MS = 600


class ReferenceCells(QObject):
    """Finds them again after decisions and readings, but only while somebody shows them."""

    changed = Signal()

    def __init__(self, session: Session, workers: Workers) -> None:
        super().__init__(session)
        self._session = session
        self._workers = workers
        self._task: Task | None = None
        self._users: set[str] = set()
        self._paths: dict[str, list[str]] | None = None
        # Delayed: decisions and readings come in quick succession.
        self._timer = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._timer.timeout.connect(self._find)
        session.opened.connect(self._reset)
        session.decided.connect(self._mark_stale)
        session.updated.connect(self._mark_stale)
        session.classes_changed.connect(self._mark_stale)

    def want(self, user: str, wanted: bool) -> None:
        """Find them while at least one user wants them."""
        if wanted:
            if not self._users:
                self._timer.start(0)
            self._users.add(user)
        else:
            self._users.discard(user)

    def paths(self, class_id: str) -> list[str] | None:
        """Return the reference cells of a class, the most typical first; None until they are found."""
        return None if self._paths is None else self._paths.get(class_id, [])

    def stop(self) -> None:
        """Find no more."""
        self._users.clear()
        self._timer.stop()

    def _reset(self) -> None:
        self._workers.drop(self._task)
        self._task = None
        self._paths = None
        self.changed.emit()
        self._mark_stale()

    def _mark_stale(self, *_: object) -> None:
        # Not restarted, so that it ends while a folder is being read.
        if self._users and not self._timer.isActive():
            self._timer.start(_DELAY_MS)

    def _find(self) -> None:
        table = self._session.table
        if table is None or table.readings.embeddings is None:
            return
        if self._task is not None:
            self._timer.start(_DELAY_MS)
            return
        usable = table.read & ~table.column("removed") & ~table.column("bad")
        decided = table.decided_classes()
        # A folder that nobody has labelled is shown as its folders say.
        labels = decided if (decided >= 0).any() else table.folder_classes()
        groups = [
            (entry.id, ((labels == table.code(entry.id)) & usable).nonzero()[0])
            for entry in self._session.project_or_model_classes()
        ]
        self._task = self._workers.start(find_reference_cells, table.readings.embeddings, groups)
        self._task.done.connect(self._on_found)
        self._task.finished.connect(self._on_finished)

    def _on_found(self, found: "dict[str, list[int]]") -> None:
        table = self._session.table
        if table is None:
            return
        paths = {name: [table.paths[row] for row in rows] for name, rows in found.items()}
        if paths != self._paths:
            self._paths = paths
            self.changed.emit()

    def _on_finished(self) -> None:
        self._task = None


def find_reference_cells(
    job: Job, embeddings: Any, groups: "list[tuple[str, Rows]]"
) -> "dict[str, list[int]]":
    """Return the rows of the typical cells of each class."""
    from engine.explore.reference_cells import typical_rows

    found = {}
    for class_id, rows in groups:
        job.check()
        found[class_id] = typical_rows(embeddings, rows, CELLS_PER_CLASS).tolist()
    return found
