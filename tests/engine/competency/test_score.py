"""Score: classes with Wilson intervals, kappa; what is not answered counts as missed."""

import pytest

from engine.competency.record import DrawnCell
from engine.competency.score import NOT_ANSWERED, score_cells
from engine.evaluate.intervals import wilson_interval
from engine.project.decisions import NOT_CLASSED


def cells(*pairs, absent=()):
    return [
        DrawnCell(place, f"{place}.png", "", truth, answer, is_absent=place in absent)
        for place, (truth, answer) in enumerate(pairs)
    ]


def test_score_by_class_and_overall():
    taken = cells(*[("a", "a")] * 8, ("a", "b"), ("a", None), *[("b", "b")] * 9, ("b", NOT_CLASSED))
    score = score_cells(taken, ("b", "a"))
    assert (score.overall.agreed, score.overall.n) == (17, 20)
    assert score.overall.interval == wilson_interval(17, 20)
    assert score.overall.kappa == pytest.approx((0.85 - 0.45) / (1 - 0.45))
    rows = {row.class_id: row for row in score.classes}
    assert list(rows) == ["b", "a", NOT_CLASSED]
    assert (rows["a"].drawn, rows["a"].correct, rows["a"].given) == (10, 8, 8)
    assert rows["a"].interval == wilson_interval(8, 10)
    assert (rows["b"].correct, rows["b"].given) == (9, 10)
    assert rows[NOT_CLASSED].share is None
    assert set(score.confused) == {("a", "b", 1), ("a", NOT_ANSWERED, 1), ("b", NOT_CLASSED, 1)}
    assert [cell.place for cell in score.missed] == [8, 9, 19]
    assert score.unanswered == 1


def test_absent_cells_are_not_scored():
    score = score_cells(cells(("a", "a"), ("b", None), absent=(1,)))
    assert (score.overall.agreed, score.overall.n, score.absent, score.unanswered) == (1, 1, 1, 0)
    assert score.missed == ()


def test_nothing_to_score():
    score = score_cells(cells(("a", None), absent=(0,)))
    assert (score.overall.share, score.overall.kappa, score.classes) == (None, None, ())
