"""Blind page: one drawn image at a time, without anything that tells its label.

It fills the window: gallery, inspector, filters, folder and file names are not on the screen meanwhile.
"""

from functools import partial

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
from engine.project.decisions import NOT_CLASSED
from gui.deletion import delete_later
from gui.inspector.activation_overlay import ActivationOverlay
from gui.inspector.image_view import ImageView
from gui.inspector.note_field import NoteField
from gui.second_reading.answer_sheet import AnswerSheet, SheetImage
from gui.second_reading.class_buttons import ClassButtons
from gui.shortcuts.actions import CommandActions
from gui.widgets.step_keys import image_step
from gui.words import to_sentence
from gui.workspace.context import WorkspaceContext


class BlindPage(QWidget):
    """The image to read, the classes with their keys, and a note where the sheet takes one."""

    paused = Signal()
    """The reader pauses, and continues later."""
    ended = Signal()
    """The reader ends the reading, or the time is over."""

    def __init__(self, context: WorkspaceContext, actions: CommandActions) -> None:
        super().__init__()
        self.setObjectName("large")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context = context
        theme = context.theme
        self._sheet: AnswerSheet | None = None
        self._index = 0
        self.header = QLabel()
        self.header.setFont(theme.font(strong=True))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.pause_button = QPushButton(self.tr("Pause"))
        self.pause_button.clicked.connect(self.pause)
        self.clock = QLabel()
        self.clock.setFont(theme.font(strong=True))
        self.end_button = QPushButton()
        self.end_button.clicked.connect(self._end)
        heat = ActivationOverlay(context.session)
        heat.is_on = False  # What the model looks at would be a hint.
        self.image = ImageView(context.image_loader, heat, theme)
        # The sentence of the image loader names the file.
        self.unreadable = QLabel(self.tr("This image cannot be shown now."), wordWrap=True)
        self.unreadable.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._image_pages = QStackedWidget()
        self._image_pages.addWidget(self.image)
        self._image_pages.addWidget(self.unreadable)
        self.classes = ClassButtons(context.session, actions.keymap, theme)
        self.classes.chosen.connect(self.label)
        self.note = NoteField(theme)
        self.note.edited.connect(self._save_note)
        self.note.finished.connect(self.image.setFocus)
        self.status = QLabel(wordWrap=True)
        self.status.setProperty("role", "muted")
        self._compose()
        self._bind(actions)
        context.decisions.releasing.connect(self.note.commit)
        context.image_loader.changed.connect(self._show_image_page)

    @property
    def sheet(self) -> AnswerSheet | None:
        """The sheet that is being filled in."""
        return self._sheet

    @property
    def current(self) -> SheetImage | None:
        """The image on the screen, which the next key labels."""
        return self._sheet.images[self._index] if self._sheet and self._sheet.images else None

    def read(self, sheet: AnswerSheet) -> None:
        """Fill in a sheet, from its first image without a label on."""
        self._sheet = sheet
        unread = (index for index, image in enumerate(sheet.images) if not image.is_read)
        self._index = next(unread, 0)
        sheet.answered.connect(self._show)
        sheet.reverted.connect(self._go_to)
        sheet.failed.connect(self._show_failure)
        sheet.clock_changed.connect(self._show_clock)
        sheet.time_over.connect(self._end)
        self.end_button.setText(sheet.ending)
        self.note.setVisible(sheet.takes_notes)
        self.status.clear()
        self._show()
        self._show_clock()
        self.image.setFocus()
        sheet.begin()

    def stop(self) -> None:
        """Put the sheet away; what was answered is saved."""
        self.note.commit()
        self.note.set_note(None, "")
        sheet, self._sheet = self._sheet, None
        if sheet is not None:
            sheet.pause()
            delete_later(sheet)

    def label(self, class_id: str) -> None:
        """Label the image with a class, or `NOT_CLASSED`, and show the next one."""
        if self._record(class_id):
            self._step(1)

    def clear(self) -> None:
        """Clear the reader's own label of the image."""
        self._record(None)

    def pause(self) -> None:
        """Pause the reading."""
        if self._sheet is not None:
            self.paused.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if step := image_step(event):
            self._step(step)
        else:
            event.ignore()

    def _record(self, class_id: str | None) -> bool:
        if self._sheet is None or self.current is None:
            return False
        if class_id is not None and self._is_unreadable():
            self.status.setText(
                self.tr(
                    "This image cannot be shown, so it was not labelled; go on to the next one."
                )
            )
            return False
        # While it is being decoded, nobody labels what cannot be seen yet.
        if class_id is not None and not self._context.image_loader.shows(self.current.path):
            return False
        self._sheet.set_label(self._index, class_id)
        return True

    def _save_note(self, path: str, text: str) -> None:
        if self._sheet is not None:
            self._sheet.set_note(path, text)

    def _undo(self) -> None:
        if self._sheet is not None:
            self._sheet.undo()

    def _redo(self) -> None:
        if self._sheet is not None:
            self._sheet.undo(redo=True)

    def _write_note(self) -> None:
        if self._sheet is not None and self._sheet.takes_notes:
            self.note.setFocus()

    def _end(self) -> None:
        if self._sheet is not None:
            self.note.commit()
            self.ended.emit()

    def _step(self, step: int) -> None:
        if self._sheet is not None:
            last = max(len(self._sheet.images) - 1, 0)
            self._go_to(min(max(self._index + step, 0), last))

    def _go_to(self, index: int) -> None:
        self.note.commit()
        self._index = index
        self.status.clear()
        self._show()

    def _show_failure(self, message: Message) -> None:
        self.status.setText(to_sentence(message))

    def _show_clock(self) -> None:
        if self._sheet is not None:
            self.clock.setText(self._sheet.clock_text)
            self.clock.setVisible(bool(self._sheet.clock_text))

    def _show(self, *_: object) -> None:
        image, sheet = self.current, self._sheet
        if image is None or sheet is None:
            return
        done = sum(image.is_read for image in sheet.images)
        self.header.setText(sheet.heading(done))
        self.progress.setMaximum(len(sheet.images))
        self.progress.setValue(done)
        self.classes.set_chosen(image.label)
        self.note.set_note(image.path, image.note)
        self._context.session.set_selection(image.path, (image.path,))
        if done == len(sheet.images):
            self.status.setText(sheet.completed)

    def _is_unreadable(self) -> bool:
        """True if the image that is to be labelled cannot be shown."""
        loader, image = self._context.image_loader, self.current
        # An image that left the folder is not the loader's either.
        return image is not None and (loader.path != image.path or loader.problem is not None)

    def _show_image_page(self) -> None:
        is_unreadable = self._is_unreadable()
        self._image_pages.setCurrentWidget(self.unreadable if is_unreadable else self.image)
        if is_unreadable and self._sheet is not None:
            self._sheet.leave_out(self._index)

    def _bind(self, actions: CommandActions) -> None:
        actions.add_classes(self, self.label)
        actions.add("not_classed", self, partial(self.label, NOT_CLASSED), inside=True)
        actions.add("clear", self, self.clear, inside=True)
        actions.add("undo", self, self._undo)
        actions.add("redo", self, self._redo)
        actions.add("note", self, self._write_note)
        actions.add("back", self, self.pause)

    def _compose(self) -> None:
        theme = self._context.theme
        self.unreadable.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        small, large = theme.space("small"), theme.space("large")
        head = QHBoxLayout()
        head.setContentsMargins(large, small, large, small)
        head.setSpacing(large)
        head.addWidget(self.header)
        head.addWidget(self.progress, 1)
        head.addWidget(self.clock)
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
        rows.addWidget(self._image_pages, 1)
        rows.addLayout(foot)
