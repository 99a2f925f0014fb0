"""Conflict queue: the images on which two merged projects differ, one after the other."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine.project.decisions import NOT_CLASSED, TAG_PREFIX
from engine.project.tags import is_tag_field
from gui.deletion import delete_later
from gui.inspector.elided_label import ElidedLabel
from gui.shortcuts.keymap import Keymap, native_key_text
from gui.theme import Theme
from gui.words import number, without_mnemonic

if TYPE_CHECKING:
    from engine.project.conflicts import Conflict


class ConflictQueue(QDialog):
    """One conflict at a time, with a numbered button for each decision; the digit keys choose.

    The key of the note leads to a line for the reason; Enter or Esc there leads back to the decisions.
    """

    settled = Signal(object, object, str)
    """A `Conflict`, the chosen value, and why (empty if nobody says)."""
    undo_requested = Signal()
    """The conflict that was settled last in this queue should be open again."""

    def __init__(
        self,
        conflicts: "Sequence[Conflict]",
        thumbnail: Callable[[str], QImage | None],
        is_decoding: Callable[[str], bool],
        class_name: Callable[[str], str],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._waiting = list(conflicts)
        self._settled: list[Conflict] = []
        self._index = 0
        self._thumbnail = thumbnail
        self._is_decoding = is_decoding
        self._class_name = class_name
        self._theme = theme
        self.setWindowTitle(self.tr("Different decisions"))
        self.answer = QLabel(wordWrap=True)
        self.answer.setTextFormat(Qt.TextFormat.PlainText)
        self.count = QLabel()
        self.count.setProperty("role", "muted")
        self.image = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.image.setFixedHeight(8 * theme.space("wide"))
        self.path = ElidedLabel()
        self.buttons: list[QPushButton] = []
        self._choices = QVBoxLayout()
        self._choices.setSpacing(theme.space("small"))
        self.reason = QLineEdit(placeholderText=self.tr("Why (optional), before you settle it"))
        self.reason.setAccessibleName(self.tr("Why"))
        self.reason.returnPressed.connect(self._focus_decisions)
        keymap = Keymap(self)
        self._reason_keys, self._undo_keys = keymap.keys("note"), keymap.keys("undo")
        self.later = QPushButton(self.tr("Later"))
        self.later.setToolTip(self.tr("The next conflict; this one stays open (→)"))
        self.later.clicked.connect(self.skip)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.clicked.connect(self.reject)
        bottom = QHBoxLayout()
        bottom.addWidget(self.count, 1)
        for button in (self.later, self.close_button):
            button.setAutoDefault(False)
            bottom.addWidget(button)
        rows = QVBoxLayout(self)
        rows.setSpacing(theme.space("large"))
        rows.addWidget(self.image)
        rows.addWidget(self.path)
        rows.addLayout(self._choices)
        rows.addWidget(self.reason)
        rows.addWidget(self.answer)
        rows.addStretch()
        rows.addLayout(bottom)
        self.resize(18 * theme.space("wide"), 16 * theme.space("wide"))
        self._show_current()

    @property
    def current(self) -> "Conflict | None":
        """The conflict that is shown, None if none is left."""
        return self._waiting[self._index] if self._waiting else None

    def refresh_image(self) -> None:
        """Show the thumbnail, now that it is there."""
        conflict = self.current
        image = self._thumbnail(conflict.path) if conflict else None
        if image is None:
            is_decoding = conflict is None or self._is_decoding(conflict.path)
            self.image.setText("" if is_decoding else self.tr("This image cannot be shown now."))
            return
        edge = round(self.image.height() * self.devicePixelRatio())
        pixmap = QPixmap.fromImage(image).scaled(
            edge,
            edge,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        pixmap.setDevicePixelRatio(self.devicePixelRatio())
        self.image.setPixmap(pixmap)

    def take_back(self) -> None:
        """Show the conflict again whose settling was undone."""
        if self._settled:
            self._waiting.insert(self._index, self._settled.pop())
            self.answer.clear()
            self._show_current()

    def skip(self) -> None:
        """Show the next conflict and leave this one open."""
        self._index = (self._index + 1) % len(self._waiting)
        self._show_current()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.focusWidget() is self.reason:
            self._focus_decisions()
        elif QKeySequence(event.keyCombination()).toString() in self._reason_keys:
            self.reason.setFocus()
        elif QKeySequence(event.keyCombination()).toString() in self._undo_keys and self._settled:
            self.undo_requested.emit()
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and key - Qt.Key.Key_1 < len(self.buttons):
            self.buttons[key - Qt.Key.Key_1].click()
        elif key == Qt.Key.Key_Right:
            self.skip()
        else:
            super().keyPressEvent(event)

    def _show_current(self) -> None:
        for button in self.buttons:
            self._choices.removeWidget(button)
            delete_later(button)
        self.buttons.clear()
        conflict = self.current
        if conflict is None:
            self.accept()
            return
        self.path.set_full_text(conflict.path)
        self.reason.clear()
        self.count.setText(
            self.tr("{n} {n:conflict|conflicts} left").format(n=number(len(self._waiting)))
        )
        texts = [(self.tr("This project: {what}"), conflict.value, "")]
        texts += [("{who}: {what}", other.value, other.who) for other in conflict.others]
        for digit, (text, value, who) in enumerate(texts, 1):
            what = self._describe(conflict.field, value)
            shown = f"{digit}   {text.format(who=who, what=what)}"
            button = QPushButton(without_mnemonic(shown))
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._settle, conflict, value))
            self._choices.addWidget(button)
            self.buttons.append(button)
        self.buttons[0].setFocus()
        self.refresh_image()

    def _focus_decisions(self) -> None:
        self.buttons[0].setFocus()

    def _describe(self, field: str, value: Any) -> str:
        if is_tag_field(field):  # Earlier versions made conflicts of tags.
            tag = field.removeprefix(TAG_PREFIX)
            return (self.tr("tag “{tag}”") if value else self.tr("no tag “{tag}”")).format(tag=tag)
        match field, value:
            case "label", None:
                return self.tr("not decided")
            case "label", _:
                is_classed = value != NOT_CLASSED
                return self._class_name(value) if is_classed else self.tr("not classed")
            case "removed", None:
                return self.tr("in the set")
            case "removed", _:
                return self.tr("removed")
            case "note", None:
                return self.tr("no note")
            case "box", None:
                return self.tr("box as it was found")
            case "box", {"kind": None}:
                return self.tr("box moved away")
            case "box", _:
                return self.tr("box drawn here")
        return f"“{value}”"

    def _settle(self, conflict: "Conflict", value: Any, *_: object) -> None:
        # Nobody settles what cannot be seen yet; the decoder may have dropped the request.
        if self._thumbnail(conflict.path) is None and self._is_decoding(conflict.path):
            return
        reason = " ".join(self.reason.text().split())
        self._waiting.remove(conflict)
        self._settled.append(conflict)
        self.answer.setText(
            self.tr("Settled: {what} ({path}). {keys} takes it back.").format(
                what=self._describe(conflict.field, value),
                path=conflict.path,
                keys=native_key_text(self._undo_keys),
            )
        )
        self._index = self._index % max(1, len(self._waiting))
        # The next one is shown before anything else can take a key.
        self._show_current()
        self.settled.emit(conflict, value, reason)
