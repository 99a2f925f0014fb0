"""Blind page: one drawn image at a time, without anything that tells the first reader's label.

It fills the window: gallery, inspector, filters, folder and file names are not on the screen meanwhile.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.messages import Message
from engine.project.decisions import NOT_CLASSED, READING_PREFIX
from gui.inspector.activation_overlay import ActivationOverlay
from gui.inspector.image_view import ImageView
from gui.inspector.note_field import NoteField
from gui.second_reading.class_buttons import ClassButtons
from gui.shortcuts.actions import CommandActions
from gui.words import number, say
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from engine.project.decisions import Edit
    from engine.project.project import Project
    from engine.project.second_reading import ReadingRound, RoundImage

_STEP_KEYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageDown: 1,
}


class BlindPage(QWidget):
    """The image to read, the classes with their keys, and a note."""

    paused = Signal()
    """The reader pauses; the round continues later."""
    ended = Signal(object)
    """The `ReadingRound` that the reader ends."""

    def __init__(self, context: WorkspaceContext, actions: CommandActions) -> None:
        super().__init__()
        self.setObjectName("large")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context = context
        theme = context.theme
        self._reading: ReadingRound | None = None
        self._images: list[RoundImage] = []
        self._index = 0
        self.header = QLabel()
        self.header.setFont(theme.font(strong=True))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.pause_button = QPushButton(self.tr("Pause"))
        self.pause_button.clicked.connect(self.pause)
        self.end_button = QPushButton(self.tr("End the reading"))
        self.end_button.clicked.connect(self._end)
        heat = ActivationOverlay(context.session)
        heat.is_on = False  # What the model looks at would be a hint.
        self.image = ImageView(context.image_loader, heat, theme)
        # The sentence of the image loader names the file.
        self.unreadable = QLabel(self.tr("This image cannot be shown now."), wordWrap=True)
        self.unreadable.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pictures = QStackedWidget()
        self._pictures.addWidget(self.image)
        self._pictures.addWidget(self.unreadable)
        self.classes = ClassButtons(context.session, actions.keymap, theme)
        self.classes.chosen.connect(self.label)
        self.note = NoteField(theme)
        self.note.edited.connect(self._save_note)
        self.note.finished.connect(self.image.setFocus)
        self.status = QLabel(wordWrap=True)
        self.status.setProperty("role", "muted")
        self._compose()
        self._bind(actions)
        context.decisions.saved.connect(self._on_edit)
        context.decisions.failed.connect(self._show_failure)
        context.decisions.releasing.connect(self.note.commit)
        context.image_loader.changed.connect(self._show_picture)

    @property
    def is_reading(self) -> bool:
        """Whether a round is being read."""
        return self._reading is not None

    @property
    def current(self) -> "RoundImage | None":
        """The image on the screen, which the next key labels."""
        return self._images[self._index] if self._images else None

    def read(self, reading: "ReadingRound", images: "Sequence[RoundImage]") -> None:
        """Read a round from its first image without a label on."""
        self._reading = reading
        present = self._context.session
        self._images = [image for image in images if present.item(image.path) is not None]
        unread = (index for index, image in enumerate(self._images) if not image.is_read)
        self._index = next(unread, 0)
        self.status.clear()
        self._show()
        self.image.setFocus()

    def stop(self) -> None:
        """Forget the round; what was read is saved."""
        self.note.commit()
        self.note.set_note(None, "")
        self._reading = None
        self._images = []

    def label(self, class_id: str) -> None:
        """Label the image with a class, or `NOT_CLASSED`, and show the next one."""
        if self._record(class_id):
            self._step(1)

    def clear(self) -> None:
        """Clear the reader's own label of the image."""
        self._record(None)

    def pause(self) -> None:
        """Pause the reading."""
        if self._reading is not None:
            self.paused.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEP_KEYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._step(_STEP_KEYS[key])
        else:
            event.ignore()

    def _record(self, class_id: str | None) -> bool:
        from engine.project.second_reading import record_label

        reading, image = self._reading, self.current
        if reading is None or image is None:
            return False
        path = image.path
        self._edit(lambda project: record_label(project, reading, path, class_id))
        return True

    def _save_note(self, path: str, text: str) -> None:
        from engine.project.second_reading import record_note

        reading = self._reading
        if reading is not None:
            self._edit(lambda project: record_note(project, reading, path, text))

    def _undo(self, redo: bool = False) -> None:
        from engine.project.second_reading import undo_reading

        reading = self._reading
        if reading is not None:
            self._edit(lambda project: undo_reading(project, reading, redo=redo))

    def _redo(self) -> None:
        self._undo(redo=True)

    def _edit(self, work: "Callable[[Project], Edit | None]") -> None:
        reading = self._reading
        if reading is not None:
            self._context.decisions.run_edit(lambda project, _: work(project), reading.reader)

    def _end(self) -> None:
        if self._reading is not None:
            self.note.commit()
            self.ended.emit(self._reading)

    def _step(self, step: int) -> None:
        self.note.commit()
        self._index = min(max(self._index + step, 0), max(len(self._images) - 1, 0))
        self.status.clear()
        self._show()

    def _on_edit(self, edit: "Edit") -> None:
        if self._reading is None:
            return
        prefix = f"{READING_PREFIX}{self._reading.id}."
        places = {image.path: index for index, image in enumerate(self._images)}
        changed = None
        for change in edit.changes:
            index = places.get(change.path) if change.path is not None else None
            if index is None or not change.field.startswith(prefix):
                continue
            changed = index
            if change.field == f"{prefix}label":
                self._images[index] = replace(self._images[index], label=change.new)
            elif change.field == f"{prefix}note":
                self._images[index] = replace(self._images[index], note=change.new or "")
        if changed is None:
            return
        if edit.undoes is not None or edit.redoes is not None:
            self._index = changed
        self._show()

    def _show_failure(self, message: Message) -> None:
        if self._reading is not None:
            self.status.setText(say(message))

    def _show(self) -> None:
        image, reading = self.current, self._reading
        if image is None or reading is None:
            return
        done = sum(image.is_read for image in self._images)
        self.header.setText(
            self.tr("Second reading by {who}: {n} of {total} read").format(
                who=reading.reader, n=number(done), total=number(len(self._images))
            )
        )
        self.progress.setMaximum(len(self._images))
        self.progress.setValue(done)
        self.classes.set_chosen(image.label)
        self.note.set_note(image.path, image.note)
        self._context.session.set_selection(image.path, (image.path,))
        if done == len(self._images):
            self.status.setText(
                self.tr("All drawn images are read. End the reading to see how far you agree.")
            )

    def _show_picture(self) -> None:
        has_problem = self._context.image_loader.problem is not None
        self._pictures.setCurrentWidget(self.unreadable if has_problem else self.image)

    def _bind(self, actions: CommandActions) -> None:
        for home in (self.image, self.unreadable):
            actions.add_classes(home, self.label)
            actions.add("not_classed", home, self._not_classed, inside=True)
            actions.add("clear", home, self.clear, inside=True)
        actions.add("undo", self, self._undo)
        actions.add("redo", self, self._redo)
        actions.add("note", self, self.note.setFocus)
        actions.add("back", self, self.pause)

    def _not_classed(self) -> None:
        self.label(NOT_CLASSED)

    def _compose(self) -> None:
        theme = self._context.theme
        self.unreadable.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        small, large = theme.space("small"), theme.space("large")
        head = QHBoxLayout()
        head.setContentsMargins(large, small, large, small)
        head.setSpacing(large)
        head.addWidget(self.header)
        head.addWidget(self.progress, 1)
        head.addWidget(self.pause_button)
        head.addWidget(self.end_button)
        foot = QVBoxLayout()
        foot.setContentsMargins(large, small, large, small)
        foot.setSpacing(small)
        for widget in (self.classes, self.note, self.status):
            foot.addWidget(widget)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(head)
        rows.addWidget(self._pictures, 1)
        rows.addLayout(foot)
