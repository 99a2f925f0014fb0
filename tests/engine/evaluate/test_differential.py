"""The differential count against values worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.evaluate.differential import Cell, differential
from engine.evaluate.intervals import wilson
from engine.images.class_set import load_class_set

SET = load_class_set()
GROUPS = {one.id: one.group for one in SET.classes}


def cells(*names, **more):
    return [Cell(f"{index}.jpg", name, 0.9, **more) for index, name in enumerate(names)]


def count(found, target=None):
    return differential(found, SET.ids, GROUPS, target)


def row(result, name):
    return next(one for one in result.rows if one.id == name)


def test_shares_are_of_leukocytes_and_the_rest_is_per_hundred():
    result = count(
        cells(*["neutrophil"] * 6, *["lymphocyte"] * 2, "erythroblast", *["platelet"] * 4)
    )
    assert result.leukocytes == 8
    assert row(result, "neutrophil").share == 0.75
    assert row(result, "neutrophil").interval == wilson(6, 8)
    assert row(result, "erythroblast").share is None
    assert row(result, "erythroblast").per_100 == 12.5
    assert row(result, "platelet").per_100 == 50
    assert [one.id for one in result.rows] == list(SET.ids)


def test_what_a_person_said_counts_and_what_the_model_said_is_beside_it():
    found = [
        Cell("a", "neutrophil", 0.9, reviewed="lymphocyte"),
        Cell("b", "neutrophil", 0.9),
        Cell("c", "neutrophil", 0.4),
        Cell("d", "monocyte", 0.9, not_classed=True),
        Cell("e", "monocyte", 0.9, reviewed="monocyte", removed=True),
        Cell("f", None),
    ]
    result = count(found)
    assert (row(result, "neutrophil").n, row(result, "neutrophil").predicted) == (2, 3)
    assert (row(result, "lymphocyte").n, row(result, "lymphocyte").predicted) == (1, 0)
    assert row(result, "monocyte").predicted == 0
    assert (result.not_classed, result.removed, result.unread) == (1, 1, 1)
    assert (result.unreviewed, result.unidentified) == (2, 1)
    assert result.cells == ("a", "b", "c")


def test_the_target_counts_leukocytes_and_takes_what_lies_between():
    result = count(cells("platelet", "neutrophil", "platelet", "monocyte", "lymphocyte"), 2)
    assert result.cells == ("0.jpg", "1.jpg", "2.jpg", "3.jpg")
    assert result.complete
    assert not count(cells("neutrophil"), 100).complete


def test_classes_that_no_set_knows_are_counted_beside():
    result = count(cells("smudge", "neutrophil"))
    assert row(result, "smudge").group == "other"
    assert result.leukocytes == 1


def test_nothing_at_all():
    result = count([])
    assert result.leukocytes == 0
    assert all(one.per_100 is None and one.share is None for one in result.rows)


@given(st.lists(st.sampled_from([*SET.ids, None, "smudge"])), st.integers(1, 20))
def test_every_cell_is_in_one_place(names, target):
    result = count(cells(*names), target)
    assert sum(one.n for one in result.rows) == len(result.cells)
    assert len(result.cells) + result.unread == result.seen
    assert result.leukocytes <= target
    shares = [one.share for one in result.rows if one.share is not None]
    assert not shares or sum(shares) == pytest.approx(1)
