"""Conflict page: the images on which two readers disagree, each settled by a person."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine.messages import Message
from engine.project.decisions import NOT_CLASSED
from gui.inspector.image_view import ImageView
from gui.second_reading.class_buttons import ClassButtons
from gui.second_reading.conflict_cards import ConflictCards
from gui.second_reading.open_conflicts import OpenConflicts
from gui.second_reading.reading_choice import ReadingChoice
from gui.second_reading.readings import SecondReadings
from gui.second_reading.similar_cells import SimilarCells
from gui.shortcuts.actions import CommandActions
from gui.widgets.step_keys import image_step
from gui.words import number
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.project.second_reading import ReadingRound, RoundImage


class ConflictPage(QWidget):
    """One conflict at a time: the image beside similar cells, both readings, the model, and the classes."""

    closed = Signal()
    """The person goes back to the second readings."""

    def __init__(self, context: WorkspaceContext, readings: SecondReadings) -> None:
        super().__init__()
        self._context = context
        self._readings = readings
        self._open = OpenConflicts(context, readings)
        self.title = QLabel(wordWrap=True)
        self.title.setFont(context.theme.font(strong=True))
        self.reading = ReadingChoice()
        self.reading.chosen.connect(self.show_reading)
        self.back = QPushButton(self.tr("Back to the second reading"))
        self.back.clicked.connect(self.closed)
        self.image = ImageView(context.image_loader, context.activation_overlay, context.theme)
        self.similar = SimilarCells(context)
        self.similar.picked.connect(context.show_image_requested)
        self.cards = ConflictCards(context.session, context.theme)
        self.cards.take_first.clicked.connect(self._settle_first)
        self.cards.take_second.clicked.connect(self._settle_second)
        self.cards.show_image.clicked.connect(self._show_in_review)
        self.reason = QLineEdit(placeholderText=self.tr("Why (optional), before you settle it"))
        self.reason.setAccessibleName(self.tr("Why"))
        self.reason.returnPressed.connect(self.image.setFocus)
        self.classes: ClassButtons | None = None
        self._compose()
        self._open.changed.connect(self.refresh)
        context.session.decided.connect(self.refresh)
        context.session.model_changed.connect(self.refresh)

    def bind(self, actions: CommandActions) -> None:
        """Bind the class keys: a class settles the conflict, also one that neither reader gave."""
        self.classes = ClassButtons(self._context.session, actions.keymap, self._context.theme)
        self.classes.chosen.connect(self.settle)
        self._foot.insertWidget(1, self.classes)
        # The whole page: a key also acts after a click on a button.
        actions.add_classes(self, self.settle)
        actions.add("not_classed", self, partial(self.settle, NOT_CLASSED), inside=True)
        actions.add("note", self, self._write_reason)
        self.refresh()

    @property
    def current(self) -> "tuple[ReadingRound, RoundImage] | None":
        """The conflict on the screen, which the next key settles."""
        return self._open.current

    def show_reading(self, round_id: str) -> None:
        """Show the conflicts of one reading, of all for an empty id."""
        self._open.choose_reading(round_id)
        self.refresh()

    def settle(self, class_id: str) -> None:
        """Settle the shown conflict with a class, then show the next one."""
        from engine.project.reading_edits import settle

        conflict = self.current
        if conflict is None:
            return
        reading, image = conflict
        loader = self._context.image_loader
        if loader.path == image.path and loader.problem is not None:
            self._context.decisions.failed.emit(Message("project.conflict_not_shown"))
            return
        if not loader.shows(image.path):
            return  # It is still being decoded: nobody settles what cannot be seen yet.
        reason = " ".join(self.reason.text().split())

        def save() -> None:
            self._open.submit(conflict)
            self._context.decisions.run_edit(
                lambda project, who: settle(
                    project, reading, image.path, class_id, who=who, reason=reason
                )
            )
            self.reason.clear()
            self.refresh()

        self._context.decisions.when_reviewer_known(save)

    def return_to(self, paths: "Sequence[str]") -> None:
        """Show the conflict that undo brought back."""
        self._open.return_to(paths)
        self.refresh()

    def focus(self) -> None:
        """Move the keyboard to the image, or to the way back where nothing is to be settled."""
        (self.image if self.current is not None else self.back).setFocus()

    def escape(self) -> None:
        """Leave the line for the reason, else the page."""
        if self.reason.hasFocus():
            self.image.setFocus()
        else:
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if step := image_step(event):
            self._open.step(step)
            self.reason.clear()
            self.refresh()
        else:
            event.ignore()

    def refresh(self, *_: object) -> None:
        """Show the current conflict, or say that there is none."""
        if not self.isVisible():
            return
        self._readings.refresh()
        self.reading.show_readings(self._readings.ended(), self._open.reading_id)
        found, conflict = self._open.conflicts(), self.current
        was_empty = self._middle.isHidden()
        has_focus = self.isAncestorOf(self.window().focusWidget() or self.window())
        for widget in (self._middle, self.cards, self._below):
            widget.setVisible(conflict is not None)
        if conflict is None:
            self.title.setText(
                self.tr("No conflicts: nothing is left to settle, or no second reading has ended.")
            )
            if has_focus:
                self.back.setFocus()
            return
        if was_empty and self.back.hasFocus():
            self.image.setFocus()
        reading, image = conflict
        self.title.setText(
            self.tr("Conflict {n} of {total}: {path}").format(
                n=number(found.index(conflict) + 1), total=number(len(found)), path=image.path
            )
        )
        self.cards.show_conflict(reading, image, self._readings.label(image.path))
        refusal = self._context.decisions.refusal_text
        for widget in (self.cards.take_first, self.cards.take_second, self._below):
            widget.setEnabled(not refusal)
            widget.setToolTip(refusal)
        self._context.session.set_selection(image.path, (image.path,))
        self.similar.show_similar(image.path, self.cards.roles(reading, image))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _write_reason(self) -> None:
        refusal = self._context.decisions.refusal
        if refusal is None:
            self.reason.setFocus()
        else:
            self._context.decisions.failed.emit(refusal)

    def _settle_first(self) -> None:
        if self.current is not None:
            self._settle_by_button(self.current[1].first)

    def _settle_second(self) -> None:
        if self.current is not None and self.current[1].label is not None:
            self._settle_by_button(self.current[1].label)

    def _settle_by_button(self, label: str) -> None:
        # Before the next one is shown, which Space would settle at once.
        self.image.setFocus()
        self.settle(label)

    def _show_in_review(self) -> None:
        if self.current is not None:
            self._context.show_image_requested.emit(self.current[1].path)

    def _compose(self) -> None:
        theme = self._context.theme
        small, large = theme.space("small"), theme.space("large")
        head = QHBoxLayout()
        head.setSpacing(small)
        head.addWidget(self.title, 1)
        head.addWidget(self.reading)
        head.addWidget(self.back)
        self._middle = QWidget()
        middle = QHBoxLayout(self._middle)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(large)
        middle.addWidget(self.image, 1)
        middle.addWidget(self.similar, 1)
        self._below = QWidget()
        self._foot = QVBoxLayout(self._below)
        self._foot.setContentsMargins(0, 0, 0, 0)
        self._foot.setSpacing(small)
        self._foot.addWidget(self.reason)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(large, large, large, large)
        rows.setSpacing(small)
        rows.addLayout(head)
        rows.addWidget(self._middle, 1)
        rows.addWidget(self.cards)
        rows.addWidget(self._below)
        # Where there is no conflict, the sentence stays at the top.
        rows.addStretch()
