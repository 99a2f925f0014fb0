"""The curves of the evaluation, one at a time; a point says what it stands for and opens its images."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.exchange.report.model import TARGETS, Evaluation
from gui.desk import Desk
from gui.report.evaluation.plot import Plot
from gui.words import number, percent

if TYPE_CHECKING:
    from gui.report.judged import Judged

_MOST_POINTS = 400


class Figures(QWidget):
    """ROC, precision and recall, reliability, and accuracy over the share accepted unseen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._found: Evaluation | None = None
        self._judged: Judged | None = None
        self._said: Callable[[int], str] = lambda _: ""
        self._paths: Callable[[int], list[str]] = lambda _: []
        self._at = -1
        self.kind = QComboBox()
        self.kind.setAccessibleName(self.tr("Figure"))
        for key, words in (
            ("acceptance", self.tr("Accuracy over the share accepted unseen")),
            ("roc", self.tr("ROC: true over false positives")),
            ("precision_recall", self.tr("Precision over recall")),
            ("reliability", self.tr("Reliability: accuracy over confidence")),
        ):
            self.kind.addItem(words, key)
        self.of = QComboBox()
        self.of.setAccessibleName(self.tr("Class"))
        self.plot = Plot(desk.theme)
        self.said = QLabel(wordWrap=True)
        self.show_images = QPushButton(self.tr("Show these images"))
        self.show_images.clicked.connect(lambda: self._open(self._at))
        self.kind.currentIndexChanged.connect(self._draw)
        self.of.currentIndexChanged.connect(self._draw)
        self.plot.pointed.connect(self._point)
        self.plot.chosen.connect(self._open)
        small = desk.theme.space("small")
        choice, below = QHBoxLayout(), QHBoxLayout()
        for row in (choice, below):
            row.setSpacing(small)
        choice.addWidget(self.kind)
        choice.addWidget(self.of)
        choice.addStretch()
        below.addWidget(self.said, 1)
        below.addWidget(self.show_images)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(small)
        rows.addLayout(choice)
        rows.addWidget(self.plot)
        rows.addLayout(below)

    def show_evaluation(self, found: Evaluation, judged: "Judged") -> None:
        """Show the figures of an evaluation."""
        self._found, self._judged = found, judged
        looks, kept = self._desk.session.looks, self.of.currentData()
        with QSignalBlocker(self.of):
            self.of.clear()
            for name in found.precision_recall:
                self.of.addItem(looks.find(name).name, name)
            self.of.setCurrentIndex(max(0, self.of.findData(kept)))
        self._draw()

    def _draw(self) -> None:
        if self._found is None or self._judged is None:
            return
        kind = self.kind.currentData()
        self.of.setVisible(kind in ("roc", "precision_recall"))
        draw = {
            "acceptance": self._draw_acceptance,
            "reliability": self._draw_reliability,
        }.get(kind, self._draw_curve)
        draw()
        self.plot.setAccessibleName(self.kind.currentText())

    def _draw_acceptance(self) -> None:
        assert self._found is not None
        assert self._judged is not None
        curve, judged = self._found.acceptance, self._judged
        at = _some(len(curve.share))
        share, right = ([values[one] for one in at] for values in (curve.share, curve.accuracy))
        axes = (self.tr("share accepted unseen"), self.tr("accuracy of these"))
        words = self.tr(
            "{right} of the surest {share} are right; {n} {n:image|images}, less sure than {sure}, "
            "{n:is|are} to be looked at."
        )
        self._said = lambda one: words.format(
            right=percent(right[one]),
            share=percent(share[one]),
            n=number(curve.n - round(share[one] * curve.n)),
            sure=percent(curve.confidence[at[one]]),
        )
        self._paths = lambda one: judged.below(curve.confidence[at[one]])
        self.plot.show_line(share, right, axes, guides=TARGETS)

    def _draw_reliability(self) -> None:
        assert self._found is not None
        assert self._judged is not None
        judged = self._judged
        bins = [one for one in self._found.reliability if one.n]
        sure = [one.confidence or 0.0 for one in bins]
        right = [one.accuracy or 0.0 for one in bins]
        axes = (self.tr("confidence"), self.tr("accuracy"))
        words = self.tr(
            "{n} {n:image|images} of a confidence of {low} to {high}: {right} are right."
        )
        self._said = lambda one: words.format(
            n=number(bins[one].n),
            low=percent(bins[one].low),
            high=percent(bins[one].high),
            right=percent(right[one]),
        )
        self._paths = lambda one: judged.within(bins[one].low, bins[one].high)
        intervals = [one.interval for one in bins]
        self.plot.show_line(sure, right, axes, diagonal=True, bars=intervals)

    def _draw_curve(self) -> None:
        assert self._found is not None
        assert self._judged is not None
        judged, name = self._judged, self.of.currentData()
        roc = self.kind.currentData() == "roc"
        curve = (self._found.roc if roc else self._found.precision_recall).get(name)
        if curve is None:
            self._said, self._paths = lambda _: "", lambda _: []
            self.plot.show_line((), (), ("", ""))
            return
        at = _some(len(curve.x))
        x, y = ([values[one] for one in at] for values in (curve.x, curve.y))
        place = judged.classes.index(name)
        axes = (
            (self.tr("false positives"), self.tr("true positives"))
            if roc
            else (self.tr("recall"), self.tr("precision"))
        )
        words = (
            self.tr(
                "From {threshold} on: {y} of the class are found, and {x} of the others with them."
            )
            if roc
            else self.tr(
                "From {threshold} on: {x} of the class are found, and {y} of what is found is right."
            )
        )

        def threshold(one: int) -> float:
            value = curve.threshold[at[one]]
            return 2.0 if value is None else value

        self._said = lambda one: words.format(
            threshold=percent(min(threshold(one), 1.0)), x=percent(x[one]), y=percent(y[one])
        )
        self._paths = lambda one: judged.beyond(place, threshold(one))
        self.plot.show_line(x, y, axes, diagonal=roc)

    def _point(self, at: int) -> None:
        self._at = at
        self.said.setText(
            self._said(at) if at >= 0 else self.tr("Point at the figure, or use the arrow keys.")
        )
        self.show_images.setEnabled(at >= 0)

    def _open(self, at: int) -> None:
        paths = self._paths(at) if at >= 0 else []
        if paths:
            self._desk.show_images(paths, self._said(at))


def _some(n: int) -> Sequence[int]:
    """Return places spread evenly over n, ends included, not more than can be told apart."""
    if n <= _MOST_POINTS:
        return range(n)
    return [round(one * (n - 1) / (_MOST_POINTS - 1)) for one in range(_MOST_POINTS)]
