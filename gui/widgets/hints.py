"""Hints: lines above the workspace on the open folder, each until dismissed or no longer true."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from gui.deletion import delete_later
from gui.theme import Theme


class HintPanel(QWidget):
    """One line per hint, identified by a key; a dismissed hint stays hidden until the next folder.

    Warnings come first, each kind in the order in which it appeared; a changed text stays in its place.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: dict[str, _HintLine] = {}
        self._dismissed: set[str] = set()
        self._ranks: dict[str, tuple[bool, int]] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self.hide()

    def show_hint(
        self,
        key: str,
        text: str,
        action: tuple[str, Callable[[], object]] | None = None,
        *,
        is_warning: bool = True,
        details: str = "",
    ) -> None:
        """Show a hint or change its text; `action` is the text and function of a button.

        `details` are shown in a tooltip.
        """
        if key in self._dismissed:
            return
        shown = self._lines.get(key)
        if shown is not None and shown.has_same_parts(action, is_warning=is_warning):
            # Without taking the keyboard focus from its button.
            shown.update_text(text, action, details)
            return
        rank = self._ranks.get(key, (not is_warning, len(self._ranks)))
        self._remove_line(key)
        self._ranks[key] = rank
        line = self._lines[key] = _HintLine(
            text, action, self._theme, is_warning=is_warning, details=details
        )
        line.away.clicked.connect(lambda: self._dismiss(key))
        before = sum(self._ranks[other] < rank for other in self._lines if other != key)
        self._rows.insertWidget(before, line)
        self.show()

    @property
    def keys(self) -> list[str]:
        """The keys of the hints on the screen, from top to bottom."""
        return sorted(self._lines, key=self._ranks.__getitem__)

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
        self._ranks.clear()

    def _dismiss(self, key: str) -> None:
        self._dismissed.add(key)
        self.hide_hint(key)

    def _remove_line(self, key: str) -> None:
        line = self._lines.pop(key, None)
        if line is not None:
            self._rows.removeWidget(line)
            delete_later(line)


class _HintLine(QWidget):
    def __init__(
        self,
        text: str,
        action: tuple[str, Callable[[], object]] | None,
        theme: Theme,
        *,
        is_warning: bool,
        details: str,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._is_warning = is_warning
        self._run: Callable[[], object] | None = None
        self._symbol = ("triangle-alert", "warning") if is_warning else ("info", "muted")
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
            self._run = action[1]
            self.action = QPushButton(action[0])
            self.action.clicked.connect(self._act)
            row.addWidget(self.action)
        row.addWidget(self.away)
        theme.changed.connect(self._restyle)
        self._restyle()
        self._show_details(details)

    def has_same_parts(
        self, action: tuple[str, Callable[[], object]] | None, *, is_warning: bool
    ) -> bool:
        """Return whether a hint with this action differs in its sentence only."""
        title = self.action.text() if self._run is not None else None
        return is_warning == self._is_warning and title == (action[0] if action else None)

    def update_text(
        self, text: str, action: tuple[str, Callable[[], object]] | None, details: str
    ) -> None:
        """Change the sentence, its details, and what the button does."""
        self.label.setText(text)
        self._run = action[1] if action else None
        self._show_details(details)

    def _show_details(self, details: str) -> None:
        for widget in (self._icon, self.label):
            widget.setToolTip(details)
        self.label.setAccessibleDescription(details)

    def _act(self) -> None:
        if self._run is not None:
            self._run()

    def _restyle(self) -> None:
        name, colour = self._symbol
        self._icon.setPixmap(self._theme.pixmap(name, self._theme.space("large"), colour))
        self.away.setIcon(self._theme.icon("x"))
