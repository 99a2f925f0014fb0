"""Confusion matrix as a figure."""

import textwrap
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from engine.evaluate.evaluation_basis import EvaluationBasis
from engine.evaluate.figure_style import ACCENT, FAINT, INK, LINE, ON_ACCENT
from engine.evaluate.metrics import Metrics
from engine.messages import Message, render

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_WRAP_COLUMNS = 80


def confusion_figure(
    metrics: Metrics,
    translate: Callable[[str], str] = str,
    class_names: Mapping[str, str] | None = None,
    basis: EvaluationBasis | None = None,
) -> "Figure":
    """Draw the confusion matrix with the count and the share of the row in every cell.

    Rows are labels, columns predictions; a cell is darker the larger its share of the row. Empty cells
    stay blank. `class_names` maps class ids to names; `basis` is described below the accuracy.
    """
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    counts = np.asarray(metrics.confusion)
    rows = counts.sum(axis=1, keepdims=True)
    shares = counts / np.maximum(rows, 1)
    class_names = class_names or {}
    names = [class_names.get(name) or name.replace("_", " ") for name in metrics.classes]
    edge = 0.72 * len(names)
    margin = 0.085 * max(map(len, names))
    figure = Figure(figsize=(edge + margin + 1.6, edge + margin + 1.2), dpi=160, facecolor="white")
    axes = figure.add_subplot()
    axes.set(xlim=(-0.5, len(names) - 0.5), ylim=(len(names) - 0.5, -0.5), aspect="equal")
    with_n = [f"{name}  {n:,}" for name, (n,) in zip(names, rows, strict=True)]
    # Without parse_math, because a dollar sign in a name is not a formula.
    axes.set_xticks(
        range(len(names)), names, rotation=40, ha="right", rotation_mode="anchor", parse_math=False
    )
    axes.set_yticks(range(len(names)), with_n, parse_math=False)
    axes.tick_params(length=0, labelsize=9, labelcolor=INK)
    axes.set_xticks(np.arange(len(names) + 1) - 0.5, minor=True)
    axes.set_yticks(np.arange(len(names) + 1) - 0.5, minor=True)
    axes.grid(which="minor", color=LINE, linewidth=0.8)
    axes.tick_params(which="minor", length=0)
    axes.spines[:].set_visible(False)
    for (i, j), count in np.ndenumerate(counts):
        if count:
            # Transparent shades of one colour, so that it is readable on a dark page too.
            place, alpha = (j - 0.5, i - 0.5), 0.06 + 0.86 * float(shares[i, j])
            axes.add_patch(Rectangle(place, 1, 1, facecolor=ACCENT, alpha=alpha, linewidth=0))
            colour = ON_ACCENT if shares[i, j] > 0.55 else INK
            axes.text(j, i - 0.1, f"{count:,}", ha="center", va="center", fontsize=9, color=colour)
            faint = colour if colour == ON_ACCENT else FAINT
            axes.text(
                j,
                i + 0.23,
                _percent(shares[i, j]),
                ha="center",
                va="center",
                fontsize=7,
                color=faint,
            )
    low, high = metrics.accuracy_interval
    accuracy = {"n": metrics.n, "accuracy": metrics.accuracy, "low": low, "high": high}
    title = render(Message("evaluate.title", accuracy), translate)
    if basis:
        title += "\n" + textwrap.fill(render(Message(f"basis.{basis}"), translate), _WRAP_COLUMNS)
    predicted = render(Message("evaluate.predicted"), translate)
    labelled = render(Message("evaluate.labelled"), translate)
    axes.set_title(title, fontsize=10, color=INK, pad=12, loc="left")
    axes.set_xlabel(predicted, fontsize=10, color=FAINT, labelpad=8)
    axes.set_ylabel(labelled, fontsize=10, color=FAINT, labelpad=8)
    figure.tight_layout()
    return figure


def _percent(share: float) -> str:
    # A rare mistake must not read "0%", nor an almost full row "100%".
    if share < 0.001:
        return "<0.1%"
    if share > 0.999 and share < 1:
        return ">99.9%"
    return f"{share:.0%}" if share == 1 else f"{share:.1%}"
