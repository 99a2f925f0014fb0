"""The gallery's rows."""

import pytest
from grid_help import Card, Source, record, said
from PySide6.QtCore import Qt

from engine.images.record import BadFile
from engine.messages import Message
from gui.gallery.model import GalleryModel, ItemRole
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


def test_model_keeps_qts_rules(model, session, qtmodeltester):
    session.add([record("b/2.png"), record("b/1.png"), BadFile("x.png", Message("image.empty"))])
    qtmodeltester.check(model)
    said(session, "b/1.png", "monocyte", 0.4)
    model.ask(Query(order="doubt", bands="class"))
    qtmodeltester.check(model)
    session.add([record("c.png")])
    qtmodeltester.check(model)
    session.open(None)
    qtmodeltester.check(model)
    assert model.rowCount() == 0


def test_rows_carry_the_item_and_its_words(model, session):
    session.add([record("b/2.png"), BadFile("x.png", Message("image.empty"))])
    assert model.data(model.index(0), ItemRole).path == "b/2.png"
    assert model.data(model.index(0)) == "2.png"
    said(session, "b/2.png", "monocyte", 0.4321)
    assert "43.2%" in model.data(model.index(0), Qt.ItemDataRole.ToolTipRole)
    assert "not confirmed" in model.data(model.index(0), Qt.ItemDataRole.ToolTipRole)
    session.table.apply_decision("b/2.png", "label", "monocyte")
    assert "not confirmed" not in model.data(model.index(0), Qt.ItemDataRole.ToolTipRole)
    assert "empty" in model.data(model.index(1), Qt.ItemDataRole.AccessibleTextRole)


def test_results_never_move_rows_by_themselves(model, session):
    session.add([record(f"{number}.png") for number in range(5)])
    model.ask(Query(order="doubt"))
    assert not model.stale
    said(session, "3.png", "monocyte", 0.4)
    assert shown(model) == [f"{n}.png" for n in range(5)]
    assert model.stale
    model.sort_again()
    assert model.path(0) == "3.png"
    assert not model.stale


def test_a_decision_moves_only_its_own_image(model, session):
    session.add([record(f"{number}.png") for number in range(4)])
    model.ask(Query(order="doubt").toggle("review", "open"))
    said(session, "3.png", "monocyte", 0.4)  # would be first if the rows were sorted now
    session.table.apply_decision("1.png", "label", "monocyte")
    session.decided.emit(["1.png"])
    assert shown(model) == ["0.png", "2.png", "3.png"]
    session.table.apply_decision("1.png", "label", None)
    session.decided.emit(["1.png"])
    assert shown(model) == ["0.png", "1.png", "2.png", "3.png"]


def test_rows_that_stay_are_not_laid_out_anew(model, session, qtbot):
    session.add([record(f"{number}.png") for number in range(4)])
    session.table.apply_decision("1.png", "label", "monocyte")
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        session.decided.emit(["1.png"])


def test_a_decision_that_moves_nothing_tells_the_bands_details_alone(model, session, qtbot):
    session.add([record(f"{number}.png") for number in range(4)])
    for number in range(4):
        said(session, f"{number}.png", "monocyte", 0.9)
    model.ask(Query(bands="class"))
    session.table.apply_decision("1.png", "label", "monocyte")
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        session.decided.emit(["1.png"])
    assert [band.detail for band in model.bands] == ["1 reviewed"]


def test_what_the_scan_finds_is_added_at_the_end(model, session, qtbot):
    session.add([record("1.png")])
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.rowsInserted):
        session.add([record("0.png"), record("2.png")])
    assert shown(model) == ["1.png", "0.png", "2.png"]
    assert model.row("2.png") == 2


def test_bands_have_titles_and_say_what_is_reviewed(model, session):
    session.add([record(f"{number}.png") for number in range(4)])
    for number, class_id in enumerate(("monocyte", "basophil", "monocyte")):
        said(session, f"{number}.png", class_id, 0.9)
    session.table.apply_decision("2.png", "label", "monocyte")
    model.ask(Query(bands="class"))
    assert [(band.key, band.count) for band in model.bands] == [
        ("basophil", 1), ("monocyte", 2), ("", 1)
    ]  # fmt: skip
    assert "1" in model.bands[1].detail
    assert model.bands[2].title == "No class yet"
    assert model.row("3.png") == 3


def test_a_facet_that_hides_an_image_gives_it_no_row(model, session):
    session.add([record("0.png"), record("1.png")])
    session.table.apply_decision("0.png", "removed", "person")
    session.decided.emit(["0.png"])
    assert model.row("0.png") is None
    assert model.row("1.png") == 0
    assert model.row("nowhere.png") is None


def test_another_source_forgets_the_facets_and_keeps_the_order(model, session):
    session.add([record("0.png")])
    model.ask(Query("nothing", frozenset({("review", "open")}), "doubt", "class"))
    assert model.rowCount() == 0
    session.open(Source())
    session.add([record("1.png")])
    assert shown(model) == ["1.png"]
    assert model.query == Query("", frozenset(), "doubt", "class")


def test_neighbouring_changes_are_told_as_one(model, session):
    session.add([record(f"{number}.png") for number in range(10)])
    told = []
    model.dataChanged.connect(lambda first, last, _=None: told.append((first.row(), last.row())))
    session.updated.emit(["3.png", "1.png", "2.png", "7.png"])
    assert told == [(1, 3), (7, 7)]
