"""Reviewers: the known names, the button in the top bar and the bar that asks for a name."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from gui.settings import load_setting, save_setting
from gui.theme import Theme

_NAMES_SETTING, _CURRENT_SETTING = "reviewers", "reviewer"
_MAX_NAMES = 12
_MAX_BUTTONS = 4
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
        name = next((known for known in self.names if known.casefold() == name.casefold()), name)
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
            action = self.names.addAction(name.replace("&", "&&"))
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
        self.setText(_elided(shown, self, self._theme))
        self.setToolTip(
            self.tr("{name} reviews").format(name=name) if name else self.tr("No reviewer yet")
        )
        self.setAccessibleName(self.tr("Reviewer: {name}").format(name=name or "–"))


class ReviewerBar(QWidget):
    """A line above the workspace that asks for the reviewer's name; hidden otherwise."""

    def __init__(self, reviewers: Reviewers, theme: Theme) -> None:
        super().__init__()
        self._reviewers = reviewers
        self._theme = theme
        self._waiting: list[Callable[[], object]] = []
        self._previous_focus: QWidget | None = None
        self.setObjectName("asks")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.label = QLabel(self.tr("Who is reviewing?"))
        self.label.setFont(theme.font(strong=True))
        self.label.setToolTip(self.tr("Your name is saved with every decision."))
        self.name_buttons: list[QPushButton] = []
        self.field = QLineEdit(maxLength=MAX_NAME)
        self.field.setPlaceholderText(self.tr("Your name"))
        self.field.setAccessibleName(self.tr("Your name"))
        self.field.setMinimumWidth(8 * theme.space("wide"))
        self.field.textChanged.connect(self._check)
        self.field.returnPressed.connect(self._accept)
        self.ok = QPushButton(self.tr("Continue"))
        self.ok.setProperty("role", "primary")
        self.ok.clicked.connect(self._accept)
        self.away = QToolButton()
        self.away.setProperty("role", "flat")
        self.away.setAccessibleName(self.tr("Not now"))
        self.away.setToolTip(self.away.accessibleName())
        self.away.setIconSize(theme.icon_size())
        self.away.clicked.connect(self.put_away)
        self._row = QHBoxLayout(self)
        large, small = theme.space("large"), theme.space("small")
        self._row.setContentsMargins(large, small, small, small)
        self._row.setSpacing(small)
        self._row.addWidget(self.label)
        self._row.addStretch()
        for widget in (self.field, self.ok, self.away):
            self._row.addWidget(widget)
        theme.changed.connect(self._restyle)
        self._restyle()
        self._check()
        self.hide()

    def ask(self, then: Callable[[], object] | None = None) -> None:
        """Ask for the name and call `then` once it is given; several calls can wait for one answer."""
        if then is not None:
            self._waiting.append(then)
        if not self.isVisible():
            self._previous_focus = self.window().focusWidget()
            self._offer()
            self.field.clear()
            self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> None:
        """Hide the bar without an answer; waiting functions are not called."""
        self._waiting.clear()
        self._close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def _offer(self) -> None:
        # As many names as fit: the bar must not widen the window.
        for button in self.name_buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self.name_buttons = []
        gap = self._row.spacing()
        room = self.window().width() - self.minimumSizeHint().width()
        for name in self._reviewers.names[:_MAX_BUTTONS]:
            button = QPushButton(_elided(name, self, self._theme))
            room -= button.sizeHint().width() + gap
            if room < 0:
                break
            button.setToolTip(name)
            button.setAccessibleName(name)
            button.clicked.connect(partial(self._answer, name))
            self._row.insertWidget(2 + len(self.name_buttons), button)
            self.name_buttons.append(button)

    def _check(self) -> None:
        self.ok.setEnabled(bool(clean_name(self.field.text())))

    def _accept(self) -> None:
        if clean_name(self.field.text()):
            self._answer(self.field.text())

    def _answer(self, name: str, *_: object) -> None:
        self._reviewers.choose(name)
        waiting, self._waiting = self._waiting, []
        self._close()
        for then in waiting:
            then()

    def _close(self) -> None:
        self.hide()
        if self._previous_focus is not None:
            self._previous_focus.setFocus()
            self._previous_focus = None

    def _restyle(self) -> None:
        self.away.setIcon(self._theme.icon("x"))


def _elided(name: str, widget: QWidget, theme: Theme) -> str:
    # An ampersand in a name must not become a mnemonic.
    room = 8 * theme.space("wide")
    shown = widget.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room)
    return shown.replace("&", "&&")
