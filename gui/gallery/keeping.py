"""Keeping a person where they were while rows come, go and change places."""

import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel

from gui.gallery.chosen import selection_of

if TYPE_CHECKING:
    from gui.gallery.bands import Band
    from gui.gallery.tiles import TileView
    from gui.table import ImageTable, Rows

Select = QItemSelectionModel.SelectionFlag


@dataclass(frozen=True, slots=True)
class _Place:
    """What stays at which height of the viewport; `row` is one of the rows at that time."""

    row: int
    y: int


@dataclass(frozen=True, slots=True)
class _Held:
    """The rows as they were, who was looked at and selected (as rows of the table)."""

    table: "ImageTable"
    rows: "Rows"
    kind: str
    bands: "list[Band]"
    current: int
    selected: "Rows | None"
    place: _Place | None


class Keeper:
    """Holds on before the rows change, and finds the same images again afterwards.

    The current image stays current at the same height. If it went away, the one after it takes its
    place, and its height; what a decision moved to another band went away too: a person who sorts
    monocytes stays with the monocytes.
    """

    def __init__(self, view: "TileView") -> None:
        self._view = view
        self._held: _Held | None = None

    def hold(self) -> None:
        """Remember who is where; call it before the rows change."""
        model, view = self._view.model(), self._view
        if not model.rowCount():
            return  # a search that finds nothing: who was there before it is still remembered
        current = view.currentIndex().row()
        table = model.table
        assert table is not None
        self._held = _Held(
            table,
            model.table_rows(),
            model.kind,
            model.bands,
            current,
            view.chosen_rows(),
            self.place(),
        )

    def restore(self) -> None:
        """Put the person back; call it when the new rows are laid out."""
        view, model, held = self._view, self._view.model(), self._held
        if not model.rowCount():
            view.looked_at.emit(None)  # what is not to be seen is nobody's to decide on
            return
        if held is None:
            return
        self._held = None
        if held.table is not model.table:
            return
        places = model.places(held.rows)
        current, moved_on = -1, False
        if held.current >= 0:
            current, moved_on = self._heir(held, places, held.current)
        selection = QItemSelection()
        if held.selected is not None and not moved_on:
            selection = selection_of(model, held.selected)
        if current >= 0:
            index = model.index(current)
            if selection.isEmpty() and not view.isIndexHidden(index):
                selection.select(index, index)
            # What a person did not ask for does not scroll.
            view.setAutoScroll(False)
            view.selectionModel().setCurrentIndex(index, Select.NoUpdate)
            view.setAutoScroll(True)
        view.selectionModel().select(selection, Select.ClearAndSelect)
        if held.place is not None:
            row = self._heir(held, places, held.place.row)[0]
            self.put(_Place(row, held.place.y))

    def place(self) -> _Place | None:
        """Return what to keep at its height: the current image if it is in sight, else the first that is."""
        view = self._view
        geometry, sight = view.grid, view.sight
        row = view.currentIndex().row()
        if row < 0 or not geometry.rect(row).intersects(sight):
            if sight.top() == 0:
                return None  # at the top one stays at the top
            row = next((first for first, _ in geometry.spans(sight)), -1)
        return _Place(row, geometry.rect(row).top() - sight.top()) if row >= 0 else None

    def put(self, place: _Place | None) -> None:
        """Scroll so that something is at its height again."""
        if place is not None:
            tile = self._view.grid.rect(place.row)
            if not tile.isEmpty():
                self._view.verticalScrollBar().setValue(tile.top() - place.y)

    def _heir(self, held: _Held, places: "Rows", row: int) -> tuple[int, bool]:
        # Where the image of an old row is now; or who takes its place, and whether a decision moved it.
        import numpy as np

        model = self._view.model()
        own = int(places[row])
        inside = places >= 0
        masks = [inside]
        moved = False
        if held.kind == model.kind:
            number = bisect.bisect_right([band.first for band in held.bands], row) - 1
            left = held.bands[number]
            band = next((band for band in model.bands if band.key == left.key), None)
            end = band.first + band.count if band else 0
            first = band.first if band else 0
            if own >= 0 and not first <= own < end:
                item = model.item(own)
                moved = row == held.current and (item.label is not None or item.removed)
            if band is not None and (own < 0 or moved):
                masks.insert(0, (places >= first) & (places < end))
        if own >= 0 and not moved:
            return own, False
        for mask in masks:
            others: np.ndarray = mask.copy()
            others[row] = False
            if moved and band is None:
                # The band is empty: who was in it went the same way.
                others[left.first : left.first + left.count] = False
            after = np.flatnonzero(others[row:])
            if len(after):
                return int(places[row + after[0]]), moved
            before = np.flatnonzero(others[:row])
            if len(before):
                return int(places[before[-1]]), moved
        return max(0, min(own if own >= 0 else row, model.rowCount() - 1)), False
