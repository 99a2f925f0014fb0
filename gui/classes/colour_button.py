"""Colour button: a class's colour and letter; opens a palette to choose another colour."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from gui.gallery.delegate import paint_class_letter
from gui.state.class_styles import ClassStyle
from gui.theme import Theme, tokens

_COLUMNS = 7
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_COLUMNS,
    Qt.Key.Key_Down: _COLUMNS,
}


class Swatch(QAbstractButton):
    """A square of one colour, with a letter on it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.colour = tokens()["classes"]["unknown"]
        self.letter = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        edge = theme.space("wide") + theme.space("tight")
        self.setFixedSize(edge, edge)

    def show_colour(self, colour: str, letter: str) -> None:
        """Show a colour with a letter; an invalid colour is shown neutral."""
        valid = QColor.isValidColorName(colour)
        self.colour = colour if valid else tokens()["classes"]["unknown"]
        self.letter = letter
        self.update()

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        inset = self._theme.space("tight") // 2 + 1
        style = ClassStyle("", "", self.letter, self.colour, 0)
        paint_class_letter(
            painter, self._theme, style, self.rect().adjusted(inset, inset, -inset, -inset)
        )
        if self.hasFocus() or self.underMouse():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            radius = self._theme.space("tight")
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), radius, radius)


class ColourButton(Swatch):
    """Shows a class's colour; opens the palette when pressed."""

    chosen = Signal(object)
    """The chosen colour as #RRGGBB, or any text typed instead."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.taken: dict[str, str] = {}
        """Colour → letter of the other classes, shown in the palette."""
        self.setToolTip(self.tr("Another colour"))
        self.setAccessibleName(self.tr("Colour"))
        self.clicked.connect(self.offer)
        self.palette_popup: ColourPalette | None = None

    def offer(self) -> None:
        """Open the palette below the button."""
        self.palette_popup = ColourPalette(self.colour, self.taken, self._theme, self)
        self.palette_popup.chosen.connect(self.chosen)
        self.palette_popup.move(self.mapToGlobal(self.rect().bottomLeft()))
        self.palette_popup.show()
        self.palette_popup.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class ColourPalette(QWidget):
    """A popup with colours distinguishable under colour blindness, and a field for any colour."""

    chosen = Signal(object)

    def __init__(self, current: str, taken: dict[str, str], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(self.tr("Colours"))
        grid = QGridLayout()
        grid.setSpacing(theme.space("hair"))
        self.swatches: list[Swatch] = []
        for index, colour in enumerate(colour.upper() for colour in tokens()["classes"]["colours"]):
            swatch = _PaletteSwatch(theme, self)
            swatch.show_colour(colour, taken.get(colour, ""))
            swatch.setAccessibleName(colour)
            swatch.setToolTip(
                self.tr("{colour}, the colour of {letter}").format(
                    colour=colour, letter=taken[colour]
                )
                if colour in taken
                else colour
            )
            swatch.clicked.connect(partial(self._choose, colour))
            grid.addWidget(swatch, *divmod(index, _COLUMNS))
            self.swatches.append(swatch)
        self.field = QLineEdit(current, maxLength=7)
        self.field.setAccessibleName(self.tr("Any colour, as #RRGGBB"))
        self.field.returnPressed.connect(self._type)
        field_row = QHBoxLayout()
        field_row.setSpacing(theme.space("small"))
        field_row.addWidget(QLabel(self.tr("Other colour")))
        field_row.addWidget(self.field, 1)
        rows = QVBoxLayout(self)
        small = theme.space("small")
        rows.setContentsMargins(small, small, small, small)
        rows.setSpacing(small)
        rows.addLayout(grid)
        rows.addLayout(field_row)
        first = next(
            (swatch for swatch in self.swatches if swatch.colour == current.upper()),
            self.swatches[0],
        )
        self.setFocusProxy(first)

    def step(self, swatch: "Swatch", step: int) -> None:
        """Move the focus to another swatch, or to the field after the last one."""
        index = self.swatches.index(swatch) + step
        if 0 <= index < len(self.swatches):
            self.swatches[index].setFocus(Qt.FocusReason.TabFocusReason)
        elif step > 0:
            self.field.setFocus(Qt.FocusReason.TabFocusReason)

    def _type(self) -> None:
        text = self.field.text().strip().upper()
        self._choose(text if text.startswith("#") else f"#{text}")

    def _choose(self, colour: str, *_: object) -> None:
        self.chosen.emit(colour)
        self.close()


class _PaletteSwatch(Swatch):
    def __init__(self, theme: Theme, palette: ColourPalette) -> None:
        super().__init__(theme)
        self._palette = palette

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            self._palette.step(self, _STEPS[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Escape:
            self._palette.close()
        else:
            super().keyPressEvent(event)
