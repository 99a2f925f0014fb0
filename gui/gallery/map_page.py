"""Map page of the gallery: computes the embedding map on first use and keeps it up to date."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QShowEvent
from PySide6.QtWidgets import (
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.jobs import Job, Progress
from gui.gallery.model import GalleryModel
from gui.jobs.workers import Task, Workers
from gui.state.session import Session
from gui.theme import Theme

if TYPE_CHECKING:
    from gui.gallery.embedding_map import EmbeddingMap

_MIN_IMAGES = 3


class MapPage(QWidget):
    """Embedding map of all images; images outside the gallery's query are faint."""

    selection_requested = Signal(object, object)
    """Paths to select, and `new`, `add` or `current`."""
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
        self._positions: Any = None
        self._points_stale = False
        self._layout_size = 0
        self._message_label = QLabel(wordWrap=True)
        self._message_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.layout_button = QPushButton(self.tr("Compute the map"))
        self.layout_button.clicked.connect(self.start_layout)
        message_page = QWidget()
        rows = QVBoxLayout(message_page)
        rows.addStretch()
        rows.addWidget(self._message_label)
        rows.addWidget(self.layout_button, 0, Qt.AlignmentFlag.AlignCenter)
        rows.addStretch()
        self._message_page = message_page
        self.progress_bar = QProgressBar(textVisible=False)
        self.progress_bar.setAccessibleName(self.tr("Computing the map…"))
        self.progress_bar.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(message_page)
        # Above both pages: an earlier map stays visible while it is computed again.
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.progress_bar)
        whole.addWidget(self._stack, 1)
        session.opened.connect(self._restart)
        session.current_changed.connect(self._update_selection)
        session.selection_changed.connect(self._update_selection)
        session.decided.connect(self._update_points)
        model.modelReset.connect(self._update_points)
        theme.changed.connect(self._update_points)

    @property
    def map(self) -> "EmbeddingMap | None":
        """The map widget, None until the first layout is done."""
        return self._map

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._update_selection()

    def activate(self) -> None:
        """Compute the map if needed; call when the page is shown."""
        table = self._session.table
        read_count = int(table.read.sum()) if table is not None else 0
        if self._positions is None and self._task is None:
            if read_count < _MIN_IMAGES:
                self._show_message(
                    self.tr("The map shows images once they have been read."), can_retry=False
                )
            else:
                self.start_layout()
        elif self._positions is not None and read_count > self._layout_size:
            self.start_layout()
        self._update_points()
        if self._map is not None:
            self._map.setFocus()

    def start_layout(self) -> None:
        """Compute the map positions of all images that have been read."""
        table = self._session.table
        if table is None or table.readings.embeddings is None or self._task is not None:
            return
        rows = table.read.nonzero()[0]
        self._layout_size = len(rows)
        if self._positions is None:
            self._show_message(self.tr("Computing the map…"), can_retry=False)
        groups = table.column("predicted")[rows]
        self._task = self._workers.start(
            compute_layout, table.readings.embeddings, rows, groups, len(table)
        )
        self.progress_bar.setRange(0, 0)
        self.progress_bar.show()
        self._task.progressed.connect(self._show_progress)
        self._task.done.connect(self._set_positions)
        self._task.failed.connect(self._fail)
        self._task.finished.connect(self._finish)

    def _restart(self) -> None:
        self._workers.drop(self._task)
        self._task = self._positions = None
        self._layout_size = 0
        self.progress_bar.hide()
        self._stack.setCurrentWidget(self._message_page)

    def _finish(self) -> None:
        self._task = None
        self.progress_bar.hide()

    def _show_progress(self, progress: Progress) -> None:
        self.progress_bar.setRange(0, progress.total or 0)
        self.progress_bar.setValue(progress.done)

    def _fail(self, message: object) -> None:
        self._show_message(self.tr("The map could not be computed."), can_retry=True)
        self.failed.emit(message)

    def _show_message(self, text: str, *, can_retry: bool) -> None:
        self._message_label.setText(text)
        self.layout_button.setVisible(can_retry)
        self._stack.setCurrentWidget(self._message_page)

    def _set_positions(self, positions: Any) -> None:
        if self._map is None:
            from gui.gallery.embedding_map import EmbeddingMap

            self._map = EmbeddingMap(self._theme)
            self._map.lassoed.connect(self._select_lassoed)
            self._map.picked.connect(self._select_picked)
            self._stack.addWidget(self._map)
            # After the widget has its size.
            QTimer.singleShot(0, self._map, self._map.fit)
        self._positions = positions
        self._stack.setCurrentWidget(self._map)
        self._update_points()
        if self.isVisible():
            self._map.setFocus()

    def _update_points(self) -> None:
        table = self._session.table
        if self._map is None or self._positions is None or table is None:
            return
        self._points_stale = not self.isVisible()
        if self._points_stale:
            return
        import numpy as np

        codes = table.displayed_classes()[: len(self._positions)]
        class_styles = self._session.class_styles
        # One colour per class code; the last two serve the negative codes (no class, not classed).
        names = [class_styles.find(class_id).colour for class_id in table.classes]
        muted = self._theme.colour("muted").name()
        colours = (*names, muted, muted)
        palette = np.array(
            [(colour.red(), colour.green(), colour.blue()) for colour in map(QColor, colours)],
            np.uint8,
        )
        shown = np.zeros(len(table), np.bool_)
        shown[self._model.table_rows()] = True
        shown = shown[: len(self._positions)] & ~np.isnan(self._positions[:, 0])
        self._map.set_points(np.nan_to_num(self._positions, nan=-9), palette[codes], shown)
        self._update_selection()

    def _update_selection(self) -> None:
        table = self._session.table
        if self._map is None or self._positions is None or table is None or not self.isVisible():
            return
        if self._points_stale:
            # The selection is that of other points, or of none yet.
            self._update_points()
            return
        rows = table.rows(self._session.selected)
        self._map.set_selected(rows[rows < len(self._positions)])
        current = self._session.current
        if current is not None and current.row < len(self._positions):
            self._map.set_current(current.row)

    def _select_lassoed(self, rows: Any, mode: str) -> None:
        table = self._session.table
        if table is not None:
            self.selection_requested.emit([table.paths[row] for row in rows], mode)

    def _select_picked(self, row: int) -> None:
        if self._session.table is not None:
            self.selection_requested.emit([self._session.table.paths[row]], "current")


def compute_layout(job: Job, embeddings: Any, rows: Any, groups: Any, total: int) -> Any:
    """Return a map position for each of `total` images, float32 (total, 2), NaN for unread images.

    `embeddings` (total, d) and `rows` (n,) select the images that were read; `groups` (n,) are their classes.
    """
    import numpy as np

    from engine.explore.map_process import compute_map_in_process

    positions = np.full((total, 2), np.nan, np.float32)
    positions[rows] = compute_map_in_process(job, embeddings[rows], groups)
    return positions
