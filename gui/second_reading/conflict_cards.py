"""Conflict cards: what both readers and the model say of one image, side by side."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.project.decisions import NOT_CLASSED
from gui.state.session import Session
from gui.theme import Theme
from gui.words import percent

if TYPE_CHECKING:
    from engine.project.second_reading import ReadingRound, RoundImage


class ConflictCards(QWidget):
    """First reading, second reading and model, each with its button."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self.first = QLabel(wordWrap=True)
        self.second = QLabel(wordWrap=True)
        self.model = QLabel(wordWrap=True)
        self.take_first = QPushButton(self.tr("Keep the first"))
        self.take_second = QPushButton(self.tr("Take the second"))
        self.show_image = QPushButton(self.tr("Show it in Review"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space("large"))
        top = Qt.AlignmentFlag.AlignTop
        for label, button in (
            (self.first, self.take_first),
            (self.second, self.take_second),
            (self.model, self.show_image),
        ):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(top | Qt.AlignmentFlag.AlignLeft)
            column = QVBoxLayout()
            column.addWidget(label, 1)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            row.addLayout(column, 1)

    def show_conflict(
        self, reading: "ReadingRound", image: "RoundImage", label: str | None
    ) -> None:
        """Show a conflict; `label` is the one that holds now."""
        item = self._session.item(image.path)
        template = (
            self.tr("First reading by {who}: {label}")
            if image.first_reader
            else self.tr("First label, of the folder: {label}")
        )
        first = [template.format(who=image.first_reader, label=self.label_name(image.first))]
        if label is not None and label != self._resolved(image.first):
            first.append(self.tr("Labelled {label} since").format(label=self.label_name(label)))
        second = [
            self.tr("Second reading by {who}: {label}").format(
                who=reading.reader, label=self.label_name(image.label)
            )
        ]
        for lines, note in ((first, item.note if item else ""), (second, image.note)):
            if note:
                lines.append(self.tr("Note: {text}").format(text=note))
        self.first.setText("\n".join(first))
        self.second.setText("\n".join(second))
        prediction = item.prediction if item else None
        self.model.setText(
            self.tr("Model: {label}, {confidence}").format(
                label=self.label_name(prediction.class_id),
                confidence=percent(prediction.confidence),
            )
            if prediction
            else self.tr("Model: no prediction")
        )

    def roles(self, reading: "ReadingRound", image: "RoundImage") -> dict[str, str]:
        """Return the classes that were given or predicted, each with who says so."""
        item = self._session.item(image.path)
        prediction = item.prediction if item else None
        said = [
            (image.first, image.first_reader or self.tr("the folder")),
            (image.label, reading.reader),
            (prediction.class_id if prediction else None, self.tr("the model")),
        ]
        roles: dict[str, str] = {}
        for label, who in said:
            if label is None or label == NOT_CLASSED:
                continue
            class_id = self._resolved(label)
            roles[class_id] = ", ".join(filter(None, (roles.get(class_id), who)))
        return roles

    def label_name(self, class_id: str | None) -> str:
        """Return the name of a label as the page writes it."""
        if class_id is None or class_id == NOT_CLASSED:
            return self.tr("Not classed")
        return self._session.class_styles.find(class_id).name

    def _resolved(self, label: str) -> str:
        table = self._session.table
        return table.merged.get(label, label) if table is not None else label
