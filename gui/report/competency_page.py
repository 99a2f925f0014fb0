"""Competency page: starting and continuing competency tests, and the results of each person over time."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSpinBox

from engine.messages import Message
from gui.competency.competency_tests import CompetencyTests, TestResult
from gui.report.class_table import ClassTable, TableRow
from gui.report.competency_result import CompetencyResult
from gui.report.horizontal_scroll import HorizontalScrollArea
from gui.report.report_page import ReportPage
from gui.words import decimal, moment, number, percent, to_sentence
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from engine.competency.truth import Truth

_MAX_NAME = 60
_MAX_CELLS = 1000
_MAX_MINUTES = 600
_USUAL_CELLS = 40
_DELAY_MS = 300


class CompetencyPage(ReportPage):
    """The form for a new test, the unfinished one, all results, and the chosen one in full."""

    def __init__(self, context: WorkspaceContext, tests: CompetencyTests) -> None:
        super().__init__(context.theme)
        self._context, self._tests = context, tests
        self._chosen = ""
        self._awaits_truth = False
        self.person = QLineEdit(maxLength=_MAX_NAME)
        self.person.setPlaceholderText(self.tr("Name of the person"))
        self.person.setAccessibleName(self.tr("Person who takes the test"))
        self.count = QSpinBox(minimum=2, maximum=_MAX_CELLS, value=_USUAL_CELLS)
        self.count.setAccessibleName(self.tr("Number of cells"))
        self.minutes = QSpinBox(minimum=0, maximum=_MAX_MINUTES)
        self.minutes.setSpecialValueText(self.tr("no time limit"))
        self.minutes.setSuffix(self.tr(" minutes"))
        self.minutes.setAccessibleName(self.tr("Time limit in minutes"))
        self.start = QPushButton(self.tr("Start the test"))
        self.start.setProperty("role", "primary")
        self.start.clicked.connect(self._start)
        self.explanation = self.text_label()
        self.explanation.setText(
            self.tr(
                "A person labels drawn cells blind, equally many of each class; the score compares "
                "the answers with the labels of this folder. Esc pauses, and no answer is lost."
            )
        )
        self.basis = self.text_label("")
        self.own = self.text_label("warning")
        self.state = self.text_label("")
        self.go_on = QPushButton(self.tr("Continue the test"))
        self.go_on.clicked.connect(self._continue)
        self.end = QPushButton(self.tr("End it"))
        self.end.clicked.connect(self._end)
        self.failure = self.text_label("warning")
        self.failure.hide()
        self.people = QComboBox()
        self.people.setAccessibleName(self.tr("Results of"))
        self.people.currentIndexChanged.connect(self._show_results)
        self.table = ClassTable(
            context.theme,
            (
                self.tr("Person"),
                self.tr("When"),
                self.tr("Folder"),
                self.tr("cells"),
                self.tr("correct"),
                self.tr("95% interval"),
                self.tr("kappa"),
            ),
        )
        self.table.setAccessibleName(self.tr("Results of competency tests"))
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.result = CompetencyResult(context, tests)
        # Delayed: decisions come in quick succession.
        self._timer = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._timer.timeout.connect(tests.refresh)
        self._compose()
        self.person.textChanged.connect(self._show_form)
        self.person.textEdited.connect(self._stay)
        self.person.returnPressed.connect(self._start)
        tests.changed.connect(self.refresh)
        tests.failed.connect(self._show_failure)
        tests.ended.connect(self._show_ended)
        context.session.decided.connect(self._on_decided)
        context.sign_off_monitor.changed.connect(self._on_decided)

    def refresh(self) -> None:
        """Show the truth of the folder and the results."""
        self._show_form()
        self._show_people()
        self._show_results()

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
        truth, person = self._tests.truth, self.person.text().strip()
        is_possible = truth is not None and truth.problem is None
        self.basis.setText(self._basis_text(truth))
        self.basis.setProperty("role", "" if is_possible or truth is None else "warning")
        self.basis.style().polish(self.basis)
        self.start.setEnabled(is_possible and bool(person) and not self._tests.is_starting)
        is_own = truth is not None and person.casefold() == truth.author.casefold() and is_possible
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

    def _show_people(self) -> None:
        names = sorted({result.test.person for result in self._tests.results})
        current = self.people.currentData()
        self.people.blockSignals(True)
        self.people.clear()
        self.people.addItem(self.tr("all people"), "")
        for name in names:
            self.people.addItem(name, name)
        self.people.setCurrentIndex(max(self.people.findData(current), 0))
        self.people.blockSignals(False)

    def _show_results(self, *_: object) -> None:
        shown = self._shown_results()
        for widget in (self._results_heading, self.people, self._table_area):
            widget.setVisible(bool(self._tests.results))
        self.table.blockSignals(True)
        self.table.show_rows([self._row(result) for result in shown])
        self.table.blockSignals(False)
        ids = [result.test.id for result in shown]
        if self._chosen not in ids:
            self._chosen = ids[0] if ids else ""
        if self._chosen:
            self.table.selectRow(ids.index(self._chosen))
        self._show_chosen()

    def _shown_results(self) -> list[TestResult]:
        person = self.people.currentData() or ""
        return [r for r in self._tests.results if person in ("", r.test.person)]

    def _row(self, result: TestResult) -> TableRow:
        test, overall = result.test, result.score.overall
        when = moment(datetime.fromisoformat(test.started), datetime.now().astimezone())
        figures = (self.tr("not ended"), "", "")
        if test.ended and overall.share is not None:
            low, high = overall.interval
            kappa = "" if overall.kappa is None else decimal(overall.kappa, 3)
            figures = (percent(overall.share), f"{percent(low)} – {percent(high)}", kappa)
        texts = (test.person, when, test.folder, number(overall.n), *figures)
        return TableRow(None, texts, is_total=False)

    def _choose(self, *_: object) -> None:
        row, shown = self.table.currentIndex().row(), self._shown_results()
        if 0 <= row < len(shown):
            self._chosen = shown[row].test.id
            self._show_chosen()

    def _show_chosen(self) -> None:
        shown = self._shown_results()
        self.result.show_result(next((r for r in shown if r.test.id == self._chosen), None))

    def _show_ended(self, test_id: str) -> None:
        self._chosen = test_id
        self.people.setCurrentIndex(0)
        self._show_results()
        if self.isVisible():
            self.result.focus_first()

    def _show_failure(self, message: Message) -> None:
        self.failure.setText(to_sentence(message))
        self.failure.show()

    def _stay(self) -> None:
        # Whoever types a name is not interrupted.
        self._awaits_truth = False

    def _start(self) -> None:
        if not self.start.isEnabled():
            return
        self.failure.hide()
        limit = self.minutes.value() * 60 or None
        self._tests.start(" ".join(self.person.text().split()), self.count.value(), limit)

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
        form = QHBoxLayout()
        cells = QLabel(self.tr("Cells"))
        cells.setBuddy(self.count)
        for widget in (self.person, cells, self.count, self.minutes, self.start):
            form.addWidget(widget)
        form.addStretch()
        buttons = QHBoxLayout()
        for button in (self.go_on, self.end):
            buttons.addWidget(button)
        buttons.addStretch()
        self._results_heading = self.heading(self.tr("Results"))
        chooser = QHBoxLayout()
        chooser.addWidget(self._results_heading)
        chooser.addWidget(self.people)
        chooser.addStretch()
        self._table_area = HorizontalScrollArea(self.table)
        self.table.reached.connect(self._table_area.reveal)
        self.add(self.heading(self.tr("Competency test"), "title"), self.explanation)
        # What changes is below the form, so that its button does not move under the pointer.
        self.minutes.setMinimumWidth(self.minutes.sizeHint().width())
        self.add(form, self.basis, self.own, self.failure)
        self.add(self.state, buttons)
        self.add(chooser, self._table_area, gap_before=True)
        self.add(self.result, gap_before=True)
        self.add_stretch()
