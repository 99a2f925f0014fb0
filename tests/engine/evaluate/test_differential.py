"""Differential count against hand-computed values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.evaluate.differential import CountedImage, count_differential
from engine.evaluate.intervals import wilson_interval
from engine.images.class_set import load_class_set

SET = load_class_set()
GROUPS = {entry.id: entry.group for entry in SET.classes}


def cells(*names, **more):
    return [CountedImage(f"{index}.jpg", name, 0.9, **more) for index, name in enumerate(names)]


def count(found, target=None):
    return count_differential(found, SET.ids, GROUPS, target)


def row(result, name):
    return next(row for row in result.rows if row.id == name)


def test_shares_are_of_leukocytes_and_others_per_hundred():
    result = count(
        cells(*["neutrophil"] * 6, *["lymphocyte"] * 2, "erythroblast", *["platelet"] * 4)
    )
    assert result.leukocytes == 8
    assert row(result, "neutrophil").share == 0.75
    assert row(result, "neutrophil").interval == wilson_interval(6, 8)
    assert row(result, "erythroblast").share is None
    assert row(result, "erythroblast").per_100 == 12.5
    assert row(result, "platelet").per_100 == 50
    assert [row.id for row in result.rows] == list(SET.ids)


def test_reviewed_class_counts_and_prediction_is_listed():
    found = [
        CountedImage("a", "neutrophil", 0.9, reviewed="lymphocyte"),
        CountedImage("b", "neutrophil", 0.9),
        CountedImage("c", "neutrophil", 0.4),
        CountedImage("d", "monocyte", 0.9, not_classed=True),
        CountedImage("e", "monocyte", 0.9, reviewed="monocyte", removed=True),
        CountedImage("f", None),
    ]
    result = count(found)
    assert (row(result, "neutrophil").n, row(result, "neutrophil").predicted) == (2, 3)
    assert (row(result, "lymphocyte").n, row(result, "lymphocyte").predicted) == (1, 0)
    assert row(result, "monocyte").predicted == 0
    assert (result.not_classed, result.removed, result.unread) == (1, 1, 1)
    assert (result.unreviewed, result.unidentified) == (2, 1)
    assert result.cells == ("a", "b", "c")


def test_target_counts_leukocytes_only():
    result = count(cells("platelet", "neutrophil", "platelet", "monocyte", "lymphocyte"), 2)
    assert result.cells == ("0.jpg", "1.jpg", "2.jpg", "3.jpg")
    assert result.complete
    assert not count(cells("neutrophil"), 100).complete


def test_unknown_classes_are_counted_as_other():
    result = count(cells("smudge", "neutrophil"))
    assert row(result, "smudge").group == "other"
    assert result.leukocytes == 1


def test_empty_count():
    result = count([])
    assert result.leukocytes == 0
    assert all(row.per_100 is None and row.share is None for row in result.rows)


@given(st.lists(st.sampled_from([*SET.ids, None, "smudge"])), st.integers(1, 20))
def test_every_image_is_counted_once(names, target):
    result = count(cells(*names), target)
    assert sum(row.n for row in result.rows) == len(result.cells)
    assert len(result.cells) + result.unread == result.seen
    assert result.leukocytes <= target
    shares = [row.share for row in result.rows if row.share is not None]
    assert not shares or sum(shares) == pytest.approx(1)


def test_an_unreviewed_cell_of_no_class_is_unidentified():
    cells = [
        CountedImage("a", "neutrophil", 0.99, is_unknown=True),
        CountedImage("b", "neutrophil", 0.99, reviewed="neutrophil", is_unknown=True),
        CountedImage("c", "neutrophil", 0.99),
    ]
    assert count_differential(cells, ["neutrophil"], {}).unidentified == 1
