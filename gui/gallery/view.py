"""The grid as a person uses it: keys, the pointer, what is dragged, and what is selected by them."""

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication

from gui.gallery.headerkeys import HeaderKeys
from gui.gallery.mime import IMAGES, drag_picture, mime_of, paths_of
from gui.gallery.model import runs
from gui.gallery.pointer import EdgeScroll
from gui.gallery.thumbnails import Thumbnails
from gui.gallery.tiles import LARGEST, SMALLEST, STANDARD, Move, Select, TileView, View
from gui.session import Session
from gui.theme import Theme

__all__ = ["LARGEST", "SMALLEST", "STANDARD", "GalleryView"]

Key = Qt.Key
Shift, Control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier

MOVES = {
    Key.Key_Left: Move.MoveLeft,
    Key.Key_Right: Move.MoveRight,
    Key.Key_Up: Move.MoveUp,
    Key.Key_Down: Move.MoveDown,
    Key.Key_PageUp: Move.MovePageUp,
    Key.Key_PageDown: Move.MovePageDown,
    Key.Key_Home: Move.MoveHome,
    Key.Key_End: Move.MoveEnd,
}


class GalleryView(TileView):
    """The grid of the Review workspace."""

    dropped = Signal(object, object)
    """Paths of images, and the key of the band they were dropped on."""

    def __init__(self, session: Session, thumbnails: Thumbnails, theme: Theme) -> None:
        super().__init__(session, thumbnails, theme)
        self._start: int | None = None
        self._from: set[int] = set()
        self._hover = QPoint()
        self._pulled: QPoint | None = None
        self._dragged = False
        self._header_keys = HeaderKeys(self, self.headers)
        self._edges = EdgeScroll(self, theme, self._aim)
        self.setSelectionMode(View.SelectionMode.ExtendedSelection)
        self.setAcceptDrops(True)

    def setCurrentIndex(self, index: QModelIndex) -> None:
        """Go to an image and select it alone."""
        # Qt's own minds the keys that are held: with Ctrl the selection would stay behind, and a
        # command with Ctrl in its key would decide the next image and hit the last one.
        self._start = index.row() if index.isValid() else None
        self.selectionModel().setCurrentIndex(index, Select.ClearAndSelect)

    def step(self, rows: int) -> None:
        """Go so many images on, or back."""
        if self.model().rowCount():
            row = max(0, self.currentIndex().row())
            self.setCurrentIndex(self.model().index(self.grid.horizontal(row, rows)))

    def select_band(self, number: int, *, adds: bool = False) -> None:
        """Select all images of a band."""
        flags = Select.Select if adds else Select.ClearAndSelect
        self.selectionModel().select(self.band_selection(number), flags)

    def selectAll(self) -> None:
        # Qt's own looks at each row, whether it is hidden. What is folded away is not meant.
        model, area = self.model(), QItemSelection()
        open_bands = (at for at in range(len(self.grid.bands)) if not self.grid.folded(at))
        for first, last in runs(open_bands):
            area.select(model.index(self.grid.ends(first)[0]), model.index(self.grid.ends(last)[1]))
        if not area.isEmpty():
            self.selectionModel().select(area, Select.ClearAndSelect)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        View.currentChanged(self, current, previous)
        if current.isValid() and self.isIndexHidden(current):
            self.headers.focus(self.grid.band_of(current.row()))
            self.looked_at.emit(None)
        elif current.isValid():
            self.headers.focus(None)
            self.looked_at.emit(self.model().path(current.row()))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            # Before they are commands of the window.
            stops = self._rubber.active and event.key() == Key.Key_Escape
            if stops or self._header_keys.takes(Key(event.key())):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self._rubber.active and key == Key.Key_Escape:
            self._rubber.cancel()
        elif self._header_keys.press(key, held):
            pass
        elif event.text() and event.text().isprintable() and not held & ~Shift:
            # Letters and digits are commands here, not a search by the first letters of a name.
            event.ignore()
        elif key in MOVES and held & Shift and self.currentIndex().isValid():
            self._select_to(self.moveCursor(MOVES[key], held), adds=bool(held & Control))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point, held = event.position().toPoint(), event.modifiers()
        left = event.button() == Qt.MouseButton.LeftButton
        header = self.headers.at(point)
        if header is not None:
            if left:
                self._press_header(header, point, adds=bool(held & Control))
            return
        index = self.indexAt(point)
        if left and index.isValid() and held & Shift:
            self._select_to(index, adds=bool(held & Control))
            return
        self.headers.focus(None)
        self._pulled, self._dragged = None, False
        if left and self._tiles.picture(self.visualRect(index)).contains(point):
            self._pulled = point
        elif left:
            # Images are dragged by their picture; from anywhere beside it a rubber band begins.
            self._rubber.press(point, adds=bool(held & (Shift | Control)))
        if left and not index.isValid():
            if not held & (Shift | Control):
                self.clearSelection()
            return
        View.mousePressEvent(self, event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            View.mouseMoveEvent(self, event)
        elif self._rubber.pressed:
            self._rubber.move(point)
        elif self._pulled is not None:
            way = (point - self._pulled).manhattanLength()
            if way >= QApplication.startDragDistance():
                self._pulled, self._dragged = None, True
                self.startDrag(Qt.DropAction.MoveAction)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        # What ends a drag or a rubber band is no click.
        if not self._rubber.let_go() and not self._dragged:
            View.mouseReleaseEvent(self, event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        header = self.headers.at(event.position().toPoint())
        if header is None:
            View.mouseDoubleClickEvent(self, event)
        elif not self.headers.on_fold(event.position().toPoint()):
            self.toggle_band(self.grid.bands[header].key)
        else:
            self._press_header(header, event.position().toPoint(), adds=False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Control:
            self.larger() if event.angleDelta().y() > 0 else self.smaller()
            event.accept()
            return
        View.wheelEvent(self, event)

    def startDrag(self, actions: Qt.DropAction) -> None:
        paths = self._session.targets
        if not paths:
            return
        drag = QDrag(self)
        drag.setMimeData(mime_of(paths))
        ratio = self.devicePixelRatioF()
        drag.setPixmap(drag_picture(self._theme, self._thumbnails, paths, ratio))
        drag.exec(Qt.DropAction.MoveAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if not event.mimeData().hasFormat(IMAGES) or not any(one.takes for one in self.grid.bands):
            event.ignore()  # a folder from outside is for the window
            return
        rows = (self.model().row(path) for path in paths_of(event.mimeData()))
        self._from = {self.grid.band_of(row) for row in rows if row is not None}
        event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._hover = event.position().toPoint()
        self._aim()
        self._edges.follow(self._hover)
        event.setAccepted(self.headers.target is not None)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._edges.stop()
        self._set_target(None)

    def dropEvent(self, event: QDropEvent) -> None:
        number = self._band_for(event.position().toPoint())
        self._edges.stop()
        self._set_target(None)
        paths = paths_of(event.mimeData())
        if number is None or not paths:
            event.ignore()
            return
        event.acceptProposedAction()
        self.dropped.emit(paths, self.grid.bands[number].key)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            header = self.headers.at(event.pos())
            self.viewport().setToolTip("")
            if header is not None:
                self.viewport().setToolTip(self.tr("Click to select all, double click to fold"))
        return super().viewportEvent(event)

    def _press_header(self, number: int, point: QPoint, *, adds: bool) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self.headers.on_fold(point):
            self.toggle_band(self.grid.bands[number].key)
        else:
            self.select_band(number, adds=adds)

    # Dropping.

    def _band_for(self, point: QPoint) -> int | None:
        # The band that images may be dropped on here: one that takes them and is not their own.
        number = self.headers.at(point)
        if number is None:
            number = self.grid.band_at(point.y() + self.verticalOffset())
        if number is None or not self.grid.bands[number].takes or self._from == {number}:
            return None
        return number

    def _aim(self) -> None:
        self._set_target(self._band_for(self._hover))

    def _set_target(self, number: int | None) -> None:
        if number != self.headers.target:
            self.headers.target = number
            self.viewport().update()

    # Selecting.

    def setSelection(self, rect: QRect, flags: QItemSelectionModel.SelectionFlag) -> None:
        selection, model = QItemSelection(), self.model()
        for first, last in self.grid.spans(rect.normalized().translated(0, self.verticalOffset())):
            selection.select(model.index(first), model.index(last))
        self.selectionModel().select(selection, flags)

    def _select_to(self, index: QModelIndex, *, adds: bool) -> None:
        # From where the selection began to here, in reading order.
        model, chosen = self.model(), self.selectionModel()
        start = self._start if self._start is not None else self.currentIndex().row()
        first, last = sorted((max(start, 0), index.row()))
        area = QItemSelection(model.index(first), model.index(last))
        chosen.setCurrentIndex(index, Select.NoUpdate)
        chosen.select(area, Select.Select if adds else Select.ClearAndSelect)
        self._start = max(start, 0)

    def selectionCommand(
        self, index: QModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        # Anything but Shift begins a new stretch.
        self._start = index.row() if index.isValid() else None
        return super().selectionCommand(index, event)
