"""Competency results: the ended tests of each person over time, and the chosen one in full."""

from datetime import datetime

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.text import comparable_name
from gui.competency.competency_tests import CompetencyTests, TestResult
from gui.report.class_table import ClassTable, TableRow
from gui.report.competency_result import CompetencyResult
from gui.report.horizontal_scroll import HorizontalScrollArea
from gui.theme import Theme
from gui.words import decimal, moment, number, percent
from gui.workspace.context import WorkspaceContext


class CompetencyResults(QWidget):
    """A choice of the person, a table of their tests, and the test of the chosen row."""

    def __init__(self, context: WorkspaceContext, tests: CompetencyTests) -> None:
        super().__init__()
        self._tests = tests
        self._chosen = ""
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
        self._compose(context.theme)

    def refresh(self) -> None:
        """Show the results that are stored now."""
        self._list_people()
        self._show_results()

    def show_ended(self, test_id: str) -> None:
        """Show a test that has just ended."""
        self._chosen = test_id
        self.people.setCurrentIndex(0)
        self._show_results()

    def _list_people(self) -> None:
        # One entry a person, however they wrote their name; the latest spelling is shown.
        spellings = {
            comparable_name(r.test.person): r.test.person for r in reversed(self._tests.results)
        }
        names = sorted(spellings.values(), key=comparable_name)
        current = self.people.currentData()
        self.people.blockSignals(True)
        self.people.clear()
        self.people.addItem(self.tr("all people"), "")
        for name in names:
            self.people.addItem(name, comparable_name(name))
        self.people.setCurrentIndex(max(self.people.findData(current), 0))
        self.people.blockSignals(False)

    def _show_results(self, *_: object) -> None:
        shown = self._shown_results()
        for widget in (self._heading, self.people, self._table_area):
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
        return [r for r in self._tests.results if person in ("", comparable_name(r.test.person))]

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

    def _compose(self, theme: Theme) -> None:
        self._heading = QLabel(self.tr("Results"))
        self._heading.setFont(theme.font(strong=True))
        chooser = QHBoxLayout()
        chooser.addWidget(self._heading)
        chooser.addWidget(self.people)
        chooser.addStretch()
        self._table_area = HorizontalScrollArea(self.table)
        self.table.reached.connect(self._table_area.reveal)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.space("small"))
        rows.addLayout(chooser)
        rows.addWidget(self._table_area)
        rows.addSpacing(theme.space("large"))
        rows.addWidget(self.result)
