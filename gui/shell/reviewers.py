"""Reviewers: the known names, and the button in the top bar."""

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from engine.text import comparable_name
from gui.settings import load_setting, save_setting
from gui.theme import Theme
from gui.words import without_mnemonic

_NAMES_SETTING, _CURRENT_SETTING = "reviewers", "reviewer"
_MAX_NAMES = 12
MAX_NAME = 60


class Reviewers(QObject):
    """The reviewers known on this computer, and the current one."""

    changed = Signal(object)
    """The name of the new reviewer."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        names, current = load_setting(_NAMES_SETTING), load_setting(_CURRENT_SETTING)
        stored = [clean_name(name) for name in names] if isinstance(names, list) else []
        self.names = [name for name in dict.fromkeys(stored) if name][:_MAX_NAMES]
        """The latest first."""
        self._current = clean_name(current) if clean_name(current) in self.names else None

    def name(self) -> str | None:
        """Return the current reviewer, None if no name was given yet."""
        return self._current

    def choose(self, name: str) -> None:
        """Set the reviewer; a known name keeps its capitals."""
        name = clean_name(name)
        if not name:
            return
        written = comparable_name(name)
        name = next((known for known in self.names if comparable_name(known) == written), name)
        self.names = [name, *(known for known in self.names if known != name)][:_MAX_NAMES]
        is_new, self._current = name != self._current, name
        save_setting(_NAMES_SETTING, self.names)
        save_setting(_CURRENT_SETTING, name)
        if is_new:
            self.changed.emit(name)


def clean_name(name: object) -> str:
    """Return a name without surplus whitespace, cut to `MAX_NAME` characters; empty if invalid."""
    return " ".join(name.split())[:MAX_NAME].strip() if isinstance(name, str) else ""


class ReviewerButton(QToolButton):
    """Shows the reviewer; its menu lists the known names and offers to enter another."""

    other_requested = Signal()
    """A name that is not in the menu is to be entered."""

    def __init__(self, reviewers: Reviewers, theme: Theme) -> None:
        super().__init__()
        self._reviewers = reviewers
        self._theme = theme
        self.setProperty("role", "menu")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(theme.icon_size())
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.names = QMenu(self)
        self.names.aboutToShow.connect(self._fill)
        self.setMenu(self.names)
        reviewers.changed.connect(self._refresh)
        theme.changed.connect(self._refresh)
        self._fill()
        self._refresh()

    def _fill(self) -> None:
        self.names.clear()
        for name in sorted(self._reviewers.names, key=str.casefold):
            action = self.names.addAction(without_mnemonic(name))
            action.setCheckable(True)
            action.setChecked(name == self._reviewers.name())
            action.triggered.connect(partial(self._choose, name))
        if self._reviewers.names:
            self.names.addSeparator()
        self.names.addAction(self.tr("Someone else…")).triggered.connect(self._other)

    def _choose(self, name: str, *_: object) -> None:
        self._reviewers.choose(name)

    def _other(self) -> None:
        self.other_requested.emit()

    def _refresh(self) -> None:
        self.setIcon(self._theme.icon("user"))
        name = self._reviewers.name()
        shown = name or self.tr("Reviewer")
        self.setText(elide_name(shown, self, self._theme))
        self.setToolTip(
            self.tr("{name} reviews").format(name=name) if name else self.tr("No reviewer yet")
        )
        self.setAccessibleName(self.tr("Reviewer: {name}").format(name=name or "–"))


def elide_name(name: str, widget: QWidget, theme: Theme) -> str:
    """Return a name for a button, shortened if it is long."""
    room = 8 * theme.space("wide")
    shown = widget.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room)
    return without_mnemonic(shown)
