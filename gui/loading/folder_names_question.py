"""Folder names question: asks once which class the folders with unknown names stand for."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from engine.project.decisions import Edit
from gui.deletion import clear_layout
from gui.state.decisions import Decisions
from gui.state.session import Session
from gui.theme import Theme
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.question_line import QuestionLine
from gui.words import number


class FolderNamesQuestion(QuestionLine):
    """The unknown folder names, each with a choice of class; the answer is stored in the project.

    It takes no keyboard focus when it appears; it names the key that moves there, by `key_text`.
    """

    def __init__(
        self, session: Session, decisions: Decisions, theme: Theme, key_text: Callable[[], str]
    ) -> None:
        super().__init__(theme, "", "")
        self._session = session
        self._decisions = decisions
        self._theme = theme
        self.no.setText(self.tr("Leave as they are"))
        self.yes.setText(self.tr("Use these classes"))
        self._key_text = key_text
        self._choices_area = QWidget()
        self._flow = FlowLayout(theme.space("large"))
        self._choices_area.setLayout(self._flow)
        self.rows.addWidget(self._choices_area)
        self.choices: dict[str, QComboBox] = {}
        decisions.project_changed.connect(self.put_away)
        decisions.saved.connect(self._on_edit)
        session.model_changed.connect(self.refresh)

    def refresh(self) -> None:
        """Ask about the names that are unknown now; close the question if there are none."""
        from engine.images.folder_names import find_unknown_folders

        table, classes = self._session.table, self._session.project_or_model_classes()
        if table is None or not classes or not self._decisions.writable:
            self.put_away()
            return
        folders = find_unknown_folders(
            table.folder_labels.counts, self._session.class_names(), self._session.folder_names
        )
        if [folder.name for folder in folders] == [*self.choices]:
            return
        self.put_away()
        for folder in folders:
            choice = _ClassChoice()
            choice.addItem(self.tr("no class"), None)
            for entry in classes:
                choice.addItem(entry.name, entry.id)
            choice.setCurrentIndex(max(0, choice.findData(folder.suggestion)))
            choice.setAccessibleName(self.tr("Class of the folder {name}").format(name=folder.name))
            choice.currentIndexChanged.connect(self._update_button)
            self.choices[folder.name] = choice
            self._flow.addWidget(self._pair(folder.name, folder.images, choice))
        self._update_button()
        if folders:
            self._order_by_keyboard()
            text = self.tr("Some folder names are not classes. Which class are their images?")
            keys = self._key_text()
            if keys:
                text = f"{text} " + self.tr("({keys} goes here.)").format(keys=keys)
            self.label.setText(text)
        self.setVisible(bool(folders))

    def put_away(self) -> None:
        """Close the question until the folder is opened again."""
        self.choices.clear()
        clear_layout(self._flow)
        super().put_away()

    def postpone(self) -> None:
        """Close the question without an answer and return the focus to the images."""
        self.put_away()
        self.done.emit()

    def refuse(self) -> None:
        """Leave the names as they are, now and when the folder is opened again."""
        self._answer(dict.fromkeys(self.choices))

    def agree(self) -> None:
        """Store the chosen classes; names without a choice are left as they are."""
        self._answer({name: choice.currentData() for name, choice in self.choices.items()})

    def _answer(self, answer: "dict[str, str | None]") -> None:
        had_keyboard = self.has_keyboard
        self.put_away()
        if had_keyboard:
            # First, so that the images get the keyboard back after the question for the name too.
            self.done.emit()
        self._decisions.map_folder_names(answer)

    def _order_by_keyboard(self) -> None:
        """Let Tab go from choice to choice and then to the buttons, which stand above them."""
        choices = [*self.choices.values()]
        self.setFocusProxy(choices[0])
        for before, after in pairwise((*choices, self.yes, self.no)):
            QWidget.setTabOrder(before, after)

    def _pair(self, name: str, images: int, choice: QComboBox) -> QWidget:
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.space("small"))
        label = QLabel(self.tr("{name} ({images})").format(name=name, images=number(images)))
        label.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(label)
        row.addWidget(choice)
        return pair

    def _update_button(self) -> None:
        chosen = any(choice.currentData() for choice in self.choices.values())
        self.yes.setEnabled(chosen)

    def _on_edit(self, edit: Edit) -> None:
        from engine.project.folder_names import FOLDER_NAMES_FIELD

        if any(
            change.path is None and change.field == FOLDER_NAMES_FIELD for change in edit.changes
        ):
            self.refresh()


class _ClassChoice(QComboBox):
    """A choice of class that the mouse wheel does not change by accident."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
