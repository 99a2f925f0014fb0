"""Tile painter: draws the tiles of a region, their headers and the rubber band."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from gui.gallery.delegate import TileDelegate
from gui.gallery.rubber_band import RubberBand
from gui.theme import Theme

if TYPE_CHECKING:
    from gui.gallery.headers import BandHeaders
    from gui.gallery.tile_grid import TileGrid


class TilePainter:
    """Paints only what a region shows: a new thumbnail repaints a single tile."""

    def __init__(
        self,
        view: "TileGrid",
        delegate: TileDelegate,
        headers: "BandHeaders",
        rubber_band: RubberBand,
        theme: Theme,
    ) -> None:
        self._view = view
        self._delegate = delegate
        self._headers = headers
        self._rubber_band = rubber_band
        self._theme = theme

    def paint(self, painter: QPainter, region: QRegion, rect: QRect) -> None:
        """Paint a region of the viewport; `rect` encloses it."""
        for number in self._headers.visible_bands():
            region -= self._headers.rect_of(number)
        background = self._theme.colour("surround")
        boxes = list(cast("Iterable[QRect]", region))  # the type stubs declare no iteration
        for box in boxes:
            painter.fillRect(box, background)
        self._paint_tiles(painter, boxes)
        self._headers.paint(painter, rect)
        if self._rubber_band.is_active:
            self._rubber_band.paint(painter)

    def _paint_tiles(self, painter: QPainter, boxes: Iterable[QRect]) -> None:
        view = self._view
        offset, model, selection_model = view.verticalOffset(), view.model(), view.selectionModel()
        current = view.currentIndex().row() if self._headers.focused_key is None else -1
        option = QStyleOptionViewItem()
        option.initFrom(view)
        state = QStyle.StateFlag.State_Enabled
        if view.hasFocus():
            state |= QStyle.StateFlag.State_Active
        rows = dict.fromkeys(
            row
            for box in boxes
            for first, last in view.grid.row_spans(box.translated(0, offset))
            for row in range(first, last + 1)
        )
        for row in rows:
            index, tile = model.index(row), view.grid.tile_rect(row)
            option.rect = tile.translated(0, -offset)
            option.state = state
            selected = selection_model.isSelected(index)
            if self._rubber_band.is_active:
                selected = self._rubber_band.would_select(tile, selected=selected)
            if selected:
                option.state |= QStyle.StateFlag.State_Selected
            if row == current:
                option.state |= QStyle.StateFlag.State_HasFocus
            self._delegate.paint(painter, option, index)
