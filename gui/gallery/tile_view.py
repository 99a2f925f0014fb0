"""Tile view: layout, painting and visible range of tiles in bands.

The cost depends on the visible tiles only; a change of rows touches no single row.
"""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QRegion, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView

from gui.gallery.band_actions import BandActions
from gui.gallery.delegate import TileDelegate
from gui.gallery.headers import BandHeaders
from gui.gallery.model import GalleryModel
from gui.gallery.rubber_band import RubberBand
from gui.gallery.scroll_anchor import ScrollAnchor
from gui.gallery.selection import SelectedPaths, row_ranges
from gui.gallery.selection_region import selection_region
from gui.gallery.thumbnails import ThumbnailCache
from gui.gallery.tile_grid import Index, TileGrid
from gui.gallery.tile_layout import TileLayout
from gui.gallery.tile_painter import TilePainter
from gui.gallery.visible_range import VisibleRange
from gui.state.session import Session
from gui.theme import Theme

MIN_EDGE, DEFAULT_EDGE, MAX_EDGE = 72, 136, 320
_EDGE_STEP = 24

View = QAbstractItemView
Select = QItemSelectionModel.SelectionFlag


class TileView(TileGrid):
    """Read-only grid of images; `GalleryView` adds keyboard, pointer and drag-and-drop."""

    visible_paths_changed = Signal(object)
    """The paths of the visible images, then of those ahead in scroll direction; emitted with a short delay."""
    size_changed = Signal(int)

    def __init__(self, session: Session, thumbnails: ThumbnailCache, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._thumbnails = thumbnails
        self._theme = theme
        self._band_kind = ""
        self._delegate = TileDelegate(self, session, thumbnails, theme)
        self.headers = BandHeaders(self, session, theme)
        self._layout = TileLayout(self, self._delegate, self.headers, theme)
        self.bands = BandActions(self, self.headers, self._update_layout)
        self.scroll_anchor = ScrollAnchor(self)
        self._rubber_band = RubberBand(self, theme)
        self._painter = TilePainter(self, self._delegate, self.headers, self._rubber_band, theme)
        self.visible_range = VisibleRange(self, self._delegate, session, thumbnails)
        self.visible_range.paths_changed.connect(self.visible_paths_changed)
        self.setObjectName("gallery")
        self.setAccessibleName(self.tr("Images"))
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollMode(View.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(View.EditTrigger.NoEditTriggers)
        # Opaque viewports are scrolled by copying pixels instead of repainting.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        thumbnails.ready.connect(self._repaint_tile)
        theme.changed.connect(self._fit_columns)
        self.set_image_edge(DEFAULT_EDGE)

    @property
    def image_edge(self) -> int:
        """The width of an image in a tile, in pixels at the standard font."""
        return self._layout.edge

    def set_image_edge(self, edge: int) -> None:
        """Resize the tiles; the current image keeps its position in the viewport."""
        edge = max(MIN_EDGE, min(MAX_EDGE, edge))
        if edge != self._layout.edge:
            self._layout.edge = edge
            self._fit_columns()
            self.size_changed.emit(edge)

    def enlarge(self) -> None:
        """Enlarge the tiles by one step."""
        self.set_image_edge(self._layout.edge + _EDGE_STEP)

    def shrink(self) -> None:
        """Shrink the tiles by one step."""
        self.set_image_edge(self._layout.edge - _EDGE_STEP)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        assert isinstance(model, GalleryModel)
        super().setModel(model)
        model.modelAboutToBeReset.connect(self.scroll_anchor.save)
        model.modelReset.connect(self._handle_reset)
        model.rowsInserted.connect(self._update_layout)
        model.dataChanged.connect(self._handle_band_details)
        self.selectionModel().selectionChanged.connect(self._keep_current_selected)
        self._update_layout()

    def show_path(self, path: str) -> None:
        """Make an image current and scroll it into view, expanding its band."""
        row = self.model().row_of(path)
        if row is None:
            return
        number = self.grid.band_of(row)
        if number >= 0 and self.grid.is_collapsed(number):
            # Also while the map is shown instead: a collapsed image cannot be current.
            self.bands.toggle(self.grid.bands[number].key)
        if row != self.currentIndex().row():
            self.setCurrentIndex(self.model().index(row))

    def focusInEvent(self, event: QFocusEvent) -> None:
        number = self.headers.focused_band
        if number is not None and not self.grid.bands[number].count:
            # Qt would make the first image current, and hide the field that is shown.
            self.viewport().update()
            return
        super().focusInEvent(event)

    def selected_paths(self) -> Sequence[str]:
        """Return the paths of the selected images, in display order."""
        table, rows = self.model().table, self.selected_rows()
        return SelectedPaths(table, rows) if table is not None and rows is not None else ()

    # Geometry, overriding QAbstractItemView.

    def indexAt(self, point: QPoint) -> QModelIndex:
        if self.headers.band_at(point) is not None:
            return QModelIndex()
        row = self.grid.row_at(point.x(), point.y() + self.verticalOffset())
        return QModelIndex() if row is None else self.model().index(row)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return selection_region(self, selection)

    def doItemsLayout(self) -> None:
        self._update_layout()

    def updateGeometries(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, self.grid.total_height - height))
        bar.setPageStep(max(1, height - self.grid.header_height))
        bar.setSingleStep(max(1, self.grid.tile_height // 3))

    def scrollTo(self, index: Index, hint: View.ScrollHint = View.ScrollHint.EnsureVisible) -> None:
        if not index.isValid():
            return
        number = self.grid.band_of(index.row())
        if number >= 0 and self.grid.is_collapsed(number):
            self.bands.toggle(self.grid.bands[number].key)
        tile, bar = self.grid.tile_rect(index.row()), self.verticalScrollBar()
        viewport_height, pinned_height = self.viewport().height(), self.grid.header_height
        if hint == View.ScrollHint.PositionAtCenter:
            bar.setValue(tile.center().y() - viewport_height // 2)
        elif tile.top() - pinned_height < bar.value():
            bar.setValue(tile.top() - pinned_height)
        elif tile.bottom() >= bar.value() + viewport_height:
            bar.setValue(min(tile.bottom() - viewport_height + 1, tile.top() - pinned_height))

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self._painter.paint(painter, event.region(), event.rect())
        painter.end()

    def scrollContentsBy(self, _: int, dy: int) -> None:
        # Repaint only what scrolls into view, and the pinned header at its old and new position.
        self.viewport().scroll(0, dy)
        if header := self.grid.header_height:
            self.viewport().update(0, 0, self.viewport().width(), header + max(0, dy))
            self.viewport().update(0, dy, self.viewport().width(), header)
        if self._rubber_band.is_active or self.headers.drop_target is not None:
            self.viewport().update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._delegate.restyle()  # moved to another screen
            self.visible_range.report_soon()
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        View.showEvent(self, event)
        self.visible_range.report_soon()

    def resizeEvent(self, event: QResizeEvent) -> None:
        View.resizeEvent(self, event)
        current = self.currentIndex()
        before = QRect(QPoint(0, 0), event.oldSize())
        was_visible = current.isValid() and before.contains(self.visualRect(current))
        self._fit_columns()
        if (
            was_visible
        ):  # A hint or question that appears above must not cover what the keys act on.
            self.scrollTo(current)
        if (number := self.headers.focused_band) is not None:
            self.headers.scroll_to(number)

    # Layout.

    def _handle_reset(self) -> None:
        # The rows changed: restore the current image, or its successor.
        model = self.model()
        if model.band_kind != self._band_kind or not self._session.total:
            self._band_kind = model.band_kind
            self.headers.collapsed_keys.clear()
        self._rubber_band.cancel()
        self._update_layout()
        if self.headers.focused_band is None:
            self.headers.focus(None)
        self.scroll_anchor.restore()

    def _handle_band_details(self) -> None:
        # The details of a band may have changed without any row moving.
        if self.grid.bands is not self.model().bands:
            self._update_layout()

    def _update_layout(self) -> None:
        self._layout.update()
        self.updateGeometries()
        self.viewport().update()
        self.visible_range.report_soon()

    def _fit_columns(self) -> None:
        anchor = self.scroll_anchor.find() if self.model() else None
        self._layout.fit_columns()
        self._update_layout()
        self.scroll_anchor.apply(anchor)

    def _keep_current_selected(self, *_: object) -> None:
        # Keep the current image within the selection, so that the inspector shows an image that keys act on.
        current, selection_model = self.currentIndex(), self.selectionModel()
        if not selection_model.hasSelection() or (
            current.isValid() and selection_model.isSelected(current)
        ):
            return
        row = max(0, current.row())
        ranges = row_ranges(selection_model.selection())
        nearest = min(
            (min(max(row, first), last) for first, last in ranges),
            key=lambda candidate: abs(candidate - row),
        )
        # Do not scroll for a change the user did not make.
        self.setAutoScroll(False)
        selection_model.setCurrentIndex(self.model().index(nearest), Select.NoUpdate)
        self.setAutoScroll(True)

    def _repaint_tile(self, path: str) -> None:
        row = self.model().row_of(path)
        if row is not None:
            box = self.visualRect(self.model().index(row))
            if box.intersects(self.viewport().rect()):
                self.viewport().update(box)
