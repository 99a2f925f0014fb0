"""The evaluation of the labelled images: figures whose parts open the images behind them."""

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from engine.evaluate.basis import says
from engine.exchange.report.model import Evaluation
from engine.messages import Message
from gui.desk import Desk
from gui.report.evaluation.confusion import Confusion
from gui.report.evaluation.mistakes import Mistakes
from gui.report.evaluation.needs import NeedsList
from gui.report.evaluation.robustness import Robustness
from gui.report.judged import Judged
from gui.report.page import ReportPage
from gui.report.reporting import Reporting
from gui.report.sideways import Sideways
from gui.report.table import ClassTable, Line
from gui.words import decimal, number, percent, say


class EvaluationPage(ReportPage):
    """The figures, or why there are none."""

    def __init__(self, desk: Desk, reporting: Reporting) -> None:
        super().__init__(desk.theme)
        self._desk, self._reporting = desk, reporting
        theme = desk.theme
        self.about = self.said()
        self.confusion = Confusion(theme)
        self.confusion.opened.connect(self._open_cell)
        self.shares = QCheckBox(self.tr("Percentages of each label's images"))
        self.shares.toggled.connect(lambda: self.confusion.set_shares(self.shares.isChecked()))
        head = (
            self.tr("Class"),
            self.tr("Images"),
            self.tr("Precision"),
            self.tr("Recall"),
            self.tr("F1"),
            self.tr("ROC AUC"),
        )
        self.table = ClassTable(theme, head)
        self.table.setAccessibleName(self.tr("Figures of each class"))
        self.table.opened.connect(self._open_class)
        matrix, classes = Sideways(self.confusion), Sideways(self.table)
        self.confusion.reached.connect(matrix.reveal)
        self.table.reached.connect(classes.reveal)
        self.needs = NeedsList(desk)
        self.figures: QWidget | None = None
        self.mistakes = Mistakes(desk)
        self.robustness = Robustness(desk, reporting)
        self._whole = QWidget()
        self._place = QVBoxLayout()
        self.add(self.heading(self.tr("Evaluation"), "title"), self.about, self._whole)
        rows = QVBoxLayout(self._whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.space("small"))
        for title, *parts in (
            (self.tr("Which are taken for which"), matrix, self.shares),
            (self.tr("Each class"), classes),
            (self.tr("How many to look at"), self.needs),
        ):
            rows.addSpacing(theme.space("small"))
            rows.addWidget(self.heading(title))
            for part in parts:
                rows.addWidget(part)
        rows.addLayout(self._place)
        for title, part in (
            (self.tr("The mistakes it was surest of"), self.mistakes),
            (self.tr("Robustness"), self.robustness),
        ):
            rows.addSpacing(theme.space("large"))
            rows.addWidget(self.heading(title))
            rows.addWidget(part)
        self.end()

    def refresh(self) -> None:
        """Show the report that is there now."""
        drawn = self._reporting.drawn
        if drawn is None:
            return
        found, judged = drawn.report.evaluation, drawn.judged
        self._whole.setVisible(found is not None)
        if found is None or judged is None:
            self.about.setText(
                self.tr(
                    "There is nothing to compare with: no image has a label from its folder, or from a "
                    "person who decided on it alone."
                )
            )
            return
        self.about.setText(self._summary(found))
        looks = self._desk.session.looks
        self.confusion.show_metrics(found.metrics, looks)
        self.table.show_lines(self._lines(found))
        self.needs.show_needs(found.needs, judged)
        self._show_figures(found, judged)
        self.mistakes.show_mistakes(found.mistakes)
        self.robustness.refresh()

    def _summary(self, found: Evaluation) -> str:
        metrics = found.metrics
        low, high = metrics.accuracy_interval
        words = self.tr(
            "Of {n} labelled {n:image|images} {accuracy} {n:is|are} read as labelled (95% interval "
            "{low} to {high}); balanced accuracy {balanced}, macro F1 {f1}, calibration error {ece}."
        )
        said = words.format(
            n=number(metrics.n),
            accuracy=percent(metrics.accuracy),
            low=percent(low),
            high=percent(high),
            balanced=percent(metrics.balanced_accuracy),
            f1=decimal(metrics.f1_macro, 4),
            ece=percent(metrics.ece),
        )
        parts = [said]
        if metrics.roc_auc is not None:
            parts.append(self.tr("ROC AUC {auc}.").format(auc=decimal(metrics.roc_auc, 4)))
        parts += [say(one) for one in says(found.basis, found.apart)]
        if found.together:
            parts.append(say(Message("report.no_evidence", {"n": found.together})))
        return " ".join(parts)

    def _lines(self, found: Evaluation) -> list[Line]:
        looks = self._desk.session.looks
        return [
            Line(
                look := looks.find(name),
                (
                    look.name,
                    number(one.n),
                    _share(one.precision),
                    _share(one.recall),
                    _share(one.f1),
                    "" if one.auc is None else decimal(one.auc, 4),
                ),
            )
            for name, one in found.metrics.per_class.items()
        ]

    def _show_figures(self, found: Evaluation, judged: Judged) -> None:
        from gui.report.evaluation.figures import Figures

        if self.figures is None:
            self.figures = Figures(self._desk)
            self._place.addSpacing(self._desk.theme.space("large"))
            self._place.addWidget(self.heading(self.tr("Curves")))
            self._place.addWidget(self.figures)
        assert isinstance(self.figures, Figures)
        self.figures.show_evaluation(found, judged)

    def _open_cell(self, row: int, column: int) -> None:
        drawn = self._reporting.drawn
        if drawn is None or drawn.judged is None:
            return
        looks, classes = self._desk.session.looks, drawn.judged.classes
        words = self.tr("Labelled {label}, read as {said}").format(
            label=looks.find(classes[row]).name, said=looks.find(classes[column]).name
        )
        self._desk.show_images(drawn.judged.cell(row, column), words)

    def _open_class(self, line: Line) -> None:
        drawn = self._reporting.drawn
        if drawn is None or drawn.judged is None or line.look is None:
            return
        place = drawn.judged.classes.index(line.look.id)
        paths = [
            path
            for column in range(len(drawn.judged.classes))
            if column != place
            for path in (*drawn.judged.cell(place, column), *drawn.judged.cell(column, place))
        ]
        if paths:
            words = self.tr("Mistakes with {name}").format(name=line.look.name)
            self._desk.show_images(paths, words)


def _share(value: float | None) -> str:
    return "" if value is None else percent(value)
