"""Edit history of an image: author, time and change, newest first."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from gui.inspector.edit_descriptions import describe_with_author, undone_ids
from gui.theme import Theme
from gui.words import number

if TYPE_CHECKING:
    from engine.project.decisions import Edit

_INITIAL_LINES = 6


class EditHistory(QWidget):
    """One line per edit, initially a few of them; `class_name` returns the name of a class id."""

    def __init__(self, class_name: Callable[[str], str], theme: Theme) -> None:
        super().__init__()
        self._class_name = class_name
        self._theme = theme
        self._edits: Sequence[Edit] = ()
        self._show_all_edits = False
        self._lines: list[QLabel] = []
        self.empty_label = QLabel(self.tr("No decision on this image yet."), wordWrap=True)
        self.empty_label.setProperty("role", "muted")
        self.show_all_button = QPushButton()
        self.show_all_button.setProperty("role", "flat")
        self.show_all_button.clicked.connect(self._show_all)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.space("tight"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.space("tight"))
        layout.addWidget(self.empty_label)
        layout.addLayout(self._rows)
        layout.addWidget(self.show_all_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.set_edits([])

    @property
    def lines(self) -> list[str]:
        """The visible lines."""
        return [label.text() for label in self._lines if not label.isHidden()]

    def set_edits(self, edits: "Sequence[Edit]") -> None:
        """Show edits, given newest first."""
        self._edits = edits
        self._show_all_edits = False
        self._update_lines()

    def _show_all(self) -> None:
        self._show_all_edits = True
        self._update_lines()

    def _update_lines(self) -> None:
        edits, undone_edits = self._edits, undone_ids(self._edits)
        # A single hidden line would take no more space than the button.
        shown = (
            edits
            if self._show_all_edits or len(edits) <= _INITIAL_LINES + 1
            else edits[:_INITIAL_LINES]
        )
        now = datetime.now().astimezone()
        while len(self._lines) < len(shown):
            self._lines.append(self._add_label())
        for label, edit in zip(self._lines, shown, strict=False):
            self._fill_label(
                label,
                describe_with_author(edit, self._class_name, now),
                is_undone=edit.id in undone_edits,
            )
        for index, label in enumerate(self._lines):
            label.setVisible(index < len(shown))
        self.empty_label.setVisible(not edits)
        self.show_all_button.setVisible(len(shown) < len(edits))
        self.show_all_button.setText(self.tr("Show all {count}").format(count=number(len(edits))))

    def _fill_label(self, label: QLabel, text: str, *, is_undone: bool) -> None:
        font = self._theme.font()
        font.setStrikeOut(is_undone)
        label.setFont(font)
        label.setText(text)
        # Screen readers do not announce strike-through.
        label.setAccessibleName(
            self.tr("{words} (undone)").format(words=text) if is_undone else text
        )
        label.setToolTip(self.tr("Undone") if is_undone else "")

    def _add_label(self) -> QLabel:
        label = QLabel(wordWrap=True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._rows.addWidget(label)
        return label
