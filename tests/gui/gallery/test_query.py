"""Gallery queries: filters, order, bands and facet counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.images.record import BadFile, ImageRecord
from engine.messages import Message
from gui.gallery.banding import group_into_bands
from gui.gallery.bands import UNKNOWN_KEY
from gui.gallery.query import Query, apply_query
from gui.gallery.row_order import sort_rows
from gui.state.image_table import ImageTable
from gui.state.unknown_limit import unknown_ratios
from gui.words import percent

CLASSES = ("basophil", "monocyte")
PLACES = {"basophil": 0, "monocyte": 1}


def make(rows: list[tuple[str | None, str | None, float, str | None, bool]]) -> ImageTable:
    """Return a table of rows (folder, predicted, confidence, decided, removed)."""
    table = ImageTable()
    table.add([ImageRecord(f"{n}.png", row[0], None, n, 1) for n, row in enumerate(rows)])
    for n, (_, predicted, confidence, decided, removed) in enumerate(rows):
        if predicted:
            table._columns["predicted"][n] = table.code(predicted)
            table._columns["confidence"][n] = confidence
            table._columns["margin"][n] = 2 * confidence - 1
        table.apply_decision(f"{n}.png", "label", decided)
        table.apply_decision(f"{n}.png", "removed", "person" if removed else None)
    return table


@pytest.fixture
def table():
    return make(
        [
            ("monocyte", "monocyte", 0.97, None, False),
            ("monocyte", "basophil", 0.60, "monocyte", False),
            ("basophil", "basophil", 0.999, "basophil", False),
            ("basophil", "basophil", 0.85, None, True),
            ("basophil", None, 0.0, "not_classed", False),
        ]
    )


def shown(table, query):
    return list(np.flatnonzero(apply_query(table, query)[0]))


def test_removed_images_match_only_their_facet(table):
    assert shown(table, Query()) == [0, 1, 2, 4]
    assert shown(table, Query().toggle("review", "removed")) == [3]


def test_facets_combine_by_or_within_and_by_and_across_groups(table):
    query = Query().toggle("review", "confirmed")
    assert shown(table, query) == [2]
    query = query.toggle("review", "corrected")
    assert shown(table, query) == [1, 2]
    assert shown(table, query.toggle("class", "basophil")) == [2]
    assert shown(table, query.with_only("review", "open")) == [0]
    assert shown(table, query.without_filters()) == [0, 1, 2, 4]


def test_facet_counts_respect_the_other_groups(table):
    counts = apply_query(table, Query().toggle("class", "monocyte"))[1]
    assert counts["review"] == {
        "open": 1, "confirmed": 0, "corrected": 1, "labelled_unread": 0, "not_classed": 0,
        "removed": 0,
    }  # fmt: skip
    assert counts["class"] == {"monocyte": 2, "basophil": 1, "not_classed": 1}
    assert apply_query(table, Query())[1]["review"]["removed"] == 1
    assert counts["confidence"] == {"99": 0, "95": 1, "80": 0, "0": 1}
    assert counts["marks"]["unlike_folder"] == 1


def test_flat_folder_has_no_folder_facets():
    table = make([(None, "basophil", 0.9, None, False)])
    assert apply_query(table, Query())[1]["folder"] == {}


def test_search_narrows(table):
    assert shown(table, Query(text="1.PNG")) == [1]


def test_sort_rows_supports_every_order(table):
    assert list(sort_rows(table, "name", PLACES)) == [0, 1, 2, 3, 4]
    assert list(sort_rows(table, "doubt", PLACES)) == [1, 3, 0, 2, 4]
    assert list(sort_rows(table, "confidence", PLACES)) == [2, 0, 3, 1, 4]
    assert list(sort_rows(table, "class", PLACES)) == [2, 3, 1, 0, 4]
    assert list(sort_rows(table, "size", PLACES)) == [4, 3, 2, 1, 0]


def test_order_and_ranges_agree_with_the_printed_confidence():
    table = make(
        [
            (None, "basophil", confidence, None, False)
            for confidence in (0.50, 0.45, 0.99996, 0.98996, 0.98948, 0.4504)
        ]
    )
    # Two classes nearly tie at 50%; at 45%, several share the rest.
    table._columns["margin"][:6] = (0.05, 0.30, 0.9, 0.8, 0.7, 0.20)
    rows = sort_rows(table, "doubt", PLACES)
    printed = [percent(float(table.column("confidence")[row])) for row in rows]
    assert printed == ["45.0%", "45.0%", "50.0%", "98.9%", "99.0%", "99.9%"]
    # Of those that print the same, the one with the smaller margin comes first.
    assert list(rows[:2]) == [5, 1]
    assert shown(table, Query().toggle("confidence", "99")) == [2, 3]
    assert shown(table, Query().toggle("confidence", "95")) == [4]


@given(st.lists(st.floats(0, 1, width=32), min_size=1, max_size=30), st.randoms())
def test_least_certain_first_never_contradicts_the_printed_numbers(confidences, random):
    table = make([(None, "basophil", value, None, False) for value in confidences])
    table._columns["margin"][: len(confidences)] = [random.random() for _ in confidences]
    values = [float(table.column("confidence")[row]) for row in sort_rows(table, "doubt", PLACES)]
    printed = [float(percent(value).rstrip("%")) for value in values]
    assert printed == sorted(printed)


def test_class_bands_keep_the_row_order(table):
    rows, bands = group_into_bands(table, np.array([2, 1, 0, 4]), "class", PLACES)
    assert list(rows) == [2, 1, 0, 4]
    assert [(band.key, band.first, band.count) for band in bands] == [
        ("basophil", 0, 1), ("monocyte", 1, 2), ("not_classed", 3, 1)
    ]  # fmt: skip


def test_class_bands_include_classes_unknown_to_the_model():
    table = make(
        [
            (None, "monocyte", 0.9, None, False),
            (None, "monocyte", 0.9, "smudge", False),
            (None, None, 0, None, False),
        ]
    )
    _, bands = group_into_bands(table, np.arange(3), "class", PLACES)
    assert [band.key for band in bands] == ["monocyte", "smudge", ""]


def test_review_bands(table):
    table.add([BadFile("bad.png", Message("image.empty"))])
    _, bands = group_into_bands(table, np.arange(6), "review", PLACES)
    assert [(band.key, band.count) for band in bands] == [
        ("open", 1), ("confirmed", 1), ("corrected", 1), ("not_classed", 1), ("removed", 1), ("bad", 1)
    ]  # fmt: skip


def test_empty_table_has_no_rows_or_bands():
    table = ImageTable()
    assert shown(table, Query()) == []
    assert group_into_bands(table, np.arange(0), "", PLACES) == (pytest.approx(np.arange(0)), [])


row = st.tuples(
    st.sampled_from([None, *CLASSES]),
    st.sampled_from([None, *CLASSES]),
    st.floats(0, 1, width=32),
    st.sampled_from([None, *CLASSES, "not_classed"]),
    st.booleans(),
)


@given(
    st.lists(row, max_size=30),
    st.sampled_from(["", "class", "folder", "review"]),
    st.sampled_from(["name", "doubt", "confidence", "class", "size"]),
)
def test_every_image_is_in_exactly_one_band(rows, kind, order):
    table = make(rows)
    ordered = sort_rows(table, order, PLACES)
    assert sorted(ordered) == list(range(len(rows)))
    banded, bands = group_into_bands(table, ordered, kind, PLACES)
    assert sorted(banded) == list(range(len(rows)))
    assert sum(band.count for band in bands) == len(rows)
    assert [band.first for band in bands] == list(
        np.cumsum([0, *(band.count for band in bands)])[:-1]
    )
    assert len({band.key for band in bands}) == len(bands)


@given(st.lists(row, max_size=30))
def test_facet_count_equals_the_matches_after_choosing_it(rows):
    table = make(rows)
    for group, facets in apply_query(table, Query())[1].items():
        for key, count in facets.items():
            assert len(shown(table, Query().toggle(group, key))) == count, (group, key)


def with_unknown(table: ImageTable, limit: float, *scores: float) -> ImageTable:
    table._columns["unknown_score"][: len(scores)] = scores
    table.unknown_limit = limit
    return table


def test_unlabelled_cells_of_no_class_are_a_band_before_the_classes(table):
    with_unknown(table, 0.3, 0.4, 0.4, 0.4, 0.1)
    rows, bands = group_into_bands(table, np.arange(5), "class", PLACES)
    assert [(band.key, band.count) for band in bands] == [
        (UNKNOWN_KEY, 1),
        ("basophil", 2),
        ("monocyte", 1),
        ("not_classed", 1),
    ]
    assert rows[0] == 0  # rows 1 and 2 have a label
    table.apply_decision("0.png", "label", "basophil")
    assert [band.key for band in group_into_bands(table, np.arange(5), "class", PLACES)[1]] == [
        "basophil",
        "monocyte",
        "not_classed",
    ]


def test_cells_of_no_class_have_a_facet_and_count_in_their_predicted_class(table):
    with_unknown(table, 0.3, 0.4, 0.4, 0.4, 0.1)
    counts = apply_query(table, Query())[1]["class"]
    assert counts == {UNKNOWN_KEY: 1, "basophil": 1, "monocyte": 2, "not_classed": 1}
    assert shown(table, Query().toggle("class", UNKNOWN_KEY)) == [0]
    assert shown(table, Query().toggle("class", "monocyte")) == [0, 1]


def test_a_higher_limit_sets_nothing_apart(table):
    with_unknown(table, 0.5, 0.4, 0.4)
    assert UNKNOWN_KEY not in apply_query(table, Query())[1]["class"]


def test_most_possible_classes_come_first_after_cells_of_no_class(table):
    table._columns["possible"][:5] = (1, 3, 1, 2, 0)
    with_unknown(table, 0.3, 0.1, 0.1, 0.1, 0.4)
    # A label or a removal answers the question.
    assert shown(table, Query().toggle("marks", "doubtful")) == []
    assert sort_rows(table, "possible", PLACES).tolist() == [3, 1, 0, 2, 4]
    assert shown(table, Query().toggle("marks", "several_possible")) == []
    table.apply_decision("1.png", "label", None)
    assert shown(table, Query().toggle("marks", "several_possible")) == [1]
    assert shown(table, Query().toggle("marks", "doubtful")) == [1]
    assert sort_rows(table, "possible", PLACES).tolist() == [1, 3, 0, 2, 4]


def test_scores_are_given_as_multiples_of_the_limit(table):
    assert unknown_ratios(with_unknown(table, float("inf"), 0.4)) == [None] * 5
    with_unknown(table, 0.25, 0.5)
    assert unknown_ratios(table) == [2.0, None, None, None, None]
