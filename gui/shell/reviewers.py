"""Who reviews: asked once, remembered, shown in the top bar, and switched in two clicks."""

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

_NAMES, _NOW = "reviewers", "reviewer"
_MOST_NAMES = 12
_OFFERED = 4
LONGEST = 60


class Reviewers(QObject):
    """The names that are known on this computer, and the one who reviews now."""

    changed = Signal(object)
    """The name of who reviews from now on."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        names, now = load_setting(_NAMES), load_setting(_NOW)
        kept = [plain(one) for one in names] if isinstance(names, list) else []
        self.names = [one for one in dict.fromkeys(kept) if one][:_MOST_NAMES]
        """The last one first."""
        self._now = plain(now) if plain(now) in self.names else None

    def name(self) -> str | None:
        """Return who reviews, None if nobody said so yet."""
        return self._now

    def choose(self, name: str) -> None:
        """Let somebody else review; a name that is known but for its capitals stays as it was."""
        name = plain(name)
        if not name:
            return
        name = next((one for one in self.names if one.casefold() == name.casefold()), name)
        self.names = [name, *(one for one in self.names if one != name)][:_MOST_NAMES]
        other, self._now = name != self._now, name
        save_setting(_NAMES, self.names)
        save_setting(_NOW, name)
        if other:
            self.changed.emit(name)


def plain(name: object) -> str:
    """Return a name without what is not seen of it, empty if nothing is left."""
    return " ".join(name.split())[:LONGEST].strip() if isinstance(name, str) else ""


class ReviewerButton(QToolButton):
    """Shows who reviews; its menu has the known names, and a way to say another."""

    other_requested = Signal()
    """Somebody whose name is not in the menu wants to review."""

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
    """Asks who reviews, in a line above the work; hidden unless it asks."""

    def __init__(self, reviewers: Reviewers, theme: Theme) -> None:
        super().__init__()
        self._reviewers = reviewers
        self._theme = theme
        self._then: list[Callable[[], object]] = []
        self._before: QWidget | None = None
        self.setObjectName("asks")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = QLabel(self.tr("Who is reviewing?"))
        self.words.setFont(theme.font(strong=True))
        self.words.setToolTip(self.tr("Your name is saved with every decision."))
        self.known: list[QPushButton] = []
        self.field = QLineEdit(maxLength=LONGEST)
        self.field.setPlaceholderText(self.tr("Your name"))
        self.field.setAccessibleName(self.tr("Your name"))
        self.field.setMinimumWidth(8 * theme.space("wide"))
        self.field.textChanged.connect(self._check)
        self.field.returnPressed.connect(self._take)
        self.ok = QPushButton(self.tr("Continue"))
        self.ok.setProperty("role", "primary")
        self.ok.clicked.connect(self._take)
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
        self._row.addWidget(self.words)
        self._row.addStretch()
        for widget in (self.field, self.ok, self.away):
            self._row.addWidget(widget)
        theme.changed.connect(self._restyle)
        self._restyle()
        self._check()
        self.hide()

    def ask(self, then: Callable[[], object] | None = None) -> None:
        """Ask, and call `then` once there is an answer; several may wait for one answer."""
        if then is not None:
            self._then.append(then)
        if not self.isVisible():
            self._before = self.window().focusWidget()
            self._offer()
            self.field.clear()
            self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> None:
        """Ask no more: what waited for an answer is not done."""
        self._then.clear()
        self._close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def _offer(self) -> None:
        # As many names as there is room for: the line may not make the window wider.
        for button in self.known:
            self._row.removeWidget(button)
            button.deleteLater()
        self.known = []
        gap = self._row.spacing()
        room = self.window().width() - self.minimumSizeHint().width()
        for name in self._reviewers.names[:_OFFERED]:
            button = QPushButton(_elided(name, self, self._theme))
            room -= button.sizeHint().width() + gap
            if room < 0:
                break
            button.setToolTip(name)
            button.setAccessibleName(name)
            button.clicked.connect(partial(self._answer, name))
            self._row.insertWidget(2 + len(self.known), button)
            self.known.append(button)

    def _check(self) -> None:
        self.ok.setEnabled(bool(plain(self.field.text())))

    def _take(self) -> None:
        if plain(self.field.text()):
            self._answer(self.field.text())

    def _answer(self, name: str, *_: object) -> None:
        self._reviewers.choose(name)
        waiting, self._then = self._then, []
        self._close()
        for then in waiting:
            then()

    def _close(self) -> None:
        self.hide()
        if self._before is not None:
            self._before.setFocus()
            self._before = None

    def _restyle(self) -> None:
        self.away.setIcon(self._theme.icon("x"))


def _elided(name: str, widget: QWidget, theme: Theme) -> str:
    # An ampersand in a name is no key.
    room = 8 * theme.space("wide")
    shown = widget.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room)
    return shown.replace("&", "&&")
