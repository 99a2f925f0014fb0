"""Overwrite question: asks after an action on several images whether to change earlier decisions too."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from engine.project.decisions import Edit
from gui.state.decisions import Decisions, OverwriteConflict
from gui.theme import Theme
from gui.words import number


class OverwriteQuestion(QWidget):
    """A line below the workspace on unchanged images, with a button that changes them too.

    Asked once per action; anything but that button means no.
    """

    done = Signal()
    """The images may take the keyboard focus again."""

    def __init__(self, decisions: Decisions, theme: Theme) -> None:
        super().__init__()
        self._conflict: OverwriteConflict | None = None
        self._expected_edits = 0
        self.setObjectName("question")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.label = QLabel(wordWrap=True)
        self.leave = QPushButton(self.tr("Leave unchanged"))
        self.change = QPushButton(self.tr("Change {decided} too").format(decided=number(0)))
        row = QHBoxLayout(self)
        small, large = theme.space("small"), theme.space("large")
        row.setContentsMargins(large, small, large, small)
        row.setSpacing(small)
        row.addWidget(self.label, 1)
        row.addWidget(self.leave)
        row.addWidget(self.change)
        self.leave.clicked.connect(self.leave_alone)
        self.change.clicked.connect(self._change)
        decisions.overwriting.connect(self.ask)
        decisions.saved.connect(self._on_edit)
        decisions.project_changed.connect(self.put_away)
        self.hide()

    def ask(self, conflict: OverwriteConflict) -> None:
        """Show the question for a conflict."""
        self._conflict = conflict
        # The edit of the other images does not end the question.
        self._expected_edits = 1 if conflict.changed else 0
        text = self.tr(
            "{chosen} {chosen:image|images} selected, {changed} changed. {decided} with a "
            "different decision {decided:was|were} left unchanged."
        )
        self.label.setText(
            text.format(
                chosen=number(conflict.total),
                changed=number(conflict.changed),
                decided=number(conflict.conflicting),
            )
        )
        button_text = self.tr("Change {decided} too").format(decided=number(conflict.conflicting))
        self.change.setText(button_text)
        self.show()
        self.leave.setFocus()

    @property
    def has_keyboard(self) -> bool:
        """Whether one of its buttons has the keyboard focus."""
        return self.leave.hasFocus() or self.change.hasFocus()

    def put_away(self) -> None:
        """Close the question; the images stay unchanged."""
        self._conflict = None
        self.hide()

    def leave_alone(self) -> None:
        """Answer no and return the focus to the images."""
        self.put_away()
        self.done.emit()

    def _change(self) -> None:
        conflict = self._conflict
        self.leave_alone()
        if conflict is not None:
            conflict.apply()

    def _on_edit(self, _: Edit) -> None:
        # Another edit makes the question obsolete.
        if self._expected_edits:
            self._expected_edits -= 1
        elif self._conflict is not None:
            self.leave_alone() if self.has_keyboard else self.put_away()
