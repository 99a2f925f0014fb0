"""Figures of curves and counts, drawn without a screen; `engine.evaluate.confusion_matrix` has the matrix."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from engine.evaluate.curves import Acceptance, Bin, Curve
from engine.evaluate.differential import Differential
from engine.evaluate.figure_style import ACCENT, FAINT, INK, LINE, Words, sheet, words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_DASHES = ("-", (0, (4, 1.5)), (0, (1, 1)), (0, (4, 1.5, 1, 1.5)))
_GOOD = 0.97

Looks = Mapping[str, tuple[str, str]]
"""Class id to the name and the colour it is shown with."""


def differential_figure(count: Differential, looks: Looks, translate: Words = str) -> "Figure":
    """Return the share of each leukocyte class with its interval, the model's own beside it."""
    say = words(translate)
    rows = [row for row in count.rows if row.share is not None and (row.n or row.predicted)]
    before = sum(row.predicted for row in count.rows if row.group == "leukocyte")
    with sheet(6.4, 0.9 + 0.34 * max(1, len(rows))) as (figure, axes):
        for place, row in enumerate(rows):
            share, (low, high) = row.share or 0.0, row.interval or (0.0, 0.0)
            axes.barh(
                place, 100 * share, 0.62, color=looks[row.id][1], edgecolor=FAINT, linewidth=0.5
            )
            axes.plot([100 * low, 100 * high], [place, place], color=INK, linewidth=1.2)
            if before:
                predicted = 100 * row.predicted / before
                axes.plot(
                    predicted, place, "D", markersize=4.5, markerfacecolor="none", color=INK,
                    label=say("report.predicted") if place == 0 else None,
                )  # fmt: skip
        axes.set_yticks(
            range(len(rows)),
            [translate(looks[row.id][0]) for row in rows],
            color=INK,
            parse_math=False,
        )
        axes.invert_yaxis()
        axes.set_xlabel(say("report.percent_of_leukocytes"))
        axes.set_xlim(left=0)
        _grid(axes, "x")
        if rows and before:
            axes.legend(
                frameon=False, fontsize=8, labelcolor=INK, loc="lower right", bbox_to_anchor=(1, 1)
            )
        axes.tick_params(axis="y", length=0)
    return figure


def roc_figure(curves: Mapping[str, Curve], looks: Looks, translate: Words = str) -> "Figure":
    """Return the ROC curves of all classes; of good ones only the corner that tells them apart."""
    say = words(translate)
    with sheet(5.0, 4.2) as (figure, axes):
        _lines(axes, curves, looks, translate, step=False)
        near = bool(curves) and all(curve.area >= _GOOD for curve in curves.values())
        axes.set_xlim(-0.002, 0.1 if near else 1.0)
        axes.set_ylim(0.9 if near else 0.0, 1.004)
        axes.set_xlabel(say("report.false_positive_rate"))
        axes.set_ylabel(say("report.true_positive_rate"))
    return figure


def precision_recall_figure(
    curves: Mapping[str, Curve], looks: Looks, translate: Words = str
) -> "Figure":
    """Return precision over recall of all classes; of good ones only the corner."""
    say = words(translate)
    with sheet(5.0, 4.2) as (figure, axes):
        _lines(axes, curves, looks, translate, step=True)
        low = 0.8 if curves and all(one.area >= _GOOD for one in curves.values()) else 0.0
        axes.set_xlim(low, 1.004)
        axes.set_ylim(low, 1.004)
        axes.set_xlabel(say("report.recall"))
        axes.set_ylabel(say("report.precision"))
    return figure


def reliability_figure(bins: Sequence[Bin], translate: Words = str) -> "Figure":
    """Return accuracy over confidence; on the diagonal the model is as right as it is sure."""
    say = words(translate)
    most = max((one.n for one in bins), default=0) or 1
    with sheet(5.0, 3.8) as (figure, axes):
        axes.plot([0, 1], [0, 1], color=FAINT, linewidth=0.8, linestyle=(0, (2, 2)))
        for one in bins:
            if one.confidence is None or one.accuracy is None:
                continue
            axes.bar(
                one.low,
                0.22 * one.n / most,
                one.high - one.low,
                align="edge",
                color=LINE,
                linewidth=0,
            )
            axes.plot([one.confidence] * 2, one.interval, color=ACCENT, linewidth=1.1)
            axes.plot(one.confidence, one.accuracy, "o", color=ACCENT, markersize=4)
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1.02)
        axes.set_xlabel(say("report.confidence"))
        axes.set_ylabel(say("report.accuracy"))
    return figure


def acceptance_figure(
    curve: Acceptance, targets: Sequence[float], translate: Words = str
) -> "Figure":
    """Return the accuracy of what is accepted unseen over its share, with the targets as lines."""
    say = words(translate)
    with sheet(5.0, 3.8) as (figure, axes):
        share = [100 * value for value in curve.share]
        accuracy = [100 * value for value in curve.accuracy]
        axes.plot(share, accuracy, color=ACCENT, linewidth=1.4)
        for target in targets:
            axes.axhline(100 * target, color=FAINT, linewidth=0.7, linestyle=(0, (2, 2)))
        axes.set_xlim(0, 100)
        lowest = min([*accuracy, 98.0])
        axes.set_ylim(max(0.0, lowest - 0.05 * (100 - lowest)), 100 + 0.02 * (100 - lowest))
        axes.set_xlabel(say("report.percent_accepted"))
        axes.set_ylabel(say("report.percent_right"))
        _grid(axes, "y")
    return figure


def _lines(
    axes: "Axes", curves: Mapping[str, Curve], looks: Looks, translate: Words, *, step: bool
) -> None:
    for index, (name, curve) in enumerate(curves.items()):
        title, colour = looks[name]
        axes.plot(
            curve.x, curve.y, color=colour, linewidth=1.5, linestyle=_DASHES[index % len(_DASHES)],
            drawstyle="steps-post" if step else "default", label=f"{translate(title)}  {curve.area:.4f}",
        )  # fmt: skip
    if curves:
        legend = axes.legend(frameon=False, fontsize=7.5, labelcolor=INK)
        for text in legend.get_texts():
            text.set_parse_math(False)
    _grid(axes, "both")


def _grid(axes: "Axes", axis: str) -> None:
    axes.grid(axis=axis, color=LINE, linewidth=0.7)  # type: ignore[arg-type]
    axes.set_axisbelow(True)
