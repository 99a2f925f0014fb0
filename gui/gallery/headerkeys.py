"""The headers of bands by keyboard.

Alt+Up and Alt+Down go from header to header; a folded band is met on the way of the plain arrows, since
it has no image to meet. On a header Left folds, Right unfolds, Space and Enter select the band, and Up and
Down go on.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from gui.gallery.headers import Headers

if TYPE_CHECKING:
    from gui.gallery.view import GalleryView

Key = Qt.Key
_CHOOSE = (Key.Key_Space, Key.Key_Return, Key.Key_Enter)
_STEPS = {Key.Key_Left: -1, Key.Key_Up: -1, Key.Key_Right: 1, Key.Key_Down: 1}


class HeaderKeys:
    """Takes the keys that are about headers."""

    def __init__(self, view: "GalleryView", headers: Headers) -> None:
        self._view = view
        self._headers = headers

    def takes(self, key: Qt.Key) -> bool:
        """Return whether a key that is a command of the window is a header's now."""
        return key in _CHOOSE and self._headers.number is not None

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        """Do what a key says, and return whether it was about a header."""
        number, up_down = self._headers.number, key in (Key.Key_Up, Key.Key_Down)
        if not self._view.grid.header:
            return False
        if held == Qt.KeyboardModifier.AltModifier and up_down:
            self._to_header(number, _STEPS[key])
            return True
        if held or (key not in _STEPS and key not in _CHOOSE):
            return False
        return self._pass(key) if number is None else self._on_header(number, key)

    def _to_header(self, number: int | None, step: int) -> None:
        grid = self._view.grid
        if number is None:
            # From an image: up to its own band's, down to the next one's.
            number = grid.band_of(max(0, self._view.currentIndex().row())) + (step > 0)
        else:
            number += step
        if 0 <= number < len(grid.bands):
            self._headers.focus(number)

    def _pass(self, key: Qt.Key) -> bool:
        # From an image: is there a folded band on the way?
        grid, row = self._view.grid, self._view.currentIndex().row()
        if key not in _STEPS or row < 0:
            return False
        if grid.folded(own := grid.band_of(row)):
            self._headers.focus(own)
            return True
        along = grid.vertical if key in (Key.Key_Up, Key.Key_Down) else grid.horizontal
        on = _STEPS[key] > 0
        passed = grid.passed(row, along(row, _STEPS[key]), on=on)
        if passed is not None:
            self._headers.focus(passed)
        return passed is not None

    def _on_header(self, number: int, key: Qt.Key) -> bool:
        grid = self._view.grid
        folded = grid.folded(number)
        if key in _CHOOSE:
            self._view.select_band(number)
        elif key in (Key.Key_Left, Key.Key_Right) and folded == (key == Key.Key_Right):
            self._view.toggle_band(grid.bands[number].key)
            self._headers.focus(number)
        elif _STEPS[key] > 0 and not folded:
            self._go(grid.ends(number)[0])
        elif key in (Key.Key_Up, Key.Key_Down):
            self._beyond(number + _STEPS[key], on=_STEPS[key] > 0)
        return True

    def _beyond(self, number: int, *, on: bool) -> None:
        grid = self._view.grid
        if not 0 <= number < len(grid.bands):
            return
        if grid.folded(number):
            self._headers.focus(number)
        else:
            self._go(grid.ends(number)[0 if on else 1])

    def _go(self, row: int) -> None:
        self._headers.focus(None)
        self._view.setCurrentIndex(self._view.model().index(row))
