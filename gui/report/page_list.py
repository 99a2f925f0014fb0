"""Page list: navigation between the pages of the report."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from gui.theme import Theme
from gui.widgets.side_list import add_side_note, compose_side_list

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class PageList(QWidget):
    """One button for each page; arrow keys move between them."""

    chosen = Signal(str)
    """The page to show."""
    opened = Signal(str)
    """The page was opened by a click or Return, to work in it; arrow keys only show pages."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        names = {
            "count": self.tr("Differential count"),
            "evaluation": self.tr("Evaluation"),
            "second_reading": self.tr("Second reading"),
            "conflicts": self.tr("Conflicts of readers"),
            "competency": self.tr("Competency test"),
            "signing": self.tr("Session and sign-off"),
            "export": self.tr("Export the report"),
            "model": self.tr("Export the model"),
            "datasets": self.tr("Exchange labels"),
        }
        rows = compose_side_list(self, self.tr("Report"), theme)
        self.buttons: dict[str, _PageButton] = {}
        for key, title in names.items():
            button = self.buttons[key] = _PageButton(title, theme)
            button.clicked.connect(partial(self._open, key))
            button.stepped.connect(self._step)
            rows.addWidget(button)
        rows.addStretch()
        self.notice = add_side_note(rows, theme)

    def set_current(self, key: str) -> None:
        """Mark the shown page."""
        for name, button in self.buttons.items():
            button.setChecked(name == key)

    def _open(self, key: str, *_: object) -> None:
        self.chosen.emit(key)
        self.opened.emit(key)

    def _step(self, step: int) -> None:
        buttons = list(self.buttons.values())
        index = next((position for position, button in enumerate(buttons) if button.hasFocus()), 0)
        button = buttons[min(max(index + step, 0), len(buttons) - 1)]
        button.setFocus(Qt.FocusReason.TabFocusReason)
        self.chosen.emit(next(key for key, found in self.buttons.items() if found is button))


class _PageButton(QAbstractButton):
    stepped = Signal(int)

    def __init__(self, title: str, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setText(title)
        self.setAccessibleName(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        theme = self._theme
        line = QFontMetrics(theme.font()).height()
        return QSize(8 * theme.space("wide"), line + 2 * theme.space("small"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            self.stepped.emit(_STEPS[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, radius = self.rect().adjusted(1, 1, -1, -1), theme.space("tight")
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft" if self.isChecked() else "hover"))
            painter.drawRoundedRect(box, radius, radius)
        if self.hasFocus():
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, radius, radius)
        painter.setFont(theme.font(strong=self.isChecked()))
        painter.setPen(theme.colour("text"))
        room = self.rect().adjusted(theme.space("small"), 0, -theme.space("small"), 0)
        text = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
