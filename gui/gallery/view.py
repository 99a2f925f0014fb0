"""The grid: a view whose tiles fill the width, in bands; only what is in sight costs anything."""

from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
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
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem

from gui.gallery.bands import Band
from gui.gallery.delegate import TileDelegate
from gui.gallery.geometry import Geometry
from gui.gallery.header import drag_picture, header_height, paint_header
from gui.gallery.mime import IMAGES, mime_of, paths_of
from gui.gallery.model import GalleryModel
from gui.gallery.thumbnails import Thumbnails
from gui.session import Session
from gui.theme import Theme

_SETTLE_MS = 60
_LOOKED_FOR = 2000
SMALLEST, STANDARD, LARGEST = 72, 136, 320
_STEP = 24

Move = QAbstractItemView.CursorAction
Select = QItemSelectionModel.SelectionFlag
View = QAbstractItemView


@dataclass(frozen=True, slots=True)
class _Held:
    """Where a person was: the current image and those after it, its row, and what stays at which height."""

    after: list[str]
    row: int
    path: str
    y: int


class GalleryView(QListView):
    """A virtual grid of all images.

    A list view by name, so that screen readers know it; but it lays nothing out: places are
    calculated (`Geometry`), so a reset or a scroll costs the same for ten rows and for a million.
    """

    in_sight = Signal(object)
    """The paths of the images in sight, then of those ahead, a moment after that changed."""
    looked_at = Signal(object)
    size_changed = Signal(int)
    dropped = Signal(object, object)
    """Paths of images, and the key of the band they were dropped on."""

    def __init__(self, session: Session, thumbnails: Thumbnails, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._thumbnails = thumbnails
        self._theme = theme
        self._edge = 0
        self._geometry = Geometry([], 1, (1, 1), 0)
        self._collapsed: set[str] = set()
        self._held: _Held | None = None
        self._start: int | None = None
        self._rubber: QPoint | None = None
        self._target: int | None = None
        self._last_offset = 0
        self._ahead = 1
        self._tiles = TileDelegate(self, session, thumbnails, theme)
        self.setObjectName("gallery")
        self.setAccessibleName(self.tr("Images"))
        self.setItemDelegate(self._tiles)
        self.setSelectionMode(View.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(View.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(View.EditTrigger.NoEditTriggers)
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)
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
        """Make the tiles larger or smaller; the image looked at stays where it is."""
        edge = max(SMALLEST, min(LARGEST, edge))
        if edge != self._edge:
            self._hold_place()
            self._edge = edge
            self._fit()
            self._keep_place()
            self.size_changed.emit(edge)

    def larger(self) -> None:
        """Make the tiles a step larger."""
        self.set_edge(self._edge + _STEP)

    def smaller(self) -> None:
        """Make the tiles a step smaller."""
        self.set_edge(self._edge - _STEP)

    def setModel(self, model: GalleryModel) -> None:
        super().setModel(model)
        model.modelAboutToBeReset.connect(self._hold_place)
        model.modelReset.connect(self._take_rows)
        model.rowsInserted.connect(self._lay_out)
        self._lay_out()

    def show_path(self, path: str) -> None:
        """Make an image the current one and bring it into sight."""
        row = self.model().row(path)
        if row is not None and row != self.currentIndex().row():
            self.setCurrentIndex(self.model().index(row))

    def step(self, rows: int) -> None:
        """Go so many images on, or back."""
        if self.model().rowCount():
            row = max(0, self.currentIndex().row())
            self.setCurrentIndex(self.model().index(self._geometry.horizontal(row, rows)))

    def toggle_band(self, key: str) -> None:
        """Collapse a band to its header, or show its images again."""
        self._collapsed ^= {key}
        self._lay_out()

    def select_band(self, band: Band) -> None:
        """Select all images of a band."""
        model = self.model()
        first, last = model.index(band.first), model.index(band.first + band.count - 1)
        self.selectionModel().select(QItemSelection(first, last), Select.ClearAndSelect)

    def paths_in_sight(self) -> list[str]:
        """Return the paths of the images that are at least partly visible, from the top."""
        return self._paths_in(QRect(QPoint(0, self.verticalOffset()), self.viewport().size()))

    # Where things are. Qt asks for all of it by these names.

    def visualRect(self, index: QModelIndex) -> QRect:
        if not index.isValid():
            return QRect()
        return self._geometry.rect(index.row()).translated(0, -self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:
        if self._header_at(point) is not None:
            return QModelIndex()
        row = self._geometry.row_at(point.x(), point.y() + self.verticalOffset())
        return QModelIndex() if row is None else self.model().index(row)

    def isIndexHidden(self, index: QModelIndex) -> bool:
        return self._geometry.rect(index.row()).isEmpty()

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        # Asked for on each change of a selection, however large: all of what is in sight.
        return QRegion(self.viewport().rect())

    def doItemsLayout(self) -> None:
        self._lay_out()

    def updateGeometries(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, self._geometry.total - height))
        bar.setPageStep(height - self._geometry.header)
        bar.setSingleStep(max(1, self._geometry.height // 3))

    def scrollTo(
        self, index: QModelIndex, hint: View.ScrollHint = View.ScrollHint.EnsureVisible
    ) -> None:
        if not index.isValid():
            return
        number = self._geometry.band_of(index.row())
        if self._geometry.rect(index.row()).isEmpty() and number >= 0:
            self.toggle_band(self._geometry.bands[number].key)
        tile, bar = self._geometry.rect(index.row()), self.verticalScrollBar()
        room, pinned = self.viewport().height(), self._geometry.header
        if hint == View.ScrollHint.PositionAtCenter:
            bar.setValue(tile.center().y() - room // 2)
        elif tile.top() - pinned < bar.value():
            bar.setValue(tile.top() - pinned)
        elif tile.bottom() > bar.value() + room:
            bar.setValue(min(tile.bottom() - room + 1, tile.top() - pinned))

    def moveCursor(self, action: Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        model, row = self.model(), self.currentIndex().row()
        count = model.rowCount()
        if not count:
            return QModelIndex()
        if row < 0:
            return model.index(0)
        page = max(1, self.viewport().height() // self._geometry.height - 1)
        match action:
            case Move.MoveLeft | Move.MovePrevious:
                row = self._geometry.horizontal(row, -1)
            case Move.MoveRight | Move.MoveNext:
                row = self._geometry.horizontal(row, 1)
            case Move.MoveUp:
                row = self._geometry.vertical(row, -1)
            case Move.MoveDown:
                row = self._geometry.vertical(row, 1)
            case Move.MovePageUp:
                row = self._geometry.vertical(row, -page)
            case Move.MovePageDown:
                row = self._geometry.vertical(row, page)
            case Move.MoveHome:
                row = 0
            case Move.MoveEnd:
                row = count - 1
        return model.index(row)

    def setSelection(self, rect: QRect, flags: QItemSelectionModel.SelectionFlag) -> None:
        selection = QItemSelection()
        model = self.model()
        for first, last in self._geometry.spans(rect.translated(0, self.verticalOffset())):
            selection.select(model.index(first), model.index(last))
        self.selectionModel().select(selection, flags)

    # What a person does.

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        View.currentChanged(self, current, previous)
        if current.isValid():
            self.looked_at.emit(self.model().path(current.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Letters and digits are commands here, not a search by the first letters of a name.
        if event.text() and event.text().isprintable() and not event.modifiers():
            event.ignore()
            return
        action = _MOVES.get(Qt.Key(event.key()))
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if action is not None and shift and self.currentIndex().isValid():
            self._select_to(self.moveCursor(action, event.modifiers()))
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        header = self._header_at(point)
        if header is not None:
            self._press_header(header, point)
            return
        index = self.indexAt(point)
        left = event.button() == Qt.MouseButton.LeftButton
        if left and index.isValid() and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._select_to(index)
            return
        if left and not index.isValid():
            self._rubber = point + QPoint(0, self.verticalOffset())
        View.mousePressEvent(self, event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        View.mouseMoveEvent(self, event)
        if self._rubber is not None:
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        View.mouseReleaseEvent(self, event)
        if self._rubber is not None:
            self._rubber = None
            self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        header = self._header_at(event.position().toPoint())
        if header is not None:
            self.toggle_band(self._geometry.bands[header].key)
            return
        View.mouseDoubleClickEvent(self, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.larger() if event.angleDelta().y() > 0 else self.smaller()
            event.accept()
            return
        super().wheelEvent(event)

    def startDrag(self, actions: Qt.DropAction) -> None:
        paths = self._session.selected
        if not paths:
            return
        drag = QDrag(self)
        drag.setMimeData(mime_of(paths))
        drag.setPixmap(drag_picture(self._theme, self._thumbnails, paths))
        drag.exec(Qt.DropAction.MoveAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(IMAGES) and self._geometry.header:
            event.acceptProposedAction()
        else:
            event.ignore()  # a folder from outside is for the window

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._set_target(self._band_under(event.position().toPoint()))
        event.setAccepted(self._target is not None)
        edge, y = self._theme.space("wide"), event.position().toPoint().y()
        bar = self.verticalScrollBar()
        if y < edge or y > self.viewport().height() - edge:
            bar.setValue(bar.value() + (-1 if y < edge else 1) * bar.singleStep())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_target(None)

    def dropEvent(self, event: QDropEvent) -> None:
        number = self._band_under(event.position().toPoint())
        self._set_target(None)
        paths = paths_of(event.mimeData())
        if number is None or not paths:
            event.ignore()
            return
        event.acceptProposedAction()
        self.dropped.emit(paths, self._geometry.bands[number].key)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            header = self._header_at(event.pos())
            self.viewport().setToolTip("")
            if header is not None:
                self.viewport().setToolTip(self.tr("Click to select all, double click to fold"))
        return super().viewportEvent(event)

    # What is painted.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        offset, box = self.verticalOffset(), event.rect()
        model, chosen = self.model(), self.selectionModel()
        current = self.currentIndex().row() if self.hasFocus() or not chosen.hasSelection() else -1
        option = QStyleOptionViewItem()
        option.initFrom(self)
        for first, last in self._geometry.spans(box.translated(0, offset)):
            for row in range(first, last + 1):
                index = model.index(row)
                option.rect = self._geometry.rect(row).translated(0, -offset)
                option.state = QStyle.StateFlag.State_Enabled
                if chosen.isSelected(index):
                    option.state |= QStyle.StateFlag.State_Selected
                if row == current:
                    option.state |= QStyle.StateFlag.State_HasFocus
                self._tiles.paint(painter, option, index)
        self._paint_headers(painter, offset)
        if self._rubber is not None:
            colour = self._theme.colour("accent")
            painter.setPen(colour)
            colour.setAlphaF(0.15)
            painter.setBrush(colour)
            corner = self.viewport().mapFromGlobal(self.cursor().pos())
            painter.drawRect(QRect(self._rubber - QPoint(0, offset), corner).normalized())
        painter.end()

    def scrollContentsBy(self, _: int, dy: int) -> None:
        # Only what comes into sight is painted anew, and the pinned header where it was and is.
        self.viewport().scroll(0, dy)
        if header := self._geometry.header:
            self.viewport().update(0, 0, self.viewport().width(), 2 * header + abs(dy))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._hold_place()
        View.resizeEvent(self, event)
        self._fit()
        self._keep_place()

    def _paint_headers(self, painter: QPainter, offset: int) -> None:
        width, height = self.viewport().width(), self._geometry.header
        if not height:
            return
        numbers = list(self._geometry.headers(offset, offset + self.viewport().height()))
        pinned = self._geometry.band_at(offset)
        if pinned is not None and pinned not in numbers:
            numbers.insert(0, pinned)
        for number in reversed(numbers):
            box = self._header_box(number, offset, width)
            band = self._geometry.bands[number]
            paint_header(
                painter,
                self._theme,
                band,
                self._session.looks.find(band.key) if band.key in self._session.looks.ids else None,
                box,
                folded=band.key in self._collapsed,
                target=number == self._target,
            )

    def _header_box(self, number: int, offset: int, width: int) -> QRect:
        # Pinned at the top while its band is in sight, pushed out by the next one.
        box = self._geometry.header_rect(number, width).translated(0, -offset)
        if box.top() < 0:
            limit = box.bottom()
            if number + 1 < len(self._geometry.bands):
                limit = self._geometry.header_rect(number + 1, width).top() - offset - 1
            box.moveTop(min(0, limit - box.height() + 1))
        return box

    def _header_at(self, point: QPoint) -> int | None:
        if not self._geometry.header:
            return None
        offset, width = self.verticalOffset(), self.viewport().width()
        pinned = self._geometry.band_at(offset)
        if pinned is not None and self._header_box(pinned, offset, width).contains(point):
            return pinned
        y = point.y() + offset
        number = self._geometry.band_at(y)
        if number is None or not self._geometry.header_rect(number, width).contains(point.x(), y):
            return None
        return number

    def _press_header(self, number: int, point: QPoint) -> None:
        band = self._geometry.bands[number]
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if point.x() < self._theme.space("wide") + self._theme.space("small"):
            self.toggle_band(band.key)
        else:
            self.select_band(band)

    def _band_under(self, point: QPoint) -> int | None:
        header = self._header_at(point)
        number = self._geometry.band_at(point.y() + self.verticalOffset())
        return header if header is not None else number

    def _set_target(self, number: int | None) -> None:
        if number != self._target:
            self._target = number
            self.viewport().update()

    def _select_to(self, index: QModelIndex) -> None:
        # From where the selection began to here, in reading order.
        model, chosen = self.model(), self.selectionModel()
        start = self._start if self._start is not None else self.currentIndex().row()
        first, last = sorted((max(start, 0), index.row()))
        area = QItemSelection(model.index(first), model.index(last))
        chosen.setCurrentIndex(index, Select.NoUpdate)
        chosen.select(area, Select.ClearAndSelect)
        self._start = max(start, 0)

    def selectionCommand(
        self, index: QModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        # Anything but Shift begins a new stretch.
        self._start = index.row() if index.isValid() else None
        return super().selectionCommand(index, event)

    # What keeps the person where they were.

    def _hold_place(self) -> None:
        total = self.model().rowCount() if self.model() else 0
        if not total or self._held is not None:
            return
        offset, current = self.verticalOffset(), max(0, self.currentIndex().row())
        tile, seen = self._geometry.rect(current), current
        if tile.isEmpty() or not tile.intersects(self._sight()):
            # Nobody is looking at the current one: the first in sight stays where it is.
            seen = next((first for first, _ in self._geometry.spans(self._sight())), current)
            tile = self._geometry.rect(seen)
        model = self.model()
        after = list(model.paths(current, current + _LOOKED_FOR))
        self._held = _Held(after, current, model.path(seen), tile.top() - offset)

    def _take_rows(self) -> None:
        # The rows are others: who looked at an image still does, else at what came after it.
        model, held = self.model(), self._held
        self._collapsed &= {band.key for band in model.bands}
        self._start = None
        self._lay_out()
        if held and model.rowCount() and self._session.current is not None:
            row = next((row for path in held.after if (row := model.row(path)) is not None), None)
            if row is None:
                row = min(held.row, model.rowCount() - 1)
            alone = Select.NoUpdate if model.path(row) == held.after[0] else Select.ClearAndSelect
            self.selectionModel().setCurrentIndex(model.index(row), alone)
        self._keep_place()

    def _keep_place(self) -> None:
        held, self._held = self._held, None
        if held is None or not self.model().rowCount():
            return
        row = self.model().row(held.path)
        tile = self._geometry.rect(self.currentIndex().row() if row is None else row)
        if not tile.isEmpty():
            self.verticalScrollBar().setValue(tile.top() - held.y)

    def _lay_out(self) -> None:
        model = self.model()
        bands = model.bands if model else []
        cell = self._tiles.tile_size(self._tiles.edge)
        columns = max(1, (self.viewport().width() - 1) // max(1, cell.width()))
        self._geometry = Geometry(
            bands,
            columns,
            (cell.width(), cell.height()),
            header_height(self._theme),
            self._collapsed,
        )
        self.updateGeometries()
        self.viewport().update()
        self._settled.start()

    def _fit(self) -> None:
        # Tiles share out the width that is left over, so that the grid has no ragged edge.
        scale = self._theme.space("wide") / 24
        self._tiles.edge = round(self._edge * scale)
        tile = self._tiles.tile_size(self._tiles.edge)
        width = self.viewport().width() - 1
        columns = max(1, width // tile.width())
        self._tiles.edge += max(0, width // columns - tile.width())
        self._lay_out()

    def _sight(self) -> QRect:
        return QRect(QPoint(0, self.verticalOffset()), self.viewport().size())

    def _paths_in(self, box: QRect) -> list[str]:
        paths: list[str] = []
        for first, last in self._geometry.spans(box):
            paths += self.model().paths(first, last)
        return paths

    def _tell_sight(self) -> None:
        edge = round(self._tiles.edge * self.devicePixelRatioF())
        if edge != self._thumbnails.edge:
            self._thumbnails.edge = edge
            self.viewport().update()
        if not self.model():
            return
        offset = self.verticalOffset()
        if offset != self._last_offset:
            self._ahead = 1 if offset > self._last_offset else -1
            self._last_offset = offset
        sight = self._sight()
        seen = self._paths_in(sight)
        soon = self._paths_in(sight.translated(0, self._ahead * sight.height()))
        known = set(seen)
        paths = [*seen, *(path for path in soon if path not in known)]
        self._thumbnails.keep_only(set(paths))
        self.in_sight.emit(paths)

    def _repaint(self, path: str) -> None:
        row = self.model().row(path)
        if row is not None:
            box = self.visualRect(self.model().index(row))
            if box.intersects(self.viewport().rect()):
                self.viewport().update(box)


_MOVES = {
    Qt.Key.Key_Left: Move.MoveLeft,
    Qt.Key.Key_Right: Move.MoveRight,
    Qt.Key.Key_Up: Move.MoveUp,
    Qt.Key.Key_Down: Move.MoveDown,
    Qt.Key.Key_PageUp: Move.MovePageUp,
    Qt.Key.Key_PageDown: Move.MovePageDown,
    Qt.Key.Key_Home: Move.MoveHome,
    Qt.Key.Key_End: Move.MoveEnd,
}
