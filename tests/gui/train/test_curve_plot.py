"""Curve plot: the axes of few values."""

import pytest

from gui.theme import Theme
from gui.train.curve_plot import CurvePlot


@pytest.mark.parametrize("values", [[1.0], [0.99, 1.0], [0.5, 1.0, 1.0]])
def test_axis_of_shares_ends_at_the_whole(qapp, qtbot, values):
    plot = CurvePlot(Theme(qapp), "Accuracy", "Epoch", shares=True)
    qtbot.addWidget(plot)
    plot.show_values(range(1, len(values) + 1), values)
    low, high = plot.viewRange()[1]
    assert high == pytest.approx(1.0)
    assert 0 <= low < min(values)


def test_axis_of_shares_begins_at_none(qapp, qtbot):
    plot = CurvePlot(Theme(qapp), "Accuracy", "Epoch", shares=True)
    qtbot.addWidget(plot)
    plot.show_values([1], [0.0], [0.0])
    assert plot.viewRange()[1] == pytest.approx([0.0, 0.02])
