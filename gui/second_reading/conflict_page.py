"""Conflict page: the images on which two readers disagree, each settled by a person."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from engine.messages import Message
from engine.project.decisions import NOT_CLASSED
from gui.inspector.image_view import ImageView
from gui.second_reading.class_buttons import ClassButtons
from gui.second_reading.readings import SecondReadings
from gui.shortcuts.actions import CommandActions
from gui.widgets.step_keys import image_step
from gui.words import number, percent
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.project.second_reading import ReadingRound, RoundImage


class ConflictPage(QWidget):
    """One conflict at a time: the image, both readings side by side, the model, and the classes."""

    def __init__(self, context: WorkspaceContext, readings: SecondReadings) -> None:
        super().__init__()
        self._context = context
        self._readings = readings
        self._path: str | None = None
        self.title = QLabel(wordWrap=True)
        self.title.setFont(context.theme.font(strong=True))
        self.image = ImageView(context.image_loader, context.activation_overlay, context.theme)
        self.first = QLabel(wordWrap=True)
        self.second = QLabel(wordWrap=True)
        self.model = QLabel(wordWrap=True)
        self.take_first = QPushButton(self.tr("Keep the first"))
        self.take_first.clicked.connect(self._settle_first)
        self.take_second = QPushButton(self.tr("Take the second"))
        self.take_second.clicked.connect(self._settle_second)
        self.show_image = QPushButton(self.tr("Show it in Review"))
        self.show_image.clicked.connect(self._show_in_review)
        self.reason = QLineEdit(placeholderText=self.tr("Why (optional), before you settle it"))
        self.reason.setAccessibleName(self.tr("Why"))
        self.reason.returnPressed.connect(self.image.setFocus)
        self.classes: ClassButtons | None = None
        self._compose()
        readings.changed.connect(self.refresh)
        context.session.decided.connect(self.refresh)
        context.session.model_changed.connect(self.refresh)

    def bind(self, actions: CommandActions) -> None:
        """Bind the class keys: a class settles the conflict, also one that neither reader gave."""
        self.classes = ClassButtons(self._context.session, actions.keymap, self._context.theme)
        self.classes.chosen.connect(self.settle)
        self._foot.insertWidget(1, self.classes)
        actions.add_classes(self.image, self.settle)
        actions.add("not_classed", self.image, self._not_classed, inside=True)
        actions.add("note", self, self._write_reason)
        self.refresh()

    @property
    def current(self) -> "tuple[ReadingRound, RoundImage] | None":
        """The conflict on the screen, which the next key settles."""
        found = self._readings.conflicts()
        here = next((pair for pair in found if pair[1].path == self._path), None)
        return here or (found[0] if found else None)

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
        reason = " ".join(self.reason.text().split())

        def save() -> None:
            self._context.decisions.run_edit(
                lambda project, who: settle(
                    project, reading, image.path, class_id, who=who, reason=reason
                )
            )
            self.reason.clear()
            self._step(1)

        self._context.decisions.when_reviewer_known(save)

    def return_to(self, paths: "Sequence[str]") -> None:
        """Show the conflict that undo brought back."""
        for _, image in self._readings.conflicts():
            if image.path in paths:
                self._path = image.path
                self.refresh()
                return
        # The readings are read again a moment later.
        self._path = paths[0] if paths else self._path

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if step := image_step(event):
            self._step(step)
        else:
            event.ignore()

    def refresh(self, *_: object) -> None:
        """Show the current conflict, or say that there is none."""
        if not self.isVisible():
            return
        self._readings.refresh()
        found, conflict = self._readings.conflicts(), self.current
        for widget in (self.image, self._cards, self._below):
            widget.setVisible(conflict is not None)
        if conflict is None:
            self.title.setText(
                self.tr("No conflicts: nothing is left to settle, or no second reading has ended.")
            )
            return
        reading, image = conflict
        self._path = image.path
        place = next(n for n, pair in enumerate(found, 1) if pair[1].path == image.path)
        self.title.setText(
            self.tr("Conflict {n} of {total}: {path}").format(
                n=number(place), total=number(len(found)), path=image.path
            )
        )
        item = self._context.session.item(image.path)
        first = self.tr("First reading: {label}").format(label=self._name(image.first))
        second = self.tr("Second reading by {who}: {label}").format(
            who=reading.reader, label=self._name(image.label)
        )
        self.first.setText("\n".join(filter(None, (first, item.note if item else ""))))
        self.second.setText("\n".join(filter(None, (second, image.note))))
        prediction = item.prediction if item else None
        self.model.setText(
            self.tr("Model: {label}, {confidence}").format(
                label=self._name(prediction.class_id), confidence=percent(prediction.confidence)
            )
            if prediction
            else ""
        )
        refusal = self._context.decisions.refusal_text
        for widget in (self.take_first, self.take_second, self._below):
            widget.setEnabled(not refusal)
            widget.setToolTip(refusal)
        self._context.session.set_selection(image.path, (image.path,))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _step(self, step: int) -> None:
        found, conflict = self._readings.conflicts(), self.current
        if conflict is None:
            return
        place = next(n for n, pair in enumerate(found) if pair[1].path == conflict[1].path)
        self._path = found[(place + step) % len(found)][1].path
        self.reason.clear()
        self.refresh()

    def _write_reason(self) -> None:
        refusal = self._context.decisions.refusal
        if refusal is None:
            self.reason.setFocus()
        else:
            self._context.decisions.failed.emit(refusal)

    def _settle_first(self) -> None:
        if self.current is not None:
            self.settle(self.current[1].first)
            self.image.setFocus()

    def _settle_second(self) -> None:
        if self.current is not None and self.current[1].label is not None:
            self.settle(self.current[1].label)
            self.image.setFocus()

    def _not_classed(self) -> None:
        self.settle(NOT_CLASSED)

    def _show_in_review(self) -> None:
        if self._path is not None:
            self._context.show_image_requested.emit(self._path)

    def _name(self, class_id: str | None) -> str:
        if class_id is None or class_id == NOT_CLASSED:
            return self.tr("Not classed")
        return self._context.session.class_styles.find(class_id).name

    def _compose(self) -> None:
        theme = self._context.theme
        small, large = theme.space("small"), theme.space("large")
        self._cards = QWidget()
        cards = QHBoxLayout(self._cards)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(large)
        sides = ((self.first, self.take_first), (self.second, self.take_second))
        for label, button in (*sides, (self.model, self.show_image)):
            column = QVBoxLayout()
            column.addWidget(label, 1)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            cards.addLayout(column, 1)
        self._below = QWidget()
        self._foot = QVBoxLayout(self._below)
        self._foot.setContentsMargins(0, 0, 0, 0)
        self._foot.setSpacing(small)
        self._foot.addWidget(self.reason)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(large, large, large, large)
        rows.setSpacing(small)
        rows.addWidget(self.title)
        rows.addWidget(self.image, 1)
        rows.addWidget(self._cards)
        rows.addWidget(self._below)
        # Where there is no conflict, the sentence stays at the top.
        rows.addStretch()
