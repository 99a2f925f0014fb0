"""Rows of the image table that the gallery shows."""

import numpy as np
import pytest
from grid_helpers import Source, record

from gui.gallery.shown_rows import ShownRows
from gui.state.session import Session


@pytest.fixture
def table(qapp):
    session = Session()
    session.open(Source())
    session.add([record(f"{number}.png") for number in range(4)])
    yield session.table
    session.deleteLater()


def test_rows_are_found_in_both_directions(table):
    rows = ShownRows(table, np.array([3, 0, 2]))
    assert len(rows) == 3
    assert rows.paths(0, 2) == ["3.png", "0.png", "2.png"]
    assert (rows.path(1), rows.item(2).path) == ("0.png", "2.png")
    assert [rows.view_row(path) for path in ("2.png", "1.png", "nowhere.png")] == [2, None, None]
    assert rows.view_rows(np.array([0, 1, 3])).tolist() == [1, -1, 0]


def test_images_added_to_the_table_are_hidden_until_they_are_appended(table):
    rows = ShownRows(table, np.arange(4))
    table.add([record("new.png")])
    assert rows.view_row("new.png") is None
    assert rows.view_rows(np.array([4])).tolist() == [-1]
    rows.append(np.array([4]))
    assert rows.view_row("new.png") == 4
    assert rows.is_same(table, np.arange(5))
    assert not rows.is_same(None, np.arange(5))


def test_without_images_there_are_no_rows(qapp):
    rows = ShownRows()
    assert len(rows) == 0
    assert not rows.paths(0, 10)
    assert rows.view_row("0.png") is None
    assert not len(rows.table_rows())
    assert rows.view_rows(np.array([0])).tolist() == [-1]
    assert not rows.is_same(None, np.arange(0))
