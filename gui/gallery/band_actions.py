"""Band actions: bands of the gallery are collapsed, expanded and selected as a whole."""

from collections.abc import Callable

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Signal

from gui.gallery.headers import BandHeaders
from gui.gallery.tile_grid import TileGrid

_Select = QItemSelectionModel.SelectionFlag


class BandActions(QObject):
    """Acts on the bands of a view; `update_layout` places the tiles anew."""

    empty_field_chosen = Signal(object)
    """The path of a field without a cell whose header was chosen."""

    def __init__(
        self, view: TileGrid, headers: BandHeaders, update_layout: Callable[[], object]
    ) -> None:
        super().__init__(view)
        self._view = view
        self._headers = headers
        self._update_layout = update_layout

    def toggle(self, key: str) -> None:
        """Collapse or expand a band; its header keeps its position in the viewport."""
        view = self._view
        number = next(
            (number for number, band in enumerate(view.grid.bands) if band.key == key), None
        )
        if number is None:
            return
        header_y = self._headers.rect_of(number).top()
        self._headers.collapsed_keys ^= {key}
        self._update_layout()
        view.verticalScrollBar().setValue(view.grid.header_rect(number, 0).top() - header_y)
        current = view.currentIndex()
        contains_current = view.grid.band_of(current.row()) == number
        if view.grid.is_collapsed(number):
            # Hidden images must not receive decisions; selecting the header selects them again.
            view.selectionModel().select(self._selection(number), _Select.Deselect)
            if contains_current:
                self._headers.focus(number)
                view.current_path_changed.emit(None)
        elif contains_current:
            view.current_path_changed.emit(view.model().path(current.row()))

    def select(self, number: int, *, extend: bool = False) -> None:
        """Select all images of a band; `extend` keeps the existing selection.

        A band without images is a field without a cell, which is shown instead.
        """
        view = self._view
        band = view.grid.bands[number]
        if not band.count:
            view.selectionModel().clear()
            self._headers.focus(number)
            self.empty_field_chosen.emit(band.key)
            return
        flags = _Select.Select if extend else _Select.ClearAndSelect
        view.selectionModel().select(self._selection(number), flags)

    def _selection(self, number: int) -> QItemSelection:
        model = self._view.model()
        first, last = (model.index(row) for row in self._view.grid.row_range(number))
        return QItemSelection(first, last)
