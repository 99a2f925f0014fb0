"""Class chip: a widget with the colour and letter of a class."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.gallery.delegate import paint_class_letter
from gui.state.class_styles import ClassStyle
from gui.theme import Theme


class ClassChip(QWidget):
    """Square with the colour and letter of a class, as high as a line of text."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._style: ClassStyle | None = None
        edge = theme.space("large")
        self.setFixedSize(edge, edge)
        self.hide()

    def set_look(self, style: ClassStyle | None) -> None:
        """Show a class, or hide for None."""
        self._style = style
        self.setVisible(style is not None)
        self.setAccessibleName(style.name if style else "")
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        if self._style is not None:
            paint_class_letter(QPainter(self), self._theme, self._style, self.rect())
