"""Competency result: one test in full, with its certificate and exports."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.project.decisions import NOT_CLASSED
from gui.competency.competency_tests import CompetencyTests, TestResult
from gui.competency.result_files import write_result
from gui.report.class_table import ClassTable, TableRow
from gui.report.horizontal_scroll import HorizontalScrollArea
from gui.widgets import dialogs
from gui.words import class_name, decimal, number, percent
from gui.workspace.context import WorkspaceContext


class CompetencyResult(QWidget):
    """The score of one test by class, what was taken for what, and buttons."""

    missed_requested = Signal(object)
    """The `TestResult` whose missed cells are to be shown."""

    def __init__(self, context: WorkspaceContext, tests: CompetencyTests) -> None:
        super().__init__()
        self._context, self._tests = context, tests
        self.result: TestResult | None = None
        self.title = QLabel(wordWrap=True)
        self.title.setFont(context.theme.font(strong=True))
        self.summary = QLabel(wordWrap=True)
        self.table = ClassTable(
            context.theme,
            (
                self.tr("Class"),
                self.tr("cells"),
                self.tr("correct"),
                self.tr("called so"),
                self.tr("correct %"),
                self.tr("95% interval"),
            ),
        )
        self.table.setAccessibleName(self.tr("Score by class"))
        self.confused = QLabel(wordWrap=True)
        self.confused.setProperty("role", "muted")
        self.missed = QPushButton()
        self.missed.clicked.connect(self._show_missed)
        self.certificate = QPushButton(self.tr("Certificate (PDF)…"))
        self.certificate.clicked.connect(self._save_certificate)
        self.as_csv = QPushButton(self.tr("Export as CSV…"))
        self.as_csv.clicked.connect(self._save_csv)
        self.as_json = QPushButton(self.tr("Export as JSON…"))
        self.as_json.clicked.connect(self._save_json)
        self.saved = QLabel(wordWrap=True)
        self._compose()
        self.hide()

    def show_result(self, result: TestResult | None) -> None:
        """Show a test, or nothing."""
        if result is None or self.result is None or result.test.id != self.result.test.id:
            self.saved.clear()
        self.result = result
        self.setVisible(result is not None)
        if result is None:
            return
        test, has_ended = result.test, bool(result.test.ended)
        self.title.setText(
            self.tr("{who}: test of {n} {n:cell|cells} from {folder}").format(
                who=test.person, n=number(len(result.cells)), folder=test.folder
            )
        )
        self.summary.setText(self._summary(result))
        for widget in (self._table_area, self.certificate, self.as_csv, self.as_json):
            widget.setVisible(has_ended)
        missed = len(result.score.missed)
        self.missed.setText(self.tr("Show {n} missed {n:cell|cells}").format(n=number(missed)))
        self.missed.setVisible(has_ended and missed > 0 and self._tests.is_here(result))
        self.confused.setVisible(has_ended and bool(result.score.confused))
        if has_ended:
            self._show_classes(result)

    def focus_first(self) -> None:
        """Move the focus to the first button of the result."""
        (self.missed if self.missed.isVisible() else self.certificate).setFocus()

    def _summary(self, result: TestResult) -> str:
        overall, parts = result.score.overall, list[str]()
        if not result.test.ended:
            # Nobody sees how well it goes while it runs.
            return self.tr("This test has not ended.")
        if result.test.ran_out_of_time:
            answered = sum(cell.answer is not None for cell in result.cells)
            parts.append(
                self.tr("Time ran out with {n} of {total} {total:cell|cells} answered.").format(
                    n=number(answered), total=number(len(result.cells))
                )
            )
        if overall.share is None:
            return " ".join([*parts, self.tr("No cell of this test could be scored.")])
        low, high = overall.interval
        parts.append(
            self.tr(
                "{n} of {total} {total:cell|cells} correct: {share} (95% interval {low} to {high})."
            ).format(
                n=number(overall.agreed),
                total=number(overall.n),
                share=percent(overall.share),
                low=percent(low),
                high=percent(high),
            )
        )
        if overall.kappa is not None and overall.kappa_interval is not None:
            low, high = overall.kappa_interval
            parts.append(
                self.tr("Cohen's kappa is {kappa} (95% interval {low} to {high}).").format(
                    kappa=decimal(overall.kappa, 3), low=decimal(low, 3), high=decimal(high, 3)
                )
            )
        if unanswered := result.score.unanswered:
            parts.append(
                self.tr("{n} {n:cell|cells} without an answer {n:counts|count} as missed.").format(
                    n=number(unanswered)
                )
            )
        if absent := result.score.absent:
            parts.append(
                self.tr(
                    "{n} {n:cell whose image was|cells whose images were} gone {n:is|are} left out."
                ).format(n=number(absent))
            )
        return " ".join(parts)

    def _show_classes(self, result: TestResult) -> None:
        styles = self._context.session.class_styles
        self.table.show_rows(
            [
                TableRow(
                    None if row.class_id == NOT_CLASSED else styles.find(row.class_id),
                    (
                        self._name(result, row.class_id),
                        number(row.drawn),
                        number(row.correct),
                        number(row.given),
                        "" if row.share is None else percent(row.share),
                        ""
                        if row.share is None
                        else f"{percent(row.interval[0])} – {percent(row.interval[1])}",
                    ),
                )
                for row in result.score.classes
            ]
        )
        lines = [
            self.tr("{first} → {second}: {n}").format(
                first=self._name(result, truth),
                second=self._name(result, answer),
                n=number(count),
            )
            for truth, answer, count in result.score.confused
        ]
        title = self.tr("Confused (true class → answer):")
        self.confused.setText("\n".join([title, *lines]))

    def _name(self, result: TestResult, class_id: str) -> str:
        if not class_id:
            return self.tr("no answer")
        if class_id == NOT_CLASSED:
            return self.tr("Not classed")
        return class_name(result.test.class_names.get(class_id, class_id))

    def _save_certificate(self) -> None:
        self._save(dialogs.SAVE_CERTIFICATE, ".pdf")

    def _save_csv(self) -> None:
        self._save(dialogs.SAVE_TABLE, ".csv")

    def _save_json(self) -> None:
        self._save(dialogs.SAVE_JSON, ".json")

    def _save(self, question: str, suffix: str) -> None:
        if self.result is None:
            return
        test, cells = self.result.test, self.result.cells
        proposed = Path.home() / f"competency-{test.started[:10]}{suffix}"
        file = dialogs.ask(self, question, proposed)
        if file is not None:
            self.saved.clear()
            task = self._context.workers.start(write_result, (test, cells), file)
            task.done.connect(self._show_saved)
            self._context.errors.watch(task)

    def _show_missed(self) -> None:
        self.missed_requested.emit(self.result)

    def _show_saved(self, file: Path) -> None:
        self.saved.setText(self.tr("Saved as {file}.").format(file=str(file)))

    def _compose(self) -> None:
        theme = self._context.theme
        self._table_area = HorizontalScrollArea(self.table)
        self.table.reached.connect(self._table_area.reveal)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.space("small"))
        for button in (self.missed, self.certificate, self.as_csv, self.as_json):
            self._buttons.addWidget(button)
        self._buttons.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.space("small"))
        for widget in (self.title, self.summary):
            rows.addWidget(widget)
        rows.addLayout(self._buttons)
        rows.addWidget(self.saved)
        rows.addWidget(self._table_area)
        rows.addWidget(self.confused)
