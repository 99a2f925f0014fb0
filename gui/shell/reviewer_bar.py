"""Reviewer bar: the line that asks for the reviewer's name, and the decisions that wait for it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QWidget
from shiboken6 import isValid

from gui.deletion import delete_later
from gui.shell.reviewers import MAX_NAME, Reviewers, clean_name, elide_name
from gui.theme import Theme
from gui.words import number

_MAX_BUTTONS = 4
_PAUSE_MS = 400
"""Pause after the last key, in milliseconds, after which keys are meant for the field."""
_KEYS_AT_ONCE = (Qt.Key.Key_Escape, Qt.Key.Key_Control, Qt.Key.Key_Meta)
"""Keys that drop waiting decisions, or begin a combination that does."""


class ReviewerBar(QWidget):
    """A line above the workspace that asks for the reviewer's name; hidden otherwise.

    Decisions made before the name is known wait in their order. The line counts them, one for each image.
    """

    dropped = Signal(int)
    """The number of waiting decisions that were dropped without being made."""

    done = Signal()
    """The workspace may take the keyboard focus again."""

    def __init__(self, reviewers: Reviewers, theme: Theme) -> None:
        super().__init__()
        self._reviewers = reviewers
        self._theme = theme
        self._waiting: list[tuple[Callable[[], object], int]] = []
        self._previous_focus: QWidget | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._has_ignored_keys = False
        self.setObjectName("asks")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.label = QLabel(self.tr("Who is reviewing?"))
        self.label.setFont(theme.font(strong=True))
        self.label.setToolTip(self.tr("Your name is saved with every decision."))
        self.waiting = QLabel()
        # A narrow window clips it rather than growing.
        self.waiting.setMinimumWidth(1)
        self.name_buttons: list[QPushButton] = []
        self.field = QLineEdit(maxLength=MAX_NAME)
        self.field.setPlaceholderText(self.tr("Your name"))
        self.field.setAccessibleName(self.tr("Your name"))
        self.field.setMinimumWidth(8 * theme.space("wide"))
        self.field.textChanged.connect(self._check)
        self.field.returnPressed.connect(self._accept)
        self.field.installEventFilter(self)
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
        self._row.addWidget(self.waiting)
        self._row.addStretch()
        for widget in (self.field, self.ok, self.away):
            self._row.addWidget(widget)
        theme.changed.connect(self._restyle)
        self._restyle()
        self._check()
        self.setFocusProxy(self.field)
        self.hide()

    def ask(self, then: Callable[[], object] | None = None, images: int = 1) -> None:
        """Ask for the name, and call `then`, which decides on `images` images, once it is given.

        Several calls can wait for one answer.
        """
        if then is not None:
            self._waiting.append((then, images))
        self._count_waiting()
        if not self.isVisible():
            # Of keys typed faster than the question appears, those after the first are no name.
            if then is not None:
                self._pause.start()
            self._previous_focus = self.window().focusWidget()
            self._offer()
            self.field.clear()
            self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_away(self) -> None:
        """Hide the bar without an answer; waiting functions are not called."""
        dropped = self._waiting_count
        self._waiting.clear()
        self._close()
        if dropped:
            self.dropped.emit(dropped)

    def drop_last(self) -> bool:
        """Drop the latest waiting decision; return False if none waits."""
        if not self._waiting:
            return False
        if len(self._waiting) == 1:
            self.put_away()
        else:
            _, images = self._waiting.pop()
            self._count_waiting()
            self.dropped.emit(images)
        return True

    def finish(self) -> None:
        """Hide the bar and call the waiting functions, because the name is known."""
        waiting, self._waiting = self._waiting, []
        self._close()
        for then, _ in waiting:
            then()

    @property
    def accepts_keys(self) -> bool:
        """True if keys are taken for a name, false right after a decision has opened the question."""
        return not self._pause.isActive()

    @property
    def has_keyboard(self) -> bool:
        """True if a part of it has the keyboard focus."""
        focused = self.window().focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and self._is_too_early(event):
            if event.type() == QEvent.Type.KeyPress:
                self._pause.start()
                self._has_ignored_keys = True
                self._count_waiting()
            return True
        # A field takes the keys for undo even where it has nothing to undo: then they are for the decisions.
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.field.isUndoAvailable()
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _is_too_early(self, event: QKeyEvent) -> bool:
        is_undo = event.matches(QKeySequence.StandardKey.Undo)
        return not (self.accepts_keys or is_undo or event.key() in _KEYS_AT_ONCE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def _offer(self) -> None:
        # As many names as fit: the bar must not widen the window.
        for button in self.name_buttons:
            self._row.removeWidget(button)
            delete_later(button)
        self.name_buttons = []
        gap = self._row.spacing()
        room = self.window().width() - self.minimumSizeHint().width()
        if self._waiting:
            room -= self.waiting.sizeHint().width()
        for name in self._reviewers.names[:_MAX_BUTTONS]:
            button = QPushButton(elide_name(name, self, self._theme))
            room -= button.sizeHint().width() + gap
            if room < 0:
                break
            button.setToolTip(name)
            button.setAccessibleName(name)
            button.clicked.connect(partial(self._answer, name))
            self._row.insertWidget(3 + len(self.name_buttons), button)
            self.name_buttons.append(button)

    def _check(self) -> None:
        self.ok.setEnabled(bool(clean_name(self.field.text())))

    def _accept(self) -> None:
        if clean_name(self.field.text()):
            self._answer(self.field.text())

    def _answer(self, name: str, *_: object) -> None:
        self._reviewers.choose(name)
        self.finish()

    def _count_waiting(self) -> None:
        text = self.tr(
            "{count} {count:decision waits|decisions wait} for your name; Esc drops {count:it|them}."
        )
        text = text.format(count=number(self._waiting_count))
        if self._has_ignored_keys:
            text += " " + self.tr("The keys typed after it were ignored.")
        self.waiting.setText(text)
        self.waiting.setVisible(bool(self._waiting))

    @property
    def _waiting_count(self) -> int:
        return sum(images for _, images in self._waiting)

    def _close(self) -> None:
        self.hide()
        self._has_ignored_keys = False
        previous, self._previous_focus = self._previous_focus, None
        if previous is None:
            return
        # Meanwhile it may have been deleted, or hidden with its question.
        if isValid(previous) and previous.isVisible() and previous.isEnabled():
            previous.setFocus()
        else:
            self.done.emit()

    def _restyle(self) -> None:
        self.away.setIcon(self._theme.icon("x"))
