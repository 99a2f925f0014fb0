"""Tags of rows: counts, masks that follow changes, and filters of the most frequent tags."""

import numpy as np
import pytest

from engine.images.record import ImageRecord
from gui.gallery.query import Query, apply_query
from gui.state.image_table import ImageTable
from gui.state.image_tags import MAX_FACETS


@pytest.fixture
def table():
    """Return a table of 2,000 images; every second one has the tag `even`, the first five `few`."""
    table = ImageTable()
    table.add([ImageRecord(f"{row:04}.png", None, None, 0, 0) for row in range(2000)])
    for row in range(0, 2000, 2):
        table.apply_decision(table.paths[row], "tag.even", True)
    for row in range(5):
        table.apply_decision(table.paths[row], "tag.Few", True)
    return table


def test_tags_of_a_row_and_of_many(table):
    assert table.tags.of(0) == ("even", "Few")
    assert table.item(1).tags == ("Few",)
    assert table.tags.by_row()[4] == ("even", "Few")
    assert table.tags.counts(np.array([3]), 2000) == {"Few": 1}
    assert table.tags.counts(np.arange(1000), 2000) == {"even": 500, "Few": 5}
    assert table.tags.counts(np.arange(1001, 1003), 2000) == {"even": 1}


def test_masks_follow_every_change(table):
    query = Query().toggle("tag", "Few")
    assert apply_query(table, query)[0].nonzero()[0].tolist() == [0, 1, 2, 3, 4]
    table.apply_decision("0003.png", "tag.Few", None)
    table.add([ImageRecord("late.png", None, None, 0, 0)])
    table.apply_decision("late.png", "tag.Few", True)
    matches, counts = apply_query(table, query)
    assert matches.nonzero()[0].tolist() == [0, 1, 2, 4, 2000]
    assert counts["tag"] == {"even": 1000, "Few": 5}
    table.set_decisions({})
    assert table.tags.all() == []


def test_search_finds_tags_in_any_case(table):
    assert table.matches_text("FEW").sum() == 5
    assert table.matches_text("eve").sum() == 1000


def test_rare_tags_are_no_filters_but_stay_one_while_chosen(table):
    for number in range(MAX_FACETS + 20):
        table.apply_decision("0100.png", f"tag.t{number:03}", True)
    offered = apply_query(table, Query())[1]["tag"]
    assert len(offered) == MAX_FACETS
    assert {"even", "Few"} <= offered.keys()
    rare = next(tag for tag in table.tags.all() if tag not in offered)
    matches, counts = apply_query(table, Query().toggle("tag", rare))
    assert (matches.sum(), counts["tag"][rare]) == (1, 1)
