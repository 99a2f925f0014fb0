"""Tile grid: item view whose tile positions come from `GridGeometry`; base of the gallery's tile view."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView

from gui.gallery.geometry import GridGeometry
from gui.gallery.model import GalleryModel
from gui.gallery.selection import row_ranges

if TYPE_CHECKING:
    from gui.state.image_columns import Rows

Move = QAbstractItemView.CursorAction
Index = QModelIndex | QPersistentModelIndex


class TileGrid(QListView):
    """Grid of tiles with a visible range and a selection.

    Derives from QListView because a bare QAbstractItemView exposes no rows to screen readers. Qt's list
    layout is not used: `GridGeometry` computes positions, at the same cost for ten rows and a million.
    """

    current_path_changed = Signal(object)
    """The path of the current image, None if it is hidden or there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = GridGeometry([], 1, (1, 1), 0)

    def model(self) -> GalleryModel:
        return cast("GalleryModel", super().model())

    @property
    def visible_area(self) -> QRect:
        """The visible part of the content."""
        return QRect(QPoint(0, self.verticalOffset()), self.viewport().size())

    @property
    def current_path(self) -> str | None:
        """The path of the current image, None if it is hidden or there is none."""
        current = self.currentIndex()
        is_visible = current.isValid() and not self.isIndexHidden(current)
        return self.model().path(current.row()) if is_visible else None

    def visible_paths(self) -> list[str]:
        """Return the paths of the images that are at least partly visible, from the top."""
        return self.paths_in(self.visible_area)

    def paths_in(self, area: QRect) -> list[str]:
        """Return the paths of the images whose tiles intersect a part of the content, from the top."""
        paths: list[str] = []
        for first, last in self.grid.row_spans(area):
            paths += self.model().paths(first, last)
        return paths

    def selected_rows(self) -> "Rows | None":
        """Return the selected table rows in display order, None without a selection."""
        ranges = sorted(row_ranges(self.selectionModel().selection()))
        if not ranges:
            return None
        import numpy as np

        rows = self.model().table_rows()
        return np.concatenate([rows[first : last + 1] for first, last in ranges])

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid():
            return QRect()
        return self.grid.tile_rect(index.row()).translated(0, -self.verticalOffset())

    def isIndexHidden(self, index: Index) -> bool:
        return self.grid.tile_rect(index.row()).isEmpty()

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def moveCursor(self, action: Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        model, row = self.model(), self.currentIndex().row()
        count = model.rowCount()
        if not count:
            return QModelIndex()
        if row < 0:
            return model.index(0)
        page = max(1, self.viewport().height() // self.grid.tile_height - 1)
        match action:
            case Move.MoveLeft | Move.MovePrevious:
                row = self.grid.move_horizontally(row, -1)
            case Move.MoveRight | Move.MoveNext:
                row = self.grid.move_horizontally(row, 1)
            case Move.MoveUp:
                row = self.grid.move_vertically(row, -1)
            case Move.MoveDown:
                row = self.grid.move_vertically(row, 1)
            case Move.MovePageUp:
                row = self.grid.move_vertically(row, -page)
            case Move.MovePageDown:
                row = self.grid.move_vertically(row, page)
            case Move.MoveHome:
                row = self.grid.nearest_visible_row(0, forward=True)
            case Move.MoveEnd:
                row = self.grid.nearest_visible_row(count - 1, forward=False)
        return model.index(row)
