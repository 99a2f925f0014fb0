"""Scroll anchor: keeps position, current image and selection while rows are added, removed and re-sorted."""

import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel

from gui.gallery.selection import to_item_selection
from gui.gallery.tile_grid import TileGrid

if TYPE_CHECKING:
    from gui.gallery.bands import Band
    from gui.state.image_columns import Rows
    from gui.state.image_table import ImageTable

Select = QItemSelectionModel.SelectionFlag


@dataclass(frozen=True, slots=True)
class Anchor:
    """A row and its y coordinate in the viewport, in pixels."""

    row: int
    y: int


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """Rows, current row and selection (as table rows) before a change."""

    table: "ImageTable"
    rows: "Rows"
    kind: str
    bands: "list[Band]"
    current: int
    selected: "Rows | None"
    anchor: Anchor | None


class ScrollAnchor:
    """Saves the position before the rows change and restores it afterwards.

    The current image stays current at the same height. If it is gone, the next image takes its place and
    height. An image that a decision moved to another band counts as gone: the user stays in the band being
    reviewed.
    """

    def __init__(self, view: TileGrid) -> None:
        self._view = view
        self._snapshot: _Snapshot | None = None

    def save(self) -> None:
        """Take a snapshot; call before the rows change."""
        model, view = self._view.model(), self._view
        if not model.rowCount():
            return  # after an empty search result: keep the snapshot from before the search
        current = view.currentIndex().row()
        table = model.table
        assert table is not None
        self._snapshot = _Snapshot(
            table,
            model.table_rows(),
            model.band_kind,
            model.bands,
            current,
            view.selected_rows(),
            self.find(),
        )

    def restore(self) -> None:
        """Restore the snapshot; call when the new rows are laid out."""
        view, model, snapshot = self._view, self._view.model(), self._snapshot
        if not model.rowCount():
            view.current_path_changed.emit(
                None
            )  # nothing visible, so there is nothing to decide on
            return
        if snapshot is None:
            return
        self._snapshot = None
        if snapshot.table is not model.table:
            return
        view_rows = model.rows_of(snapshot.rows)
        current, was_moved = -1, False
        if snapshot.current >= 0:
            current, was_moved = self._successor(snapshot, view_rows, snapshot.current)
        selection = QItemSelection()
        if snapshot.selected is not None and not was_moved:
            selection = to_item_selection(model, snapshot.selected)
        if current >= 0:
            index = model.index(current)
            if selection.isEmpty() and not view.isIndexHidden(index):
                selection.select(index, index)
            # Do not scroll for a change the user did not make.
            view.setAutoScroll(False)
            view.selectionModel().setCurrentIndex(index, Select.NoUpdate)
            view.setAutoScroll(True)
        view.selectionModel().select(selection, Select.ClearAndSelect)
        if snapshot.anchor is not None:
            row = self._successor(snapshot, view_rows, snapshot.anchor.row)[0]
            self.apply(Anchor(row, snapshot.anchor.y))

    def find(self) -> Anchor | None:
        """Return the current image if visible, else the first visible one; None at the top of the content."""
        view = self._view
        grid, visible_area = view.grid, view.visible_area
        row = view.currentIndex().row()
        if row < 0 or not grid.tile_rect(row).intersects(visible_area):
            if visible_area.top() == 0:
                return None  # new rows may push content down, the view stays at the top
            row = next((first for first, _ in grid.row_spans(visible_area)), -1)
        return Anchor(row, grid.tile_rect(row).top() - visible_area.top()) if row >= 0 else None

    def apply(self, anchor: Anchor | None) -> None:
        """Scroll so that the anchor's row is at its y coordinate again."""
        if anchor is not None:
            tile = self._view.grid.tile_rect(anchor.row)
            if not tile.isEmpty():
                self._view.verticalScrollBar().setValue(tile.top() - anchor.y)

    def _successor(self, snapshot: _Snapshot, view_rows: "Rows", row: int) -> tuple[int, bool]:
        # The view row of an old row, or of its successor; and whether a decision moved the old one.
        import numpy as np

        model = self._view.model()
        new_row = int(view_rows[row])
        masks = [view_rows >= 0]
        moved = False
        if snapshot.kind == model.band_kind:
            number = bisect.bisect_right([band.first for band in snapshot.bands], row) - 1
            old_band = snapshot.bands[number]
            band = next((band for band in model.bands if band.key == old_band.key), None)
            end = band.first + band.count if band else 0
            first = band.first if band else 0
            if new_row >= 0 and not first <= new_row < end:
                item = model.item(new_row)
                moved = row == snapshot.current and (item.label is not None or item.removed)
            if band is not None and (new_row < 0 or moved):
                masks.insert(0, (view_rows >= first) & (view_rows < end))
        if new_row >= 0 and not moved:
            return new_row, False
        for mask in masks:
            candidates: np.ndarray = mask.copy()
            candidates[row] = False
            if moved and band is None:
                # The band is now empty: skip its other former rows.
                candidates[old_band.first : old_band.first + old_band.count] = False
            following = np.flatnonzero(candidates[row:])
            if len(following):
                return int(view_rows[row + following[0]]), moved
            preceding = np.flatnonzero(candidates[:row])
            if len(preceding):
                return int(view_rows[preceding[-1]]), moved
        return max(0, min(new_row if new_row >= 0 else row, model.rowCount() - 1)), False
