"""Arrangement of the images of the gallery."""

import pytest
from grid_helpers import Card, Source, record, set_prediction

from gui.gallery.arrangement import Arrangement
from gui.gallery.query import Query
from gui.state.session import Session


@pytest.fixture
def session(qapp):
    made = Session()
    made.open(Source())
    made.table.set_model(Card())
    made.add([record(f"{number}.png") for number in range(3)])
    yield made
    made.deleteLater()


def arranged(arrangement, session, query):
    rows, _, _ = arrangement.arrange(session.table, query, {})
    return [session.table.paths[row] for row in rows.tolist()]


def test_images_keep_their_places_until_the_order_is_forgotten(session):
    arrangement, query = Arrangement(), Query(order="doubt")
    assert arranged(arrangement, session, query) == ["0.png", "1.png", "2.png"]
    set_prediction(session, "2.png", "monocyte", 0.4)
    assert arranged(arrangement, session, query) == ["0.png", "1.png", "2.png"]
    arrangement.forget_order()
    assert arrangement.sorted_count == 0
    assert arranged(arrangement, session, query) == ["2.png", "0.png", "1.png"]


def test_added_images_come_last(session):
    arrangement = Arrangement()
    arranged(arrangement, session, Query())
    session.add([record("!first.png")])
    assert arranged(arrangement, session, Query())[-1] == "!first.png"
    assert arrangement.sorted_count == 4


def test_bands_and_counts_are_those_of_the_query(session):
    query = Query(bands="review").toggle("review", "open")
    rows, bands, counts = Arrangement().arrange(session.table, query, {})
    assert len(rows) == 3
    assert [(band.key, band.title, band.count) for band in bands] == [("open", "", 3)]
    assert counts["review"]["open"] == 3
