"""The grid: a list view whose tiles fill the width, which tells what is in sight."""

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from gui.gallery.delegate import TileDelegate
from gui.gallery.model import GalleryModel
from gui.gallery.thumbnails import Thumbnails
from gui.session import Session
from gui.theme import Theme

_SETTLE_MS = 60
_BATCH = 2000
SMALLEST, STANDARD, LARGEST = 72, 136, 320
_STEP = 24


class GalleryView(QListView):
    """A virtual grid of all images; only what is in sight costs anything."""

    in_sight = Signal(object)
    """The paths of the images in sight, a moment after that changed."""
    looked_at = Signal(object)
    size_changed = Signal(int)

    def __init__(self, session: Session, thumbnails: Thumbnails, theme: Theme) -> None:
        super().__init__()
        self._thumbnails = thumbnails
        self._theme = theme
        self._edge = 0
        self._tiles = TileDelegate(self, session, thumbnails, theme)
        self.setObjectName("gallery")
        self.setAccessibleName(self.tr("Images"))
        self.setItemDelegate(self._tiles)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_BATCH)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settled.timeout.connect(self._tell_sight)
        self.verticalScrollBar().valueChanged.connect(self._settled.start)
        thumbnails.ready.connect(self._repaint)
        theme.changed.connect(self._fit)
        self.set_edge(STANDARD)

    @property
    def edge(self) -> int:
        """The width of an image in a tile, in pixels at the standard font."""
        return self._edge

    def set_edge(self, edge: int) -> None:
        """Make the tiles larger or smaller."""
        edge = max(SMALLEST, min(LARGEST, edge))
        if edge != self._edge:
            self._edge = edge
            self._fit()
            self.size_changed.emit(edge)

    def larger(self) -> None:
        """Make the tiles a step larger."""
        self.set_edge(self._edge + _STEP)

    def smaller(self) -> None:
        """Make the tiles a step smaller."""
        self.set_edge(self._edge - _STEP)

    def setModel(self, model: GalleryModel) -> None:
        super().setModel(model)
        for signal in (model.modelReset, model.rowsInserted, model.layoutChanged):
            signal.connect(self._settled.start)

    def show_path(self, path: str) -> None:
        """Make an image the current one and bring it into sight."""
        row = self.model().row(path)
        if row is not None and row != self.currentIndex().row():
            self.setCurrentIndex(self.model().index(row))

    def step(self, rows: int) -> None:
        """Go so many images on, or back."""
        row = max(0, min(self.model().rowCount() - 1, self.currentIndex().row() + rows))
        self.setCurrentIndex(self.model().index(row))

    def paths_in_sight(self) -> list[str]:
        """Return the paths of the images that are at least partly visible, from the top."""
        model = self.model()
        first = self._first_row()
        paths = []
        bottom = self.viewport().height()
        for row in range(first, model.rowCount()):
            if self.visualRect(model.index(row)).top() > bottom:
                break
            paths.append(model.item(row).path)
            if len(paths) > _BATCH:
                break
        return paths

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.looked_at.emit(self.model().item(current.row()).path)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Letters and digits are commands here, not a search by the first letters of a name.
        if event.text() and event.text().isprintable() and not event.modifiers():
            event.ignore()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.larger() if event.angleDelta().y() > 0 else self.smaller()
            event.accept()
            return
        super().wheelEvent(event)

    def _fit(self) -> None:
        # Tiles share out the width that is left over, so that the grid has no ragged edge.
        scale = self._theme.space("wide") / 24
        self._tiles.edge = round(self._edge * scale)
        tile = self._tiles.tile_size(self._tiles.edge)
        width = self.viewport().width() - 1
        columns = max(1, width // tile.width())
        self._tiles.edge += max(0, width // columns - tile.width())
        cell = self._tiles.tile_size(self._tiles.edge)
        self.verticalScrollBar().setSingleStep(cell.height() // 3)
        if cell != self.gridSize():
            self.setGridSize(cell)
        self.viewport().update()
        self._settled.start()

    def _first_row(self) -> int:
        cell = self.gridSize()
        columns = max(1, (self.viewport().width() - 1) // max(1, cell.width()))
        hit = self.indexAt(QPoint(cell.width() // 2, cell.height() // 2))
        if hit.isValid():
            return max(0, hit.row() - columns)
        return 0

    def _tell_sight(self) -> None:
        edge = round(self._tiles.edge * self.devicePixelRatioF())
        if edge != self._thumbnails.edge:
            self._thumbnails.edge = edge
            self.viewport().update()
        paths = self.paths_in_sight() if self.model() else []
        self._thumbnails.keep_only(set(paths))
        self.in_sight.emit(paths)

    def _repaint(self, path: str) -> None:
        row = self.model().row(path)
        if row is not None:
            self.viewport().update(self.visualRect(self.model().index(row)))
