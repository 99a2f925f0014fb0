"""Competency page: starting and continuing competency tests, and the results of each person over time."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel

from engine.messages import Message
from engine.text import comparable_name
from gui.competency.competency_tests import CompetencyTests
from gui.report.blind_form_page import BlindFormPage, entered_name
from gui.report.competency_results import CompetencyResults
from gui.widgets.number_field import NumberField
from gui.words import moment, number, to_sentence
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.competency.truth import Truth

_MAX_CELLS = 1000
_MAX_MINUTES = 600
_USUAL_CELLS = 40
_DELAY_MS = 300


class CompetencyPage(BlindFormPage):
    """The form for a new test, the unfinished one, all results, and the chosen one in full."""

    def __init__(self, context: WorkspaceContext, tests: CompetencyTests) -> None:
        super().__init__(context.theme)
        self._context, self._tests = context, tests
        self._awaits_truth = False
        self.person = self.name_field(
            self.tr("Name of the person"), self.tr("Person who takes the test")
        )
        self.count = self.count_field(self.tr("Number of cells"), 2, _MAX_CELLS, _USUAL_CELLS)
        self.minutes = NumberField(context.theme, minimum=0, maximum=_MAX_MINUTES)
        self.minutes.setSpecialValueText(self.tr("no time limit"))
        self.minutes.setSuffix(self.tr(" minutes"))
        self.minutes.setAccessibleName(self.tr("Time limit in minutes"))
        self.start.setText(self.tr("Start the test"))
        self.go_on.setText(self.tr("Continue the test"))
        self.end.setText(self.tr("End it"))
        self.explanation.setText(
            self.tr(
                "A person labels drawn cells blind, equally many of each class; the score compares "
                "the answers with the labels of this folder. Esc pauses, and no answer is lost."
            )
        )
        self.basis = self.text_label("")
        self.own = self.text_label("warning")
        self.failure = self.text_label("warning")
        self.failure.hide()
        self.results = CompetencyResults(context, tests)
        # Delayed: decisions come in quick succession.
        self._timer = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._timer.timeout.connect(tests.refresh)
        self._compose()
        self.person.textChanged.connect(self._show_form)
        self.person.textEdited.connect(self._stay)
        tests.changed.connect(self.refresh)
        tests.failed.connect(self._show_failure)
        tests.ended.connect(self._show_ended)
        context.session.decided.connect(self._on_decided)
        context.sign_off_monitor.changed.connect(self._on_decided)

    def refresh(self) -> None:
        """Show the truth of the folder and the results."""
        self._show_form()
        self.results.refresh()

    def focus_form(self) -> None:
        """Move the focus to the name, and on to the button that starts once it can."""
        self.person.setFocus()
        self._awaits_truth = True
        self._show_form()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.person.text().strip() and self._context.decisions.reviewer:
            self.person.setText(self._context.decisions.reviewer)
        self.failure.hide()
        self._tests.refresh()

    def _show_form(self, *_: object) -> None:
        truth, person = self._tests.truth, entered_name(self.person)
        is_possible = truth is not None and truth.problem is None
        self.basis.setText(self._basis_text(truth))
        self.basis.setProperty("role", "" if is_possible or truth is None else "warning")
        self.basis.style().polish(self.basis)
        self.start.setEnabled(is_possible and bool(person) and not self._tests.is_starting)
        is_own = (
            truth is not None
            and is_possible
            and comparable_name(person) == comparable_name(truth.author)
        )
        self.own.setText(
            self.tr(
                "{who} stands for these labels: the score would say how far {who} agrees with "
                "their own labels."
            ).format(who=person)
        )
        self.own.setVisible(is_own)
        if self._awaits_truth and self.start.isEnabled() and self.person.hasFocus():
            self._awaits_truth = False
            self.start.setFocus()
        unfinished = self._tests.unfinished
        for widget in (self.state, self.go_on, self.end):
            widget.setVisible(unfinished is not None)
        if unfinished is not None:
            answered = sum(cell.answer is not None for cell in unfinished.cells)
            self.state.setText(
                self.tr("{who} has answered {n} of {total} {total:cell|cells} so far.").format(
                    who=unfinished.test.person,
                    n=number(answered),
                    total=number(len(unfinished.cells)),
                )
            )

    def _basis_text(self, truth: "Truth | None") -> str:
        if truth is None:
            return self.tr("The labels of this folder are being looked through.")
        if truth.problem is not None:
            return to_sentence(truth.problem)
        counts = {
            "n": number(len(truth.cells)),
            "classes": number(len({cell.label for cell in truth.cells})),
        }
        if truth.basis == "signed":
            signed = datetime.fromisoformat(truth.signed)
            return self.tr(
                "Drawn from {n} {n:cell|cells} of {classes} {classes:class|classes}, whose labels "
                "{who} signed off ({at})."
            ).format(who=truth.author, at=moment(signed, datetime.now().astimezone()), **counts)
        return self.tr(
            "Drawn from {n} {n:cell|cells} of {classes} {classes:class|classes} that a person "
            "labelled one by one; nobody has signed them off."
        ).format(**counts)

    def _show_ended(self, test_id: str) -> None:
        self.results.show_ended(test_id)
        if self.isVisible():
            self.results.result.focus_first()
            # Once the longer page is laid out; a test may end by its clock, so that nobody looks for the score.
            QTimer.singleShot(0, self, self._reveal_result)

    def _reveal_result(self) -> None:
        if (content := self.widget()) is not None:
            top = self.results.result.mapTo(content, QPoint(0, 0)).y()
            self.verticalScrollBar().setValue(top - self._context.theme.space("large"))

    def _show_failure(self, message: Message) -> None:
        self.failure.setText(to_sentence(message))
        self.failure.show()

    def _stay(self) -> None:
        # Whoever types a name is not interrupted.
        self._awaits_truth = False

    def _start(self) -> None:
        self.failure.hide()
        limit = self.minutes.value() * 60 or None
        self._tests.start(entered_name(self.person), self.count.value(), limit)

    def _continue(self) -> None:
        if (unfinished := self._tests.unfinished) is not None:
            self._tests.resume(unfinished)

    def _end(self) -> None:
        if (unfinished := self._tests.unfinished) is not None:
            self._tests.end(unfinished.test, unfinished.test.used_s, [])

    def _on_decided(self, *_: object) -> None:
        if self.isVisible():
            self._timer.start()

    def _compose(self) -> None:
        cells = QLabel(self.tr("Cells"))
        cells.setBuddy(self.count)
        form = self.row(self.person, cells, self.count, self.minutes, self.start)
        self.add(self.heading(self.tr("Competency test"), "title"), self.explanation)
        # What changes is below the form, so that its button does not move under the pointer.
        self.minutes.setMinimumWidth(self.minutes.sizeHint().width())
        self.add(form, self.basis, self.own, self.failure)
        self.add(self.state, self.row(self.go_on, self.end))
        self.add(self.results, gap_before=True)
        self.add_stretch()
