"""Keyboard control of band headers.

Alt+Up and Alt+Down move between headers; plain arrows stop at the header of a collapsed band. On a header, Left
collapses, Right expands, Space and Enter select the band, and Up and Down move on.
"""

from PySide6.QtCore import Qt

from gui.gallery.headers import BandHeaders
from gui.gallery.tile_view import TileView

Key = Qt.Key
_SELECT_KEYS = (Key.Key_Space, Key.Key_Return, Key.Key_Enter)
_ARROW_STEPS = {Key.Key_Left: -1, Key.Key_Up: -1, Key.Key_Right: 1, Key.Key_Down: 1}


class HeaderKeys:
    """Handler of the keys that act on band headers."""

    def __init__(self, view: TileView, headers: BandHeaders) -> None:
        self._view = view
        self._headers = headers

    def handles(self, key: Qt.Key) -> bool:
        """Return whether a header takes precedence over a window shortcut for a key."""
        return key in _SELECT_KEYS and self._headers.focused_band is not None

    def handle(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Handle a key press; return whether it concerned a header."""
        number, is_vertical = self._headers.focused_band, key in (Key.Key_Up, Key.Key_Down)
        if not self._view.grid.header_height:
            return False
        if modifiers == Qt.KeyboardModifier.AltModifier and is_vertical:
            self._focus_adjacent_header(number, _ARROW_STEPS[key])
            return True
        if modifiers or (key not in _ARROW_STEPS and key not in _SELECT_KEYS):
            return False
        return (
            self._focus_passed_band(key) if number is None else self._handle_on_header(number, key)
        )

    def _focus_adjacent_header(self, number: int | None, step: int) -> None:
        grid = self._view.grid
        if number is None:
            # From an image: up to the header of its band, down to the next header.
            number = grid.band_of(max(0, self._view.currentIndex().row())) + (step > 0)
        else:
            number += step
        if 0 <= number < len(grid.bands):
            self._headers.focus(number)

    def _focus_passed_band(self, key: Qt.Key) -> bool:
        # Stop at a collapsed band between the current image and the target of the arrow key.
        grid, row = self._view.grid, self._view.currentIndex().row()
        if key not in _ARROW_STEPS or row < 0:
            return False
        if grid.is_collapsed(band := grid.band_of(row)):
            self._headers.focus(band)
            return True
        move = grid.move_vertically if key in (Key.Key_Up, Key.Key_Down) else grid.move_horizontally
        forward = _ARROW_STEPS[key] > 0
        passed = grid.collapsed_band_between(row, move(row, _ARROW_STEPS[key]), forward=forward)
        if passed is not None:
            self._headers.focus(passed)
        return passed is not None

    def _handle_on_header(self, number: int, key: Qt.Key) -> bool:
        grid = self._view.grid
        is_collapsed = grid.is_collapsed(number)
        if key in _SELECT_KEYS:
            self._view.bands.select(number)
        elif key in (Key.Key_Left, Key.Key_Right) and is_collapsed == (key == Key.Key_Right):
            self._view.bands.toggle(grid.bands[number].key)
            self._headers.focus(number)
        elif _ARROW_STEPS[key] > 0 and not is_collapsed:
            self._go_to_row(grid.row_range(number)[0])
        elif key in (Key.Key_Up, Key.Key_Down):
            self._go_to_band(number + _ARROW_STEPS[key], forward=_ARROW_STEPS[key] > 0)
        return True

    def _go_to_band(self, number: int, *, forward: bool) -> None:
        grid = self._view.grid
        if not 0 <= number < len(grid.bands):
            return
        if grid.is_collapsed(number):
            self._headers.focus(number)
        else:
            self._go_to_row(grid.row_range(number)[0 if forward else 1])

    def _go_to_row(self, row: int) -> None:
        self._headers.focus(None)
        self._view.setCurrentIndex(self._view.model().index(row))
