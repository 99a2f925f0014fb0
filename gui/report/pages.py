"""The list of the report's pages."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QVBoxLayout, QWidget

from gui.theme import Theme

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class PageList(QWidget):
    """One line a page; the chosen one is shown. Arrow keys go from one to the next."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("facets")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(7 * theme.space("wide"))
        self.setMaximumWidth(12 * theme.space("wide"))
        small = theme.space("small")
        head = QLabel(self.tr("Report"))
        head.setProperty("role", "muted")
        head.setFont(theme.font("small", strong=True))
        head.setContentsMargins(small, small, 0, 0)
        names = {
            "count": self.tr("Differential count"),
            "evaluation": self.tr("Evaluation"),
            "signing": self.tr("Session and sign-off"),
            "export": self.tr("The report as files"),
            "model": self.tr("The model as a file"),
            "datasets": self.tr("Labels out and in"),
        }
        rows = QVBoxLayout(self)
        rows.setContentsMargins(small, small, small, small)
        rows.setSpacing(0)
        rows.addWidget(head)
        self.rows: dict[str, _Row] = {}
        for key, words in names.items():
            row = self.rows[key] = _Row(words, theme)
            row.clicked.connect(partial(self._choose, key))
            row.stepped.connect(self._step)
            rows.addWidget(row)
        rows.addStretch()
        self.news = QLabel(wordWrap=True)
        self.news.setProperty("role", "muted")
        self.news.setContentsMargins(small, 0, small, small)
        rows.addWidget(self.news)

    def mark(self, key: str) -> None:
        """Show which page is shown."""
        for name, row in self.rows.items():
            row.setChecked(name == key)

    def _choose(self, key: str, *_: object) -> None:
        self.chosen.emit(key)

    def _step(self, step: int) -> None:
        rows = list(self.rows.values())
        at = next((place for place, row in enumerate(rows) if row.hasFocus()), 0)
        row = rows[min(max(at + step, 0), len(rows) - 1)]
        row.setFocus(Qt.FocusReason.TabFocusReason)
        row.click()


class _Row(QAbstractButton):
    stepped = Signal(int)

    def __init__(self, words: str, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setText(words)
        self.setAccessibleName(words)
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
        box, round_ = self.rect().adjusted(1, 1, -1, -1), theme.space("tight")
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft" if self.isChecked() else "hover"))
            painter.drawRoundedRect(box, round_, round_)
        if self.hasFocus():
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, round_, round_)
        painter.setFont(theme.font(strong=self.isChecked()))
        painter.setPen(theme.colour("text"))
        room = self.rect().adjusted(theme.space("small"), 0, -theme.space("small"), 0)
        words = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
