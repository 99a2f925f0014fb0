"""Figures of curves and counts, drawn without a screen; `engine.evaluate.confusion_matrix` has the matrix."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from engine.evaluate.curves import AcceptanceCurve, ClassCurve, ReliabilityBin
from engine.evaluate.differential import Differential
from engine.evaluate.figure_style import (
    ACCENT,
    FAINT,
    INK,
    LINE,
    Translate,
    new_figure,
    sentence_lookup,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_DASHES = ("-", (0, (4, 1.5)), (0, (1, 1)), (0, (4, 1.5, 1, 1.5)))
_ZOOM_AREA = 0.97
_LEGEND_SIZE, _SMALL_LEGEND_SIZE, _MAX_LARGE_ENTRIES = 9.5, 7.5, 12

ClassStyles = Mapping[str, tuple[str, str]]
"""Display name and colour by class id."""


def differential_figure(
    count: Differential, class_styles: ClassStyles, translate: Translate = str
) -> "Figure":
    """Draw the share of each leukocyte class with its interval, and the model's own share."""
    sentence = sentence_lookup(translate)
    rows = [row for row in count.rows if row.share is not None and (row.n or row.predicted)]
    total_predicted = sum(row.predicted for row in count.rows if row.group == "leukocyte")
    with new_figure(6.4, 0.9 + 0.34 * max(1, len(rows))) as (figure, axes):
        for position, row in enumerate(rows):
            share, (low, high) = row.share or 0.0, row.interval or (0.0, 0.0)
            axes.barh(
                position,
                100 * share,
                0.62,
                color=class_styles[row.id][1],
                edgecolor=FAINT,
                linewidth=0.5,
            )
            axes.plot([100 * low, 100 * high], [position, position], color=INK, linewidth=1.2)
            if total_predicted:
                predicted = 100 * row.predicted / total_predicted
                axes.plot(
                    predicted, position, "D", markersize=4.5, markerfacecolor="none", color=INK,
                    label=sentence("report.predicted") if position == 0 else None,
                )  # fmt: skip
        axes.set_yticks(
            range(len(rows)),
            [translate(class_styles[row.id][0]) for row in rows],
            color=INK,
            parse_math=False,
        )
        axes.invert_yaxis()
        axes.set_xlabel(sentence("report.percent_of_leukocytes"))
        axes.set_xlim(left=0)
        _grid(axes, "x")
        if rows and total_predicted:
            axes.legend(
                frameon=False, fontsize=8, labelcolor=INK, loc="lower right", bbox_to_anchor=(1, 1)
            )
        axes.tick_params(axis="y", length=0)
    return figure


def roc_figure(
    curves: Mapping[str, ClassCurve], class_styles: ClassStyles, translate: Translate = str
) -> "Figure":
    """Draw the ROC curves of all classes, zoomed to the corner if all areas are large."""
    sentence = sentence_lookup(translate)
    with new_figure(5.0, 4.2) as (figure, axes):
        _lines(axes, curves, class_styles, translate, step=False)
        zooms = bool(curves) and all(curve.area >= _ZOOM_AREA for curve in curves.values())
        axes.set_xlim(-0.002, 0.1 if zooms else 1.0)
        axes.set_ylim(0.9 if zooms else 0.0, 1.004)
        axes.set_xlabel(sentence("report.false_positive_rate"))
        axes.set_ylabel(sentence("report.true_positive_rate"))
    return figure


def precision_recall_figure(
    curves: Mapping[str, ClassCurve], class_styles: ClassStyles, translate: Translate = str
) -> "Figure":
    """Draw the precision-recall curves of all classes, zoomed to the corner if all areas are large."""
    sentence = sentence_lookup(translate)
    with new_figure(5.0, 4.2) as (figure, axes):
        _lines(axes, curves, class_styles, translate, step=True)
        low = 0.8 if curves and all(curve.area >= _ZOOM_AREA for curve in curves.values()) else 0.0
        axes.set_xlim(low, 1.004)
        axes.set_ylim(low, 1.004)
        axes.set_xlabel(sentence("report.recall"))
        axes.set_ylabel(sentence("report.precision"))
    return figure


def reliability_figure(bins: Sequence[ReliabilityBin], translate: Translate = str) -> "Figure":
    """Draw accuracy over confidence; a calibrated model lies on the diagonal."""
    sentence = sentence_lookup(translate)
    max_count = max((bin_.n for bin_ in bins), default=0) or 1
    with new_figure(5.0, 3.8) as (figure, axes):
        axes.plot([0, 1], [0, 1], color=FAINT, linewidth=0.8, linestyle=(0, (2, 2)))
        for bin_ in bins:
            if bin_.confidence is None or bin_.accuracy is None:
                continue
            axes.bar(
                bin_.low,
                0.22 * bin_.n / max_count,
                bin_.high - bin_.low,
                align="edge",
                color=LINE,
                linewidth=0,
            )
            axes.plot([bin_.confidence] * 2, bin_.interval, color=ACCENT, linewidth=1.1)
            axes.plot(bin_.confidence, bin_.accuracy, "o", color=ACCENT, markersize=4)
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1.02)
        axes.set_xlabel(sentence("report.confidence"))
        axes.set_ylabel(sentence("report.accuracy"))
    return figure


def acceptance_figure(
    curve: AcceptanceCurve, targets: Sequence[float], translate: Translate = str
) -> "Figure":
    """Draw the accuracy of predictions accepted without review over their share; targets are lines."""
    sentence = sentence_lookup(translate)
    with new_figure(5.0, 3.8) as (figure, axes):
        share = [100 * value for value in curve.share]
        accuracy = [100 * value for value in curve.accuracy]
        axes.plot(share, accuracy, color=ACCENT, linewidth=1.4)
        for target in targets:
            axes.axhline(100 * target, color=FAINT, linewidth=0.7, linestyle=(0, (2, 2)))
        axes.set_xlim(0, 100)
        lowest = min([*accuracy, 98.0])
        axes.set_ylim(max(0.0, lowest - 0.05 * (100 - lowest)), 100 + 0.02 * (100 - lowest))
        axes.set_xlabel(sentence("report.percent_accepted"))
        axes.set_ylabel(sentence("report.percent_right"))
        _grid(axes, "y")
    return figure


def _lines(
    axes: "Axes",
    curves: Mapping[str, ClassCurve],
    class_styles: ClassStyles,
    translate: Translate,
    *,
    step: bool,
) -> None:
    for index, (name, curve) in enumerate(curves.items()):
        title, colour = class_styles[name]
        axes.plot(
            curve.x, curve.y, color=colour, linewidth=1.5, linestyle=_DASHES[index % len(_DASHES)],
            drawstyle="steps-post" if step else "default", label=f"{translate(title)}  {curve.area:.4f}",
        )  # fmt: skip
    if curves:
        size = _LEGEND_SIZE if len(curves) <= _MAX_LARGE_ENTRIES else _SMALL_LEGEND_SIZE
        legend = axes.legend(frameon=False, fontsize=size, labelcolor=INK)
        for text in legend.get_texts():
            text.set_parse_math(False)
    _grid(axes, "both")


def _grid(axes: "Axes", axis: str) -> None:
    axes.grid(axis=axis, color=LINE, linewidth=0.7)  # type: ignore[arg-type]
    axes.set_axisbelow(True)
