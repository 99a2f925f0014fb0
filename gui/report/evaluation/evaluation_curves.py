"""Evaluation curves: ROC, precision-recall, reliability and acceptance, with the images of each point."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.exchange.report.report_data import ACCURACY_TARGETS, Evaluation
from gui.report.evaluation.point_plot import PointPlot
from gui.words import number, percent
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from gui.report.evaluated_images import EvaluatedImages

_MAX_POINTS = 400


class EvaluationCurves(QWidget):
    """One curve at a time; a selected point is described and opens its images."""

    def __init__(self, context: WorkspaceContext) -> None:
        super().__init__()
        self._context = context
        self._evaluation: Evaluation | None = None
        self._evaluated: EvaluatedImages | None = None
        self._describe: Callable[[int], str] = lambda _: ""
        self._select_paths: Callable[[int], list[str]] = lambda _: []
        self._index = -1
        self.curve_choice = QComboBox()
        self.curve_choice.setAccessibleName(self.tr("Figure"))
        for key, title in (
            ("acceptance", self.tr("Accuracy against the share accepted without review")),
            ("roc", self.tr("ROC: true against false positive rate")),
            ("precision_recall", self.tr("Precision against recall")),
            ("reliability", self.tr("Reliability: accuracy against confidence")),
        ):
            self.curve_choice.addItem(title, key)
        self.class_choice = QComboBox()
        self.class_choice.setAccessibleName(self.tr("Class"))
        self.plot = PointPlot(context.theme)
        self.description = QLabel(wordWrap=True)
        self.show_images = QPushButton(self.tr("Show these images"))
        self.show_images.clicked.connect(lambda: self._open(self._index))
        self.curve_choice.currentIndexChanged.connect(self._draw)
        self.class_choice.currentIndexChanged.connect(self._draw)
        self.plot.point_selected.connect(self._on_selected)
        self.plot.point_activated.connect(self._open)
        small = context.theme.space("small")
        choice, below = QHBoxLayout(), QHBoxLayout()
        for row in (choice, below):
            row.setSpacing(small)
        choice.addWidget(self.curve_choice)
        choice.addWidget(self.class_choice)
        choice.addStretch()
        below.addWidget(self.description, 1)
        below.addWidget(self.show_images)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(small)
        rows.addLayout(choice)
        rows.addWidget(self.plot)
        rows.addLayout(below)

    def show_evaluation(self, evaluation: Evaluation, evaluated: "EvaluatedImages") -> None:
        """Show the curves of an evaluation."""
        self._evaluation, self._evaluated = evaluation, evaluated
        class_styles, previous = self._context.session.class_styles, self.class_choice.currentData()
        with QSignalBlocker(self.class_choice):
            self.class_choice.clear()
            for name in evaluation.precision_recall:
                self.class_choice.addItem(class_styles.find(name).name, name)
            self.class_choice.setCurrentIndex(max(0, self.class_choice.findData(previous)))
        self._draw()

    def _draw(self) -> None:
        if self._evaluation is None or self._evaluated is None:
            return
        kind = self.curve_choice.currentData()
        self.class_choice.setVisible(kind in ("roc", "precision_recall"))
        draw = {
            "acceptance": self._draw_acceptance,
            "reliability": self._draw_reliability,
        }.get(kind, self._draw_curve)
        draw()
        self.plot.setAccessibleName(self.curve_choice.currentText())

    def _draw_acceptance(self) -> None:
        assert self._evaluation is not None
        assert self._evaluated is not None
        curve, evaluated = self._evaluation.acceptance, self._evaluated
        indices = _spread(len(curve.share))
        share, accuracy = (
            [values[point] for point in indices] for values in (curve.share, curve.accuracy)
        )
        axes = (self.tr("share accepted without review"), self.tr("accuracy of these"))
        template = self.tr(
            "{right} of the most confident {share} are right; {n} {n:image|images} below "
            "{sure} {n:needs|need} review."
        )
        self._describe = lambda point: template.format(
            right=percent(accuracy[point]),
            share=percent(share[point]),
            n=number(curve.n - round(share[point] * curve.n)),
            sure=percent(curve.confidence[indices[point]]),
        )
        self._select_paths = lambda point: evaluated.less_confident_than(
            curve.confidence[indices[point]]
        )
        self.plot.show_line(share, accuracy, axes, guides=ACCURACY_TARGETS)

    def _draw_reliability(self) -> None:
        assert self._evaluation is not None
        assert self._evaluated is not None
        evaluated = self._evaluated
        bins = [bin_ for bin_ in self._evaluation.reliability if bin_.n]
        confidence = [bin_.confidence or 0.0 for bin_ in bins]
        accuracy = [bin_.accuracy or 0.0 for bin_ in bins]
        axes = (self.tr("confidence"), self.tr("accuracy"))
        template = self.tr(
            "{n} {n:image|images} with confidence {low} to {high}: {right} are right."
        )
        self._describe = lambda index: template.format(
            n=number(bins[index].n),
            low=percent(bins[index].low),
            high=percent(bins[index].high),
            right=percent(accuracy[index]),
        )
        self._select_paths = lambda index: evaluated.within_bin(bins[index].low, bins[index].high)
        intervals = [bin_.interval for bin_ in bins]
        self.plot.show_line(confidence, accuracy, axes, diagonal=True, bars=intervals)

    def _draw_curve(self) -> None:
        assert self._evaluation is not None
        assert self._evaluated is not None
        evaluated, name = self._evaluated, self.class_choice.currentData()
        roc = self.curve_choice.currentData() == "roc"
        curve = (self._evaluation.roc if roc else self._evaluation.precision_recall).get(name)
        if curve is None:
            self._describe, self._select_paths = lambda _: "", lambda _: []
            self.plot.show_line((), (), ("", ""))
            return
        indices = _spread(len(curve.x))
        x, y = ([values[point] for point in indices] for values in (curve.x, curve.y))
        class_index = evaluated.classes.index(name)
        axes = (
            (self.tr("false positives"), self.tr("true positives"))
            if roc
            else (self.tr("recall"), self.tr("precision"))
        )
        template = (
            self.tr(
                "Threshold {threshold}: finds {y} of the class, and {x} of the others by mistake."
            )
            if roc
            else self.tr(
                "Threshold {threshold}: finds {x} of the class; {y} of what it finds is right."
            )
        )

        def threshold(point: int) -> float:
            value = curve.threshold[indices[point]]
            return 2.0 if value is None else value

        self._describe = lambda point: template.format(
            threshold=percent(min(threshold(point), 1.0)), x=percent(x[point]), y=percent(y[point])
        )
        self._select_paths = lambda point: evaluated.at_least(class_index, threshold(point))
        self.plot.show_line(x, y, axes, diagonal=roc)

    def _on_selected(self, index: int) -> None:
        self._index = index
        self.description.setText(
            self._describe(index)
            if index >= 0
            else self.tr("Point at the figure, or use the arrow keys.")
        )
        self.show_images.setEnabled(index >= 0)

    def _open(self, index: int) -> None:
        paths = self._select_paths(index) if index >= 0 else []
        if paths:
            self._context.show_images(paths, self._describe(index))


def _spread(n: int) -> Sequence[int]:
    """Return at most `_MAX_POINTS` indices spread evenly over n, including both ends."""
    if n <= _MAX_POINTS:
        return range(n)
    return [round(step * (n - 1) / (_MAX_POINTS - 1)) for step in range(_MAX_POINTS)]
