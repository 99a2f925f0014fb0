"""A class's colour with its letter, as a button that offers other colours."""

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
        """Show a colour; one that is none shows neutral."""
        valid = QColor.isValidColorName(colour)
        self.colour = colour if valid else tokens()["classes"]["unknown"]
        self.letter = letter
        self.update()

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        inset = self._theme.space("tight") // 2 + 1
        look = ClassStyle("", "", self.letter, self.colour, 0)
        paint_class_letter(
            painter, self._theme, look, self.rect().adjusted(inset, inset, -inset, -inset)
        )
        if self.hasFocus() or self.underMouse():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            radius = self._theme.space("tight")
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), radius, radius)


class ColourButton(Swatch):
    """Shows a class's colour; pressed, it opens the choice of others."""

    chosen = Signal(object)
    """Another colour, as #RRGGBB, or what was typed instead."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.taken: dict[str, str] = {}
        """Letters of the other classes by their colour, to be seen in the choice."""
        self.setToolTip(self.tr("Another colour"))
        self.setAccessibleName(self.tr("Colour"))
        self.clicked.connect(self.offer)
        self.choice: ColourPalette | None = None

    def offer(self) -> None:
        """Open the choice of colours below."""
        self.choice = ColourPalette(self.colour, self.taken, self._theme, self)
        self.choice.chosen.connect(self.chosen)
        self.choice.move(self.mapToGlobal(self.rect().bottomLeft()))
        self.choice.show()
        self.choice.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class ColourPalette(QWidget):
    """The colours that all eyes tell apart, those of other classes with their letter, and a field for any."""

    chosen = Signal(object)

    def __init__(self, now: str, taken: dict[str, str], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(self.tr("Colours"))
        grid = QGridLayout()
        grid.setSpacing(theme.space("hair"))
        self.swatches: list[Swatch] = []
        for place, colour in enumerate(one.upper() for one in tokens()["classes"]["colours"]):
            swatch = _Step(theme, self)
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
            grid.addWidget(swatch, *divmod(place, _COLUMNS))
            self.swatches.append(swatch)
        self.field = QLineEdit(now, maxLength=7)
        self.field.setAccessibleName(self.tr("Any colour, as #RRGGBB"))
        self.field.returnPressed.connect(self._type)
        own = QHBoxLayout()
        own.setSpacing(theme.space("small"))
        own.addWidget(QLabel(self.tr("Other colour")))
        own.addWidget(self.field, 1)
        rows = QVBoxLayout(self)
        small = theme.space("small")
        rows.setContentsMargins(small, small, small, small)
        rows.setSpacing(small)
        rows.addLayout(grid)
        rows.addLayout(own)
        first = next((one for one in self.swatches if one.colour == now.upper()), self.swatches[0])
        self.setFocusProxy(first)

    def step(self, swatch: "Swatch", step: int) -> None:
        """Give the keyboard to another colour."""
        place = self.swatches.index(swatch) + step
        if 0 <= place < len(self.swatches):
            self.swatches[place].setFocus(Qt.FocusReason.TabFocusReason)
        elif step > 0:
            self.field.setFocus(Qt.FocusReason.TabFocusReason)

    def _type(self) -> None:
        text = self.field.text().strip().upper()
        self._choose(text if text.startswith("#") else f"#{text}")

    def _choose(self, colour: str, *_: object) -> None:
        self.chosen.emit(colour)
        self.close()


class _Step(Swatch):
    def __init__(self, theme: Theme, choice: ColourPalette) -> None:
        super().__init__(theme)
        self._choice = choice

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            self._choice.step(self, _STEPS[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Escape:
            self._choice.close()
        else:
            super().keyPressEvent(event)
