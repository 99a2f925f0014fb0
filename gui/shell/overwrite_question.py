"""Overwrite question: asks after an action on several images whether to change the others too."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QPushButton

from engine.project.decisions import Edit
from gui.state.bulk_outcome import BulkOutcome
from gui.state.decisions import Decisions
from gui.state.doubtful import doubtful_explanation
from gui.theme import Theme
from gui.widgets.question_line import QuestionLine
from gui.words import number


class OverwriteQuestion(QuestionLine):
    """A line below the workspace on unchanged images, with buttons that change them too.

    One button is for other decisions of a person, one for images that the program itself doubts.
    """

    def __init__(self, decisions: Decisions, theme: Theme) -> None:
        super().__init__(theme, "", "")
        self._outcome: BulkOutcome | None = None
        self._expected_edits = 0
        self.no.setText(self.tr("Leave unchanged"))
        self.include = QPushButton()
        self.include.setToolTip(
            f"{doubtful_explanation()} "
            + self.tr("The filter “Doubtful” lists them; “Doubtful first” sorts by it.")
        )
        self.include.clicked.connect(self.include_doubtful)
        self.line.addWidget(self.include)
        self._offer(0, 0)
        decisions.left_unchanged.connect(self.ask)
        decisions.saved.connect(self._on_edit)
        decisions.project_changed.connect(self.put_away)

    def ask(self, outcome: BulkOutcome) -> None:
        """Show what an action changed, and ask about what it left unchanged."""
        self._outcome = outcome
        # The edit of the other images does not end the question.
        self._expected_edits = 1 if outcome.changed else 0
        self.label.setText(self._outcome_text(outcome))
        self.label.setToolTip(self.include.toolTip() if outcome.doubtful else "")
        self._offer(outcome.conflicting, outcome.doubtful)
        self.show()
        self.no.setFocus()

    def _offer(self, conflicting: int, doubtful: int) -> None:
        self.yes.setText(self.tr("Change {decided} too").format(decided=number(conflicting)))
        self.yes.setVisible(conflicting > 0)
        self.include.setText(self.tr("Confirm {count} doubtful too").format(count=number(doubtful)))
        self.include.setVisible(doubtful > 0)

    def put_away(self) -> None:
        """Close the question; the images stay unchanged."""
        self._outcome = None
        super().put_away()

    def agree(self) -> None:
        """Change the images with other decisions too."""
        if (outcome := self._outcome) is not None:
            rest = replace(outcome, changed=outcome.changed + outcome.conflicting, conflicting=0)
            self._change(outcome.overwrite, rest)

    def include_doubtful(self) -> None:
        """Change the doubtful images too."""
        if (outcome := self._outcome) is not None:
            rest = replace(outcome, changed=outcome.changed + outcome.doubtful, doubtful=0)
            self._change(outcome.include_doubtful, rest)

    def _change(self, apply: Callable[[], None], rest: BulkOutcome) -> None:
        self.ask(rest) if rest.has_question else self.refuse()
        apply()

    def _on_edit(self, _: Edit) -> None:
        # Another edit makes the question obsolete.
        if self._expected_edits:
            self._expected_edits -= 1
        elif self._outcome is not None:
            self.refuse() if self.has_keyboard else self.put_away()

    def _outcome_text(self, outcome: BulkOutcome) -> str:
        """Return what happened to all selected images; the numbers sum up."""
        parts = [self.tr("{chosen} {chosen:image|images} selected, {changed} changed.")]
        if outcome.same:
            parts.append(self.tr("{same} already had this decision."))
        if outcome.conflicting:
            parts.append(
                self.tr("{decided} with a different decision {decided:was|were} left unchanged.")
            )
        if outcome.doubtful:
            parts.append(
                self.tr("{doubtful} doubtful {doubtful:cell|cells} left for single decisions.")
            )
        if outcome.unpredicted:
            parts.append(self.tr("{unpredicted} without a prediction."))
        return " ".join(parts).format(
            chosen=number(outcome.total),
            changed=number(outcome.changed),
            same=number(outcome.same),
            decided=number(outcome.conflicting),
            doubtful=number(outcome.doubtful),
            unpredicted=number(outcome.unpredicted),
        )
