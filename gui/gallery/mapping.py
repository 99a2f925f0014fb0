"""The map page of the gallery: makes the map when it is first wanted, and keeps it in step."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from engine.jobs import Job
from gui.gallery.model import GalleryModel
from gui.session import Session
from gui.theme import Theme
from gui.workers import Task, Workers

if TYPE_CHECKING:
    from gui.gallery.map import EmbeddingMap

_LEAST = 3


class MapPage(QWidget):
    """Images that look alike lie together; what the gallery's query leaves out is faint."""

    selected = Signal(object, object)
    """Paths inside a lasso, and `new` or `add`."""
    failed = Signal(object)

    def __init__(
        self, model: GalleryModel, session: Session, workers: Workers, theme: Theme
    ) -> None:
        super().__init__()
        self._model = model
        self._session = session
        self._workers = workers
        self._theme = theme
        self._task: Task | None = None
        self._map: EmbeddingMap | None = None
        self._places: Any = None
        self._laid_out = 0
        self._words = QLabel(wordWrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.again = QPushButton(self.tr("Lay the map out"))
        self.again.clicked.connect(self.lay_out)
        waiting = QWidget()
        rows = QVBoxLayout(waiting)
        rows.addStretch()
        rows.addWidget(self._words)
        rows.addWidget(self.again, 0, Qt.AlignmentFlag.AlignCenter)
        rows.addStretch()
        self._waiting = waiting
        self._stack = QStackedLayout(self)
        self._stack.addWidget(waiting)
        session.opened.connect(self._restart)
        session.current_changed.connect(self._follow)
        session.selection_changed.connect(self._follow)
        session.decided.connect(self._renew)
        model.modelReset.connect(self._renew)
        theme.changed.connect(self._renew)

    @property
    def map(self) -> "EmbeddingMap | None":
        """The map, once there is one."""
        return self._map

    def enter(self) -> None:
        """The page is shown: make what is not there yet."""
        table = self._session.table
        read = int(table.read.sum()) if table is not None else 0
        if self._places is None and self._task is None:
            if read < _LEAST:
                self._say(self.tr("The map shows images once they have been read."), again=False)
            else:
                self.lay_out()
        elif self._places is not None and read > self._laid_out:
            self.lay_out()
        self._renew()
        if self._map is not None:
            self._map.setFocus()

    def lay_out(self) -> None:
        """Calculate the places of all images that have been read."""
        table = self._session.table
        if table is None or table.embeddings is None or self._task is not None:
            return
        rows = table.read.nonzero()[0]
        self._laid_out = len(rows)
        if self._places is None:
            self._say(self.tr("Laying out the map…"), again=False)
        groups = table.column("predicted")[rows]
        self._task = self._workers.start(lay_out, table.embeddings, rows, groups, len(table))
        self._task.done.connect(self._take)
        self._task.failed.connect(self._fail)
        self._task.finished.connect(self._finish)

    def _restart(self) -> None:
        self._workers.drop(self._task)
        self._task = self._places = None
        self._laid_out = 0
        self._stack.setCurrentWidget(self._waiting)

    def _finish(self) -> None:
        self._task = None

    def _fail(self, message: object) -> None:
        self._say(self.tr("The map could not be laid out."), again=True)
        self.failed.emit(message)

    def _say(self, words: str, *, again: bool) -> None:
        self._words.setText(words)
        self.again.setVisible(again)
        self._stack.setCurrentWidget(self._waiting)

    def _take(self, places: Any) -> None:
        if self._map is None:
            from gui.gallery.map import EmbeddingMap

            self._map = EmbeddingMap(self._theme)
            self._map.lassoed.connect(self._lassoed)
            self._map.chosen.connect(self._chosen)
            self._stack.addWidget(self._map)
            # Once it has its size.
            QTimer.singleShot(0, self._map, self._map.fit)
        self._places = places
        self._stack.setCurrentWidget(self._map)
        self._renew()
        if self.isVisible():
            self._map.setFocus()

    def _renew(self) -> None:
        table = self._session.table
        if self._map is None or self._places is None or table is None or not self.isVisible():
            return
        import numpy as np

        codes = table.shown()[: len(self._places)]
        looks = self._session.looks
        # One colour a code, and the last two for the negative ones.
        names = [looks.find(one).colour for one in table.classes]
        muted = self._theme.colour("muted").name()
        palette = np.array([QColor(name).getRgb()[:3] for name in (*names, muted, muted)], np.uint8)
        shown = np.zeros(len(table), np.bool_)
        shown[self._model.table_rows()] = True
        shown = shown[: len(self._places)] & ~np.isnan(self._places[:, 0])
        self._map.set_points(np.nan_to_num(self._places, nan=-9), palette[codes], shown)
        self._follow()

    def _follow(self) -> None:
        table = self._session.table
        if self._map is None or self._places is None or table is None or not self.isVisible():
            return
        rows = table.rows(self._session.selected)
        self._map.set_selected(rows[rows < len(self._places)])
        current = self._session.current
        if current is not None and current.row < len(self._places):
            self._map.set_current(current.row)

    def _lassoed(self, rows: Any, mode: str) -> None:
        table = self._session.table
        if table is not None:
            self.selected.emit([table.paths[row] for row in rows], mode)

    def _chosen(self, row: int) -> None:
        if self._session.table is not None:
            self.selected.emit([self._session.table.paths[row]], "current")


def lay_out(job: Job, embeddings: Any, rows: Any, groups: Any, total: int) -> Any:
    """Return a place for each of `total` images, float32 (total, 2), NaN where there is no reading."""
    import numpy as np

    # pyqtgraph takes half a second to load: not on the GUI thread.
    import gui.gallery.map  # noqa: F401
    from engine.explore.layout import layout

    places = np.full((total, 2), np.nan, np.float32)
    places[rows] = layout(job, embeddings[rows], groups)
    return places
