"""The gallery's rows."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from engine.images.record import BadFile, ImageRecord
from engine.messages import Message
from gui.gallery.model import BY_CLASS, BY_DOUBT, BY_NAME, GalleryModel, ItemRole
from gui.session import Prediction, Session


def record(path: str) -> ImageRecord:
    return ImageRecord(path, None, None, 10, 1)


def said(session: Session, path: str, class_id: str, confidence: float) -> None:
    session.items[path].prediction = Prediction(class_id, confidence, np.zeros(8, np.float32))
    session.updated.emit([path])


@pytest.fixture
def session(qapp):
    made = Session()
    yield made
    made.deleteLater()


@pytest.fixture
def model(session):
    return GalleryModel(session)


def test_model_keeps_qts_rules(model, session, qtmodeltester):
    session.add([record("b/2.png"), record("b/1.png"), BadFile("x.png", Message("image.empty"))])
    qtmodeltester.check(model)
    said(session, "b/1.png", "monocyte", 0.4)
    model.sort_by(BY_DOUBT)
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
    assert "empty" in model.data(model.index(1), Qt.ItemDataRole.AccessibleTextRole)


def test_results_never_move_rows_by_themselves(model, session):
    session.add([record(f"{number}.png") for number in range(5)])
    model.sort_by(BY_DOUBT)
    assert not model.stale
    said(session, "3.png", "monocyte", 0.2)
    assert [model.item(row).path for row in range(5)] == [f"{n}.png" for n in range(5)]
    assert model.stale
    model.sort_again()
    assert model.item(0).path == "3.png"
    assert not model.stale


def test_sorting_moves_persistent_indexes_along(model, session):
    from PySide6.QtCore import QPersistentModelIndex

    session.add([record(f"{number}.png") for number in range(6)])
    held = QPersistentModelIndex(model.index(4))
    for number, share in enumerate((0.9, 0.8, 0.7, 0.6, 0.5, 0.95)):
        said(session, f"{number}.png", "platelet" if number % 2 else "basophil", share)
    model.sort_by(BY_DOUBT)
    assert held.row() == 0
    assert model.row("4.png") == 0
    model.sort_by(BY_CLASS)
    assert held.data(ItemRole).path == "4.png"
    model.sort_by(BY_NAME)
    assert held.row() == 4


def test_neighbouring_changes_are_told_as_one(model, session, qtbot):
    session.add([record(f"{number}.png") for number in range(10)])
    told = []
    model.dataChanged.connect(lambda first, last, _=None: told.append((first.row(), last.row())))
    session.updated.emit(["3.png", "1.png", "2.png", "7.png"])
    assert told == [(1, 3), (7, 7)]


def test_a_hundred_thousand_rows_are_quick(model, session):
    import time

    session.add([record(f"{number:06}.png") for number in range(100_000)])
    began = time.process_time()
    model.sort_by(BY_DOUBT)
    assert model.rowCount() == 100_000
    assert time.process_time() - began < 5  # a guard against quadratic work, not a benchmark
