"""Hints: lines above the workspace on the open folder, each until dismissed or no longer true."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from gui.theme import Theme


class HintPanel(QWidget):
    """One line per hint, identified by a key; a dismissed hint stays hidden until the next folder."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: dict[str, _HintLine] = {}
        self._dismissed: set[str] = set()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self.hide()

    def show_hint(
        self,
        key: str,
        text: str,
        action: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Show a hint or change its text; `action` is the text and function of a button."""
        if key in self._dismissed:
            return
        self._remove_line(key)
        line = self._lines[key] = _HintLine(text, action, self._theme)
        line.away.clicked.connect(lambda: self._dismiss(key))
        self._rows.addWidget(line)
        self.show()

    def hint_text(self, key: str) -> str:
        """Return the text of a hint, empty if it is not shown."""
        return self._lines[key].label.text() if key in self._lines else ""

    def hide_hint(self, key: str) -> None:
        """Remove a hint that is no longer true."""
        self._remove_line(key)
        self.setVisible(bool(self._lines))

    def clear(self) -> None:
        """Remove all hints and forget dismissals; called when another folder is opened."""
        for key in list(self._lines):
            self.hide_hint(key)
        self._dismissed.clear()

    def _dismiss(self, key: str) -> None:
        self._dismissed.add(key)
        self.hide_hint(key)

    def _remove_line(self, key: str) -> None:
        line = self._lines.pop(key, None)
        if line is not None:
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()


class _HintLine(QWidget):
    def __init__(
        self, text: str, action: tuple[str, Callable[[], object]] | None, theme: Theme
    ) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("hint")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._icon = QLabel()
        self.label = QLabel(text, wordWrap=True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.away = QToolButton()
        self.away.setIconSize(theme.icon_size())
        self.away.setProperty("role", "flat")
        self.away.setAccessibleName(self.tr("Close the hint"))
        row = QHBoxLayout(self)
        small, large = theme.space("small"), theme.space("large")
        row.setContentsMargins(large, theme.space("tight"), small, theme.space("tight"))
        row.setSpacing(small)
        row.addWidget(self._icon)
        row.addWidget(self.label, 1)
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
