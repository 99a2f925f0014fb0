"""Gallery view: keyboard, pointer, selection and drag-and-drop on the tile view."""

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

from gui.gallery.band_drop import BandDrop
from gui.gallery.drag_data import drag_pixmap, to_mime_data
from gui.gallery.header_keys import HeaderKeys
from gui.gallery.row_runs import consecutive_runs
from gui.gallery.thumbnails import ThumbnailCache
from gui.gallery.tile_grid import Index, Move
from gui.gallery.tile_view import DEFAULT_EDGE, MAX_EDGE, MIN_EDGE, Select, TileView, View
from gui.state.session import Session
from gui.theme import Theme

__all__ = ["DEFAULT_EDGE", "MAX_EDGE", "MIN_EDGE", "GalleryView"]

Key = Qt.Key
Shift, Control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier

_CURSOR_ACTIONS = {
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
    """The paths of the images and the key of the band they were dropped on."""

    def __init__(self, session: Session, thumbnails: ThumbnailCache, theme: Theme) -> None:
        super().__init__(session, thumbnails, theme)
        self._range_start: int | None = None
        self._press_position: QPoint | None = None
        self._was_dragged = False
        self._header_keys = HeaderKeys(self, self.headers)
        self._drop = BandDrop(self, self.headers, theme)
        self._drop.dropped.connect(self.dropped)
        self.setSelectionMode(View.SelectionMode.ExtendedSelection)
        self.setAcceptDrops(True)

    def setCurrentIndex(self, index: Index) -> None:
        """Make an image current and select it alone."""
        # Qt's implementation depends on held modifiers: with Ctrl the selection would stay behind, and a
        # shortcut with Ctrl would act on the previous image.
        self._range_start = index.row() if index.isValid() else None
        self.selectionModel().setCurrentIndex(index, Select.ClearAndSelect)

    def step(self, rows: int) -> None:
        """Move the current image by a number of visible rows."""
        if self.model().rowCount():
            row = max(0, self.currentIndex().row())
            self.setCurrentIndex(self.model().index(self.grid.move_horizontally(row, rows)))

    def selectAll(self) -> None:
        # Qt's implementation visits every row. Collapsed bands are excluded.
        model, selection = self.model(), QItemSelection()
        open_bands = (
            number for number in range(len(self.grid.bands)) if not self.grid.is_collapsed(number)
        )
        for first, last in consecutive_runs(open_bands):
            selection.select(
                model.index(self.grid.row_range(first)[0]),
                model.index(self.grid.row_range(last)[1]),
            )
        if not selection.isEmpty():
            self.selectionModel().select(selection, Select.ClearAndSelect)

    def currentChanged(self, current: Index, previous: Index) -> None:
        View.currentChanged(self, current, previous)
        if current.isValid() and self.isIndexHidden(current):
            self.headers.focus(self.grid.band_of(current.row()))
            self.current_path_changed.emit(None)
        elif current.isValid():
            self.headers.focus(None)
            self.current_path_changed.emit(self.model().path(current.row()))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            # Claim these keys before the shortcuts of the window.
            cancels_band = self._rubber_band.is_active and event.key() == Key.Key_Escape
            if cancels_band or self._header_keys.handles(Key(event.key())):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self._rubber_band.is_active and key == Key.Key_Escape:
            self._rubber_band.cancel()
        elif self._header_keys.handle(key, modifiers):
            pass
        elif event.text() and event.text().isprintable() and not modifiers & ~Shift:
            # Letters and digits are shortcuts, not a search by name prefix.
            event.ignore()
        elif key in _CURSOR_ACTIONS and modifiers & Shift and self.currentIndex().isValid():
            self._extend_selection_to(
                self.moveCursor(_CURSOR_ACTIONS[key], modifiers), extend=bool(modifiers & Control)
            )
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point, modifiers = event.position().toPoint(), event.modifiers()
        left = event.button() == Qt.MouseButton.LeftButton
        header = self.headers.band_at(point)
        if header is not None:
            if left:
                self._press_header(header, point, extend=bool(modifiers & Control))
            return
        index = self.indexAt(point)
        if left and index.isValid() and modifiers & Shift:
            self._extend_selection_to(index, extend=bool(modifiers & Control))
            return
        self.headers.focus(None)
        self._press_position, self._was_dragged = None, False
        if left and self._delegate.image_rect(self.visualRect(index)).contains(point):
            self._press_position = point
        elif left:
            # Pressing on an image starts a drag, pressing beside it a rubber band.
            self._rubber_band.press(point, extends=bool(modifiers & (Shift | Control)))
        if left and not index.isValid():
            if not modifiers & (Shift | Control):
                self.clearSelection()
            return
        View.mousePressEvent(self, event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            View.mouseMoveEvent(self, event)
        elif self._rubber_band.is_pressed:
            self._rubber_band.move(point)
        elif self._press_position is not None:
            distance = (point - self._press_position).manhattanLength()
            if distance >= QApplication.startDragDistance():
                self._press_position, self._was_dragged = None, True
                self.startDrag(Qt.DropAction.MoveAction)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        # Releasing after a drag or a rubber band is not a click.
        if not self._rubber_band.release() and not self._was_dragged:
            View.mouseReleaseEvent(self, event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        header = self.headers.band_at(event.position().toPoint())
        if header is None:
            View.mouseDoubleClickEvent(self, event)
        elif not self.headers.is_on_collapse_marker(event.position().toPoint()):
            self.bands.toggle(self.grid.bands[header].key)
        else:
            self._press_header(header, event.position().toPoint(), extend=False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Control:
            self.enlarge() if event.angleDelta().y() > 0 else self.shrink()
            event.accept()
            return
        View.wheelEvent(self, event)

    def startDrag(self, actions: Qt.DropAction) -> None:
        paths = self._session.targets
        if not paths:
            return
        drag = QDrag(self)
        drag.setMimeData(to_mime_data(paths))
        ratio = self.devicePixelRatioF()
        drag.setPixmap(drag_pixmap(self._theme, self._thumbnails, paths, ratio))
        drag.exec(Qt.DropAction.MoveAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._drop.enter(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._drop.move(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop.leave()

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop.drop(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            header = self.headers.band_at(event.pos())
            self.viewport().setToolTip("")
            if header is not None:
                self.viewport().setToolTip(
                    self.tr("Click to select all, double-click to collapse")
                    if self.grid.bands[header].count
                    else self.tr("Click to show the field and add a cell")
                )
        return super().viewportEvent(event)

    def _press_header(self, number: int, point: QPoint, *, extend: bool) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self.headers.is_on_collapse_marker(point):
            self.bands.toggle(self.grid.bands[number].key)
        else:
            self.bands.select(number, extend=extend)

    # Selection.

    def setSelection(self, rect: QRect, flags: QItemSelectionModel.SelectionFlag) -> None:
        selection, model = QItemSelection(), self.model()
        for first, last in self.grid.row_spans(
            rect.normalized().translated(0, self.verticalOffset())
        ):
            selection.select(model.index(first), model.index(last))
        self.selectionModel().select(selection, flags)

    def _extend_selection_to(self, index: QModelIndex, *, extend: bool) -> None:
        # From the start of the range to `index`, in display order.
        model, selection_model = self.model(), self.selectionModel()
        start = self._range_start if self._range_start is not None else self.currentIndex().row()
        first, last = sorted((max(start, 0), index.row()))
        selection = QItemSelection(model.index(first), model.index(last))
        selection_model.setCurrentIndex(index, Select.NoUpdate)
        selection_model.select(selection, Select.Select if extend else Select.ClearAndSelect)
        self._range_start = max(start, 0)

    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        # Any selection without Shift starts a new range.
        self._range_start = index.row() if index.isValid() else None
        return super().selectionCommand(index, event)
