"""Evaluation page: figures of the labelled images; their parts open the images behind them."""

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from engine.evaluate.evaluation_basis import basis_messages
from engine.exchange.report.evaluation import bulk_messages
from engine.exchange.report.report_data import Evaluation
from gui.report.class_table import ClassTable, TableRow
from gui.report.evaluated_images import EvaluatedImages
from gui.report.evaluation.confusion_matrix import ConfusionMatrix
from gui.report.evaluation.mistake_grid import MistakeGrid
from gui.report.evaluation.review_effort import ReviewEffortList
from gui.report.evaluation.robustness_panel import RobustnessPanel
from gui.report.evaluation.slice_panel import SlicePanel
from gui.report.horizontal_scroll import HorizontalScrollArea
from gui.report.report_controller import ReportController
from gui.report.report_page import ReportPage
from gui.words import decimal, number, percent, to_sentence
from gui.workspace.context import WorkspaceContext


class EvaluationPage(ReportPage):
    """Confusion matrix, class table, review effort, curves, mistakes and robustness."""

    def __init__(self, context: WorkspaceContext, reporting: ReportController) -> None:
        super().__init__(context.theme)
        self._context, self._reporting = context, reporting
        theme = context.theme
        self.about = self.text_label()
        self.confusion = ConfusionMatrix(theme)
        self.confusion.opened.connect(self._open_cell)
        self.shares = QCheckBox(self.tr("Percentages of each label"))
        self.shares.toggled.connect(lambda: self.confusion.set_shares(self.shares.isChecked()))
        titles = (
            self.tr("Class"),
            self.tr("Images"),
            self.tr("Precision"),
            self.tr("Recall"),
            self.tr("F1"),
            self.tr("ROC AUC"),
        )
        self.table = ClassTable(theme, titles)
        self.table.setAccessibleName(self.tr("Figures by class"))
        self.table.opened.connect(self._open_class)
        matrix_area, table_area = (
            HorizontalScrollArea(self.confusion),
            HorizontalScrollArea(self.table),
        )
        self.confusion.reached.connect(matrix_area.reveal)
        self.table.reached.connect(table_area.reveal)
        self.review_effort = ReviewEffortList(context)
        self.curves: QWidget | None = None
        self.mistakes = MistakeGrid(context)
        self.slices = SlicePanel(context, reporting)
        self.robustness = RobustnessPanel(context, reporting)
        self._evaluation_content = QWidget()
        self._curves_layout = QVBoxLayout()
        self.add(self.heading(self.tr("Evaluation"), "title"), self.about, self._evaluation_content)
        rows = QVBoxLayout(self._evaluation_content)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.space("small"))
        for title, *parts in (
            (self.tr("Confusion matrix"), matrix_area, self.shares),
            (self.tr("By class"), table_area),
            (self.tr("How many to review"), self.review_effort),
        ):
            rows.addSpacing(theme.space("small"))
            rows.addWidget(self.heading(title))
            for part in parts:
                rows.addWidget(part)
        rows.addLayout(self._curves_layout)
        for title, part in (
            (self.tr("Most confident mistakes"), self.mistakes),
            (self.tr("Weak slices"), self.slices),
            (self.tr("Robustness"), self.robustness),
        ):
            rows.addSpacing(theme.space("large"))
            rows.addWidget(self.heading(title))
            rows.addWidget(part)
        self.add_stretch()

    def refresh(self) -> None:
        """Show the current report."""
        draft = self._reporting.draft
        if draft is None:
            return
        evaluation, evaluated = draft.report.evaluation, draft.evaluated
        self._evaluation_content.setVisible(evaluation is not None)
        if evaluation is None or evaluated is None:
            nothing = self.tr(
                "There is nothing to evaluate against: no image has a label from its "
                "folder or from an individual review."
            )
            bulk = draft.bulk_confirmed
            self.about.setText(" ".join([nothing, *map(to_sentence, bulk_messages(bulk, bulk))]))
            return
        self.about.setText(self._summary(evaluation))
        class_styles = self._context.session.class_styles
        self.confusion.show_metrics(evaluation.metrics, class_styles)
        self.table.show_rows(self._class_rows(evaluation))
        self.review_effort.show_efforts(evaluation.review_efforts, evaluated)
        self._show_curves(evaluation, evaluated)
        self.mistakes.show_mistakes(evaluation.mistakes)
        self.robustness.refresh()

    def _summary(self, evaluation: Evaluation) -> str:
        metrics = evaluation.metrics
        low, high = metrics.accuracy_interval
        template = self.tr(
            "Accuracy {accuracy} on {n} labelled {n:image|images} (95% interval {low} to "
            "{high}); balanced accuracy {balanced}, macro F1 {f1}, calibration error {ece}."
        )
        summary = template.format(
            n=number(metrics.n),
            accuracy=percent(metrics.accuracy),
            low=percent(low),
            high=percent(high),
            balanced=percent(metrics.balanced_accuracy),
            f1=decimal(metrics.f1_macro, 4),
            ece=percent(metrics.ece),
        )
        parts = [summary]
        if metrics.roc_auc is not None:
            parts.append(self.tr("ROC AUC {auc}.").format(auc=decimal(metrics.roc_auc, 4)))
        parts += [
            to_sentence(message)
            for message in basis_messages(evaluation.basis, evaluation.seen_images)
        ]
        parts += map(to_sentence, bulk_messages(evaluation.bulk_confirmed, evaluation.together))
        return " ".join(parts)

    def _class_rows(self, evaluation: Evaluation) -> list[TableRow]:
        class_styles = self._context.session.class_styles
        return [
            TableRow(
                style := class_styles.find(name),
                (
                    style.name,
                    number(metrics.n),
                    _share(metrics.precision),
                    _share(metrics.recall),
                    _share(metrics.f1),
                    "" if metrics.auc is None else decimal(metrics.auc, 4),
                ),
            )
            for name, metrics in evaluation.metrics.per_class.items()
        ]

    def _show_curves(self, evaluation: Evaluation, evaluated: EvaluatedImages) -> None:
        from gui.report.evaluation.evaluation_curves import EvaluationCurves

        if self.curves is None:
            self.curves = EvaluationCurves(self._context)
            self._curves_layout.addSpacing(self._context.theme.space("large"))
            self._curves_layout.addWidget(self.heading(self.tr("Curves")))
            self._curves_layout.addWidget(self.curves)
        assert isinstance(self.curves, EvaluationCurves)
        self.curves.show_evaluation(evaluation, evaluated)

    def _open_cell(self, row: int, column: int) -> None:
        draft = self._reporting.draft
        if draft is None or draft.evaluated is None:
            return
        class_styles, classes = self._context.session.class_styles, draft.evaluated.classes
        title = self.tr("Labelled {label}, predicted {predicted}").format(
            label=class_styles.find(classes[row]).name,
            predicted=class_styles.find(classes[column]).name,
        )
        self._context.show_images(draft.evaluated.in_cell(row, column), title)

    def _open_class(self, row: TableRow) -> None:
        draft = self._reporting.draft
        if draft is None or draft.evaluated is None or row.style is None:
            return
        index = draft.evaluated.classes.index(row.style.id)
        paths = [
            path
            for column in range(len(draft.evaluated.classes))
            if column != index
            for path in (
                *draft.evaluated.in_cell(index, column),
                *draft.evaluated.in_cell(column, index),
            )
        ]
        if paths:
            title = self.tr("Mistakes with {name}").format(name=row.style.name)
            self._context.show_images(paths, title)


def _share(value: float | None) -> str:
    return "" if value is None else percent(value)
