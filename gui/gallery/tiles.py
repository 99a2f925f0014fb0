"""Tiles in bands: where they lie, how they are painted, and what is in sight.

Only what is in sight costs anything, and no row is looked at by itself when the rows change.
"""

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

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
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem

from gui.gallery.chosen import Chosen
from gui.gallery.delegate import TileDelegate
from gui.gallery.geometry import Geometry
from gui.gallery.headers import Headers
from gui.gallery.keeping import Keeper
from gui.gallery.model import GalleryModel
from gui.gallery.pointer import Rubber
from gui.gallery.thumbnails import Thumbnails
from gui.session import Session
from gui.theme import Theme

if TYPE_CHECKING:
    from gui.table import Rows

_SETTLE_MS = 60
_FRESH_MS = 40
SMALLEST, STANDARD, LARGEST = 72, 136, 320
_STEP = 24
_FEW = 32

Move = QAbstractItemView.CursorAction
View = QAbstractItemView
Select = QItemSelectionModel.SelectionFlag


class TileView(QListView):
    """A grid of all images, to be looked at; what a person does to it is in `GalleryView`.

    A list view by name, because a bare `QAbstractItemView` has no rows for a screen reader; but it
    lays nothing out: places are calculated (`Geometry`), so a reset or a scroll costs the same for ten
    rows and for a million.
    """

    in_sight = Signal(object)
    """The paths of the images in sight, then of those ahead, a moment after that changed."""
    looked_at = Signal(object)
    """The path of the current image, None if nothing is shown."""
    size_changed = Signal(int)

    def __init__(self, session: Session, thumbnails: Thumbnails, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._thumbnails = thumbnails
        self._theme = theme
        self._edge = 0
        self._made_for: tuple[int, tuple[int, int], int, frozenset[str]]
        self._made_for = 1, (1, 1), 0, frozenset()
        self.grid = Geometry([], *self._made_for)
        self._last_offset = 0
        self._ahead = 1
        self._kind = ""
        self._tiles = TileDelegate(self, session, thumbnails, theme)
        self.headers = Headers(self, session, theme)
        self._keeper = Keeper(self)
        self._rubber = Rubber(self, theme)
        self.setObjectName("gallery")
        self.setAccessibleName(self.tr("Images"))
        self.setItemDelegate(self._tiles)
        self.setVerticalScrollMode(View.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(View.EditTrigger.NoEditTriggers)
        # Only what is opaque is moved by scrolling instead of being painted anew.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._settled = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settled.timeout.connect(self._tell_sight)
        # Not put off while somebody scrolls on and on: wishes for what went by are dropped meanwhile.
        self._fresh = QTimer(self, singleShot=True, interval=_FRESH_MS)
        self._fresh.timeout.connect(self._forget_the_rest)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        thumbnails.ready.connect(self._repaint)
        theme.changed.connect(self._fit)
        self.set_edge(STANDARD)

    @property
    def edge(self) -> int:
        """The width of an image in a tile, in pixels at the standard font."""
        return self._edge

    @property
    def sight(self) -> QRect:
        """What part of the content is in sight."""
        return QRect(QPoint(0, self.verticalOffset()), self.viewport().size())

    def set_edge(self, edge: int) -> None:
        """Make the tiles larger or smaller; the image looked at stays where it is."""
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
        model.modelAboutToBeReset.connect(self._keeper.hold)
        model.modelReset.connect(self._take_rows)
        model.rowsInserted.connect(self._lay_out)
        model.dataChanged.connect(self._take_details)
        self.selectionModel().selectionChanged.connect(self._follow_selection)
        self._lay_out()

    def show_path(self, path: str) -> None:
        """Make an image the current one and bring it into sight."""
        row = self.model().row(path)
        if row is None:
            return
        number = self.grid.band_of(row)
        if number >= 0 and self.grid.folded(number):
            # Also where the grid is not shown, beside the map: what is folded away cannot be looked at.
            self.toggle_band(self.grid.bands[number].key)
        if row != self.currentIndex().row():
            self.setCurrentIndex(self.model().index(row))

    def toggle_band(self, key: str) -> None:
        """Fold a band to its header, or show its images again; its header stays where it is."""
        number = next((at for at, band in enumerate(self.grid.bands) if band.key == key), None)
        if number is None:
            return
        before = self.headers.box(number).top()
        self.headers.folded ^= {key}
        self._lay_out()
        self.verticalScrollBar().setValue(self.grid.header_rect(number, 0).top() - before)
        current = self.currentIndex()
        inside = self.grid.band_of(current.row()) == number
        if self.grid.folded(number):
            # What is not to be seen is nobody's to decide on; selecting the header brings it back.
            self.selectionModel().select(self.band_selection(number), Select.Deselect)
            if inside:
                self.headers.focus(number)
                self.looked_at.emit(None)
        elif inside:
            self.looked_at.emit(self.model().path(current.row()))

    def band_selection(self, number: int) -> QItemSelection:
        """Return all images of a band."""
        first, last = (self.model().index(row) for row in self.grid.ends(number))
        return QItemSelection(first, last)

    @property
    def looked(self) -> str | None:
        """The path of the current image, None where it is folded away or there is none."""
        current = self.currentIndex()
        shown = current.isValid() and not self.isIndexHidden(current)
        return self.model().path(current.row()) if shown else None

    def paths_in_sight(self) -> list[str]:
        """Return the paths of the images that are at least partly visible, from the top."""
        return self._paths_in(self.sight)

    def chosen(self) -> Sequence[str]:
        """Return the paths of the selected images, in the order in which they are shown."""
        table, rows = self.model().table, self.chosen_rows()
        return Chosen(table, rows) if table is not None and rows is not None else ()

    def chosen_rows(self) -> "Rows | None":
        """Return the rows of the table that are selected, in the order in which they are shown."""
        ranges = sorted((one.top(), one.bottom()) for one in self.selectionModel().selection())
        if not ranges:
            return None
        import numpy as np

        rows = self.model().table_rows()
        return np.concatenate([rows[first : last + 1] for first, last in ranges])

    # Where things are. Qt asks for all of it by these names.

    def visualRect(self, index: QModelIndex) -> QRect:
        if not index.isValid():
            return QRect()
        return self.grid.rect(index.row()).translated(0, -self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:
        if self.headers.at(point) is not None:
            return QModelIndex()
        row = self.grid.row_at(point.x(), point.y() + self.verticalOffset())
        return QModelIndex() if row is None else self.model().index(row)

    def isIndexHidden(self, index: QModelIndex) -> bool:
        return self.grid.rect(index.row()).isEmpty()

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        # Asked for on each change of a selection, however large.
        sight, whole = self.grid.span(self.sight), QRegion(self.viewport().rect())
        if sight is None or len(selection) > _FEW:
            return whole
        seen = [
            range(max(one.top(), sight[0]), min(one.bottom(), sight[1]) + 1) for one in selection
        ]
        if sum(map(len, seen)) > _FEW:
            return whole
        region = QRegion()
        for row in itertools.chain.from_iterable(seen):
            region += self.visualRect(self.model().index(row))
        return region

    def doItemsLayout(self) -> None:
        self._lay_out()

    def updateGeometries(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, self.grid.total - height))
        bar.setPageStep(max(1, height - self.grid.header))
        bar.setSingleStep(max(1, self.grid.height // 3))

    def scrollTo(
        self, index: QModelIndex, hint: View.ScrollHint = View.ScrollHint.EnsureVisible
    ) -> None:
        if not index.isValid():
            return
        number = self.grid.band_of(index.row())
        if number >= 0 and self.grid.folded(number):
            self.toggle_band(self.grid.bands[number].key)
        tile, bar = self.grid.rect(index.row()), self.verticalScrollBar()
        room, pinned = self.viewport().height(), self.grid.header
        if hint == View.ScrollHint.PositionAtCenter:
            bar.setValue(tile.center().y() - room // 2)
        elif tile.top() - pinned < bar.value():
            bar.setValue(tile.top() - pinned)
        elif tile.bottom() >= bar.value() + room:
            bar.setValue(min(tile.bottom() - room + 1, tile.top() - pinned))

    def moveCursor(self, action: Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        model, row = self.model(), self.currentIndex().row()
        count = model.rowCount()
        if not count:
            return QModelIndex()
        if row < 0:
            return model.index(0)
        page = max(1, self.viewport().height() // self.grid.height - 1)
        match action:
            case Move.MoveLeft | Move.MovePrevious:
                row = self.grid.horizontal(row, -1)
            case Move.MoveRight | Move.MoveNext:
                row = self.grid.horizontal(row, 1)
            case Move.MoveUp:
                row = self.grid.vertical(row, -1)
            case Move.MoveDown:
                row = self.grid.vertical(row, 1)
            case Move.MovePageUp:
                row = self.grid.vertical(row, -page)
            case Move.MovePageDown:
                row = self.grid.vertical(row, page)
            case Move.MoveHome:
                row = self.grid.nearest(0, on=True)
            case Move.MoveEnd:
                row = self.grid.nearest(count - 1, on=False)
        return model.index(row)

    # What is painted.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        offset = self.verticalOffset()
        model, chosen = self.model(), self.selectionModel()
        current = self.currentIndex().row() if self.headers.focused is None else -1
        option = QStyleOptionViewItem()
        option.initFrom(self)
        state = QStyle.StateFlag.State_Enabled
        if self.hasFocus():
            state |= QStyle.StateFlag.State_Active
        region = event.region()
        for number in self.headers.in_sight():
            region -= self.headers.box(number)
        ground = self._theme.colour("surround")
        for box in region:
            painter.fillRect(box, ground)
        # Tile by tile, not all in the box around them: a thumbnail that comes is one tile.
        rows = dict.fromkeys(
            row
            for box in region
            for first, last in self.grid.spans(box.translated(0, offset))
            for row in range(first, last + 1)
        )
        for row in rows:
            index, tile = model.index(row), self.grid.rect(row)
            option.rect = tile.translated(0, -offset)
            option.state = state
            selected = chosen.isSelected(index)
            if self._rubber.active:
                selected = self._rubber.meets(tile, selected=selected)
            if selected:
                option.state |= QStyle.StateFlag.State_Selected
            if row == current:
                option.state |= QStyle.StateFlag.State_HasFocus
            self._tiles.paint(painter, option, index)
        self.headers.paint(painter, event.rect())
        if self._rubber.active:
            self._rubber.paint(painter)
        painter.end()

    def scrollContentsBy(self, _: int, dy: int) -> None:
        # Only what comes into sight is painted anew, and the pinned header where it was and is.
        self.viewport().scroll(0, dy)
        if header := self.grid.header:
            self.viewport().update(0, 0, self.viewport().width(), header + max(0, dy))
            self.viewport().update(0, dy, self.viewport().width(), header)
        if self._rubber.active or self.headers.target is not None:
            self.viewport().update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._tiles.restyle()  # on another screen
            self._settled.start()
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        View.showEvent(self, event)
        self._settled.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        View.resizeEvent(self, event)
        self._fit()

    # Laying out.

    def _take_rows(self) -> None:
        # The rows are others: who looked at an image still does, else at what came after it.
        model = self.model()
        if model.kind != self._kind or not self._session.total:
            self._kind = model.kind
            self.headers.folded.clear()
        self._rubber.cancel()
        self._lay_out()
        if self.headers.number is None:
            self.headers.focus(None)
        self._keeper.restore()

    def _take_details(self) -> None:
        # A band's words may have changed, and nothing has moved.
        if self.grid.bands is not self.model().bands:
            self._lay_out()

    def _lay_out(self) -> None:
        model = self.model()
        cell = self._tiles.tile_size(self._tiles.edge)
        columns = max(1, (self.viewport().width() - 1) // max(1, cell.width()))
        bands = model.bands if model else []
        size = cell.width(), cell.height()
        made_for = columns, size, self.headers.height, frozenset(self.headers.folded)
        # With ten thousand bands it takes a while, and each change of a label's height asks for it.
        if self.grid.bands is not bands or made_for != self._made_for:
            self.grid, self._made_for = Geometry(bands, *made_for), made_for
        self.updateGeometries()
        self.viewport().update()
        self._settled.start()

    def _fit(self) -> None:
        # Tiles share out the width that is left over, so that the grid has no ragged edge.
        place = self._keeper.place() if self.model() else None
        scale = self._theme.space("wide") / 24
        self._tiles.edge = round(self._edge * scale)
        tile = self._tiles.tile_size(self._tiles.edge)
        width = self.viewport().width() - 1
        columns = max(1, width // tile.width())
        self._tiles.edge += max(0, width // columns - tile.width())
        self._lay_out()
        self._keeper.put(place)

    def _follow_selection(self, *_: object) -> None:
        # What is described is one of those that a key acts on: the current image is a selected one.
        current, chosen = self.currentIndex(), self.selectionModel()
        if not chosen.hasSelection() or (current.isValid() and chosen.isSelected(current)):
            return
        row = max(0, current.row())
        ranges = [(one.top(), one.bottom()) for one in chosen.selection()]
        nearest = min(
            (min(max(row, first), last) for first, last in ranges), key=lambda one: abs(one - row)
        )
        # What a person did not ask for does not scroll.
        self.setAutoScroll(False)
        chosen.setCurrentIndex(self.model().index(nearest), Select.NoUpdate)
        self.setAutoScroll(True)

    # What is in sight.

    def _scrolled(self) -> None:
        offset = self.verticalOffset()
        self._ahead = 1 if offset >= self._last_offset else -1
        self._last_offset = offset
        self._settled.start()
        if not self._fresh.isActive():
            self._fresh.start()

    def _paths_in(self, box: QRect) -> list[str]:
        paths: list[str] = []
        for first, last in self.grid.spans(box):
            paths += self.model().paths(first, last)
        return paths

    def _forget_the_rest(self) -> None:
        if not self.isVisible():
            return
        self._thumbnails.keep_only(set(self._paths_in(self.sight)))

    def _tell_sight(self) -> None:
        edge = round(self._tiles.edge * self.devicePixelRatioF())
        if edge != self._thumbnails.edge:
            self._thumbnails.edge = edge
            self.viewport().update()
        if not self.model() or not self.isVisible():
            return  # the thumbnails are another view's
        sight = self.sight
        seen = self._paths_in(sight)
        known = set(seen)
        ahead = self._paths_in(sight.translated(0, self._ahead * sight.height()))
        paths = [*seen, *(path for path in ahead if path not in known)]
        self._thumbnails.keep_only(set(paths))
        items = (self._session.item(path) for path in paths[len(seen) :])
        self._thumbnails.prefetch([item.record for item in items if item and item.record])
        self.in_sight.emit(paths)

    def _repaint(self, path: str) -> None:
        row = self.model().row(path)
        if row is not None:
            box = self.visualRect(self.model().index(row))
            if box.intersects(self.viewport().rect()):
                self.viewport().update(box)
