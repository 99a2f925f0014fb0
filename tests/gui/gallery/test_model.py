"""Gallery model."""

import pytest
from grid_helpers import Card, Source, record, set_prediction
from PySide6.QtCore import Qt

from engine.images.record import BadFile
from engine.messages import Message
from gui.gallery.model import ITEM_ROLE, GalleryModel
from gui.gallery.query import Query
from gui.state.session import Session


def shown(model: GalleryModel) -> list[str]:
    return [model.path(row) for row in range(model.rowCount())]


@pytest.fixture
def session(qapp):
    made = Session()
    made.open(Source())
    made.table.set_model(Card())
    yield made
    made.deleteLater()


@pytest.fixture
def model(session):
    return GalleryModel(session)


def test_model_passes_the_qt_model_tester(model, session, qtmodeltester):
    session.add([record("b/2.png"), record("b/1.png"), BadFile("x.png", Message("image.empty"))])
    qtmodeltester.check(model)
    set_prediction(session, "b/1.png", "monocyte", 0.4)
    model.set_query(Query(order="doubt", bands="class"))
    qtmodeltester.check(model)
    session.add([record("c.png")])
    qtmodeltester.check(model)
    session.open(None)
    qtmodeltester.check(model)
    assert model.rowCount() == 0


def test_data_returns_item_name_and_description(model, session):
    session.add([record("b/2.png"), BadFile("x.png", Message("image.empty"))])
    assert model.data(model.index(0), ITEM_ROLE).path == "b/2.png"
    assert model.data(model.index(0)) == "2.png"
    set_prediction(session, "b/2.png", "monocyte", 0.4321)
    assert "43.2%" in model.data(model.index(0), Qt.ItemDataRole.ToolTipRole)
    assert "not confirmed" in model.data(model.index(0), Qt.ItemDataRole.ToolTipRole)
    session.table.apply_decision("b/2.png", "label", "monocyte")
    assert "not confirmed" not in model.data(model.index(0), Qt.ItemDataRole.ToolTipRole)
    assert "empty" in model.data(model.index(1), Qt.ItemDataRole.AccessibleTextRole)


def test_predictions_mark_the_order_stale_without_moving_rows(model, session):
    session.add([record(f"{number}.png") for number in range(5)])
    model.set_query(Query(order="doubt"))
    assert not model.is_order_stale
    set_prediction(session, "3.png", "monocyte", 0.4)
    assert shown(model) == [f"{n}.png" for n in range(5)]
    assert model.is_order_stale
    model.sort_again()
    assert model.path(0) == "3.png"
    assert not model.is_order_stale


def test_decision_moves_only_its_own_image(model, session):
    session.add([record(f"{number}.png") for number in range(4)])
    model.set_query(Query(order="doubt").toggle("review", "open"))
    set_prediction(session, "3.png", "monocyte", 0.4)  # would be first if sorted now
    session.table.apply_decision("1.png", "label", "monocyte")
    session.decided.emit(["1.png"])
    assert shown(model) == ["0.png", "2.png", "3.png"]
    session.table.apply_decision("1.png", "label", None)
    session.decided.emit(["1.png"])
    assert shown(model) == ["0.png", "1.png", "2.png", "3.png"]


def test_unchanged_rows_cause_no_reset(model, session, qtbot):
    session.add([record(f"{number}.png") for number in range(4)])
    session.table.apply_decision("1.png", "label", "monocyte")
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        session.decided.emit(["1.png"])


def test_decision_without_moves_updates_only_band_details(model, session, qtbot):
    session.add([record(f"{number}.png") for number in range(4)])
    for number in range(4):
        set_prediction(session, f"{number}.png", "monocyte", 0.9)
    model.set_query(Query(bands="class"))
    session.table.apply_decision("1.png", "label", "monocyte")
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        session.decided.emit(["1.png"])
    assert [band.detail for band in model.bands] == ["1 reviewed"]


def test_new_files_are_appended(model, session, qtbot):
    session.add([record("1.png")])
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.rowsInserted):
        session.add([record("0.png"), record("2.png")])
    assert shown(model) == ["1.png", "0.png", "2.png"]
    assert model.row_of("2.png") == 2


def test_bands_have_titles_and_review_counts(model, session):
    session.add([record(f"{number}.png") for number in range(4)])
    for number, class_id in enumerate(("monocyte", "basophil", "monocyte")):
        set_prediction(session, f"{number}.png", class_id, 0.9)
    session.table.apply_decision("2.png", "label", "monocyte")
    model.set_query(Query(bands="class"))
    assert [(band.key, band.count) for band in model.bands] == [
        ("basophil", 1), ("monocyte", 2), ("", 1)
    ]  # fmt: skip
    assert "1" in model.bands[1].detail
    assert model.bands[2].title == "No prediction"
    assert model.row_of("3.png") == 3


def test_hidden_image_has_no_row(model, session):
    session.add([record("0.png"), record("1.png")])
    session.table.apply_decision("0.png", "removed", "person")
    session.decided.emit(["0.png"])
    assert model.row_of("0.png") is None
    assert model.row_of("1.png") == 0
    assert model.row_of("nowhere.png") is None


def test_new_source_clears_filters_and_keeps_the_order(model, session):
    session.add([record("0.png")])
    model.set_query(Query("nothing", frozenset({("review", "open")}), "doubt", "class"))
    assert model.rowCount() == 0
    session.open(Source())
    session.add([record("1.png")])
    assert shown(model) == ["1.png"]
    assert model.query == Query("", frozenset(), "doubt", "class")


def test_consecutive_changes_are_reported_together(model, session):
    session.add([record(f"{number}.png") for number in range(10)])
    emitted = []
    model.dataChanged.connect(lambda first, last, _=None: emitted.append((first.row(), last.row())))
    session.updated.emit(["3.png", "1.png", "2.png", "7.png"])
    assert emitted == [(1, 3), (7, 7)]
