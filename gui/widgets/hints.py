"""Hints: what holds of the open folder as long as it is open, and a person should know; above the work."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from gui.theme import Theme


class HintPanel(QWidget):
    """One line a hint, known by a key; each can be put away until the next folder."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: dict[str, _HintLine] = {}
        self._away: set[str] = set()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self.hide()

    def show_hint(
        self,
        key: str,
        words: str,
        action: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Show a hint, or other words for it; with the words of a button and what it does."""
        if key in self._away:
            return
        self._take(key)
        line = self._lines[key] = _HintLine(words, action, self._theme)
        line.away.clicked.connect(lambda: self._put_away(key))
        self._rows.addWidget(line)
        self.show()

    def hint_text(self, key: str) -> str:
        """Return what a hint says, empty if there is none."""
        return self._lines[key].words.text() if key in self._lines else ""

    def hide_hint(self, key: str) -> None:
        """Take a hint away because it holds no more."""
        self._take(key)
        self.setVisible(bool(self._lines))

    def clear(self) -> None:
        """Forget everything: another folder is open."""
        for key in list(self._lines):
            self.hide_hint(key)
        self._away.clear()

    def _put_away(self, key: str) -> None:
        self._away.add(key)
        self.hide_hint(key)

    def _take(self, key: str) -> None:
        line = self._lines.pop(key, None)
        if line is not None:
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()


class _HintLine(QWidget):
    def __init__(
        self, words: str, action: tuple[str, Callable[[], object]] | None, theme: Theme
    ) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("hint")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._icon = QLabel()
        self.words = QLabel(words, wordWrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.away = QToolButton()
        self.away.setIconSize(theme.icon_size())
        self.away.setProperty("role", "flat")
        self.away.setAccessibleName(self.tr("Close the hint"))
        row = QHBoxLayout(self)
        small, large = theme.space("small"), theme.space("large")
        row.setContentsMargins(large, theme.space("tight"), small, theme.space("tight"))
        row.setSpacing(small)
        row.addWidget(self._icon)
        row.addWidget(self.words, 1)
        if action is not None:
            self.action = QPushButton(action[0])
            self.action.clicked.connect(action[1])
            row.addWidget(self.action)
        row.addWidget(self.away)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self._icon.setPixmap(
            self._theme.pixmap("triangle-alert", self._theme.space("large"), "warning")
        )
        self.away.setIcon(self._theme.icon("x"))
