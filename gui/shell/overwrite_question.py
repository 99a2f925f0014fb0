"""Overwrite question: asks after an action on several images whether to change earlier decisions too."""

from engine.project.decisions import Edit
from gui.state.decisions import Decisions
from gui.state.overwriting import OverwriteConflict
from gui.theme import Theme
from gui.widgets.question_line import QuestionLine
from gui.words import number


class OverwriteQuestion(QuestionLine):
    """A line below the workspace on unchanged images, with a button that changes them too.

    Asked once per action.
    """

    def __init__(self, decisions: Decisions, theme: Theme) -> None:
        super().__init__(theme, "", "")
        self._conflict: OverwriteConflict | None = None
        self._expected_edits = 0
        self.no.setText(self.tr("Leave unchanged"))
        self.yes.setText(self.tr("Change {decided} too").format(decided=number(0)))
        decisions.overwriting.connect(self.ask)
        decisions.saved.connect(self._on_edit)
        decisions.project_changed.connect(self.put_away)

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
        self.yes.setText(button_text)
        self.show()
        self.no.setFocus()

    def put_away(self) -> None:
        """Close the question; the images stay unchanged."""
        self._conflict = None
        super().put_away()

    def agree(self) -> None:
        """Change the images too."""
        conflict = self._conflict
        self.refuse()
        if conflict is not None:
            conflict.apply()

    def _on_edit(self, _: Edit) -> None:
        # Another edit makes the question obsolete.
        if self._expected_edits:
            self._expected_edits -= 1
        elif self._conflict is not None:
            self.refuse() if self.has_keyboard else self.put_away()
