"""The question after an action on several images: shall it change what a person had decided otherwise?"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from engine.project.decisions import Edit
from gui.state.decisions import Decisions, OverwriteConflict
from gui.theme import Theme
from gui.words import number


class OverwriteQuestion(QWidget):
    """One line below the work: what was left alone, and a button that changes it all the same.

    Asked once for each action. What is answered by anything but that button is no.
    """

    done = Signal()
    """The keyboard may go back to the images."""

    def __init__(self, decisions: Decisions, theme: Theme) -> None:
        super().__init__()
        self._asked: OverwriteConflict | None = None
        self._own = 0
        self.setObjectName("question")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = QLabel(wordWrap=True)
        self.leave = QPushButton(self.tr("Leave unchanged"))
        self.change = QPushButton(self.tr("Change {decided} too").format(decided=number(0)))
        row = QHBoxLayout(self)
        small, large = theme.space("small"), theme.space("large")
        row.setContentsMargins(large, small, large, small)
        row.setSpacing(small)
        row.addWidget(self.words, 1)
        row.addWidget(self.leave)
        row.addWidget(self.change)
        self.leave.clicked.connect(self.leave_alone)
        self.change.clicked.connect(self._change)
        decisions.overwriting.connect(self.ask)
        decisions.saved.connect(self._move_on)
        decisions.project_changed.connect(self.put_away)
        self.hide()

    def ask(self, asked: OverwriteConflict) -> None:
        """Say what was left alone, and ask."""
        self._asked = asked
        # The change of the others is written by now, or will be: it does not end the question.
        self._own = 1 if asked.changed else 0
        said = self.tr(
            "{chosen} {chosen:image|images} selected, {changed} changed. {decided} with a "
            "different decision {decided:was|were} left unchanged."
        )
        self.words.setText(
            said.format(
                chosen=number(asked.chosen),
                changed=number(asked.changed),
                decided=number(asked.decided),
            )
        )
        words = self.tr("Change {decided} too").format(decided=number(asked.decided))
        self.change.setText(words)
        self.show()
        self.leave.setFocus()

    @property
    def has_keyboard(self) -> bool:
        """Whether a key would press one of its buttons."""
        return self.leave.hasFocus() or self.change.hasFocus()

    def put_away(self) -> None:
        """Leave alone what was left alone."""
        self._asked = None
        self.hide()

    def leave_alone(self) -> None:
        """Answer no, and go back to the images."""
        self.put_away()
        self.done.emit()

    def _change(self) -> None:
        asked = self._asked
        self.leave_alone()
        if asked is not None:
            asked.go_on()

    def _move_on(self, _: Edit) -> None:
        # Something else was decided, or taken back: the question is of the past.
        if self._own:
            self._own -= 1
        elif self._asked is not None:
            self.leave_alone() if self.has_keyboard else self.put_away()
