"""A class's colour with its letter, as a widget."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.classes import ClassLook
from gui.gallery.delegate import paint_letter
from gui.theme import Theme


class ClassChip(QWidget):
    """A class's colour with its letter, as high as a line of text."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._look: ClassLook | None = None
        edge = theme.space("large")
        self.setFixedSize(edge, edge)
        self.hide()

    def set_look(self, look: ClassLook | None) -> None:
        """Show a class, or nothing."""
        self._look = look
        self.setVisible(look is not None)
        self.setAccessibleName(look.name if look else "")
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        if self._look is not None:
            paint_letter(QPainter(self), self._theme, self._look, self.rect())
