"""Reference cells: typical cells of each class, labelled in the open folder or signed in others."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from engine.jobs import Job
from gui.jobs.workers import Task, Workers
from gui.state.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from engine.classify.card import Card
    from engine.competency.signed_cells import SignedCell
    from engine.project.project import Project
    from gui.state.image_columns import Rows

CELLS_PER_CLASS = 6
FEW_CELLS = 3
"""A class with fewer cells that a person labelled gets those labelled by its folder; with fewer cells in
the open folder altogether, those of the person's other signed projects too."""

_DELAY_MS = 600


class ReferenceCells(QObject):
    """Finds them again after decisions and readings, but only while somebody shows them.

    Other folders are searched once for each class with few cells here.
    """

    changed = Signal()

    def __init__(
        self, session: Session, workers: Workers, project: "Callable[[], Project | None]"
    ) -> None:
        super().__init__(session)
        self._session = session
        self._workers = workers
        self._project = project
        self._task: Task | None = None
        self._search: Task | None = None
        self._signed: dict[str, list[SignedCell]] = {}
        self._searched: set[str] = set()
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

    @property
    def is_complete(self) -> bool:
        """True once the open folder and, for classes with few cells here, other folders were searched."""
        return self._paths is not None and self._search is None

    def paths(self, class_id: str) -> list[str] | None:
        """Return the reference cells of a class, the most typical first; None until they are found."""
        return None if self._paths is None else self._paths.get(class_id, [])

    def signed_cells(self, class_id: str) -> "list[SignedCell]":
        """Return cells of a class from other signed projects, if the open folder has few of it."""
        if self._paths is None or len(self._paths.get(class_id, ())) >= FEW_CELLS:
            return []
        return self._signed.get(class_id, [])

    def stop(self) -> None:
        """Find no more."""
        self._users.clear()
        self._timer.stop()
        self._workers.drop(self._search)
        self._search = None

    def _reset(self) -> None:
        self._workers.drop(self._task)
        self._workers.drop(self._search)
        self._task = self._search = None
        self._signed, self._searched = {}, set()
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
        # Each class by itself, so that a label of one changes nothing that another shows.
        decided, labelled = table.decided_classes(), table.labelled_classes()
        groups = []
        for entry in self._session.project_or_model_classes():
            code = table.code(entry.id)
            own = (decided == code) & usable
            rows = own if own.sum() >= FEW_CELLS else (labelled == code) & usable
            groups.append((entry.id, rows.nonzero()[0]))
        self._task = self._workers.start(find_reference_cells, table.readings.embeddings, groups)
        self._task.done.connect(self._on_found)
        self._task.finished.connect(self._on_finished)

    def _on_found(self, found: "dict[str, list[int]]") -> None:
        table = self._session.table
        if table is None:
            return
        paths = {name: [table.paths[row] for row in rows] for name, rows in found.items()}
        is_new = paths != self._paths
        self._paths = paths
        self._search_other_folders()
        if is_new:
            self.changed.emit()

    def _search_other_folders(self) -> None:
        paths, source, model = self._paths or {}, self._session.source, self._session.active_model
        lacking = {name for name, found in paths.items() if len(found) < FEW_CELLS}
        if self._search is not None or source is None or not lacking - self._searched:
            return
        self._searched |= lacking
        self._search = self._workers.start(
            find_signed_references,
            sorted(lacking - self._signed.keys()),
            source.root,
            self._project(),
            model.card if model is not None else None,
        )
        self._search.done.connect(self._on_signed)
        self._search.finished.connect(self._on_searched)

    def _on_signed(self, found: "dict[str, list[SignedCell]]") -> None:
        self._signed |= found

    def _on_searched(self) -> None:
        self._search = None
        self._search_other_folders()
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


def find_signed_references(
    job: Job, class_ids: list[str], root: "Path", project: "Project | None", card: "Card | None"
) -> "dict[str, list[SignedCell]]":
    """Return cells of classes from the signed projects of other folders, without copies of images here."""
    from contextlib import ExitStack

    from engine.classify.reading_cache import ReadingCache
    from engine.competency.signed_cells import find_signed_cells

    contents = project.contents() if project is not None else {}
    with ExitStack() as stack:
        cache = stack.enter_context(ReadingCache(card)) if card is not None else None

        def embedding_of(content: str) -> Any:
            reading = cache.get(content) if cache is not None else None
            return None if reading is None else reading.embedding

        return find_signed_cells(
            job,
            dict.fromkeys(class_ids, CELLS_PER_CLASS),
            exclude_root=root,
            exclude_contents=frozenset(contents.values()),
            embedding_of=embedding_of,
        )
