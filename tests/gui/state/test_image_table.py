"""Image table."""

import numpy as np
import pytest

from engine.classify.card import Calibration
from engine.classify.reading import Reading
from engine.images.record import BadFile, ImageRecord
from engine.messages import Message
from engine.project.classes import effective_label
from engine.project.decisions import NOT_CLASSED, Decision
from gui.state.class_codes import NONE
from gui.state.image_table import ImageTable


class Card:
    """What the table asks of a card."""

    classes = ("basophil", "monocyte", "platelet")
    calibration = Calibration(temperature=2.0)


def record(path: str, label: str | None = None, size: int = 10) -> ImageRecord:
    return ImageRecord(path, label, None, size, 1)


def reading(*logits: float) -> Reading:
    return Reading(
        np.array(logits, np.float32),
        np.arange(4, dtype=np.float16),
        np.zeros((2, 2, 3), np.float16),
    )


@pytest.fixture
def table():
    made = ImageTable()
    made.set_model(Card())
    made.add(
        [record("a.png", "monocyte", 30), BadFile("b.png", Message("image.empty")), record("c.png")]
    )
    return made


def test_scanned_records_become_rows(table):
    assert table.add([record("a.png"), record("d.png")]) == ["d.png"]
    assert len(table) == 4
    assert table.item(0).folder_class == "monocyte"
    assert table.item(1).problem.id == "image.empty"
    assert table.row("c.png") == 2
    assert table.row("nowhere.png") is None
    assert list(table.column("size")) == [30, 0, 10, 10]
    assert [record.path for record in table.unread()] == ["a.png", "c.png", "d.png"]


def test_readings_become_predictions(table):
    first = table.records[0]
    changed = table.add_readings(
        [(first, reading(0, 2, 4)), (table.records[2], Message("image.gone"))]
    )
    assert changed == ["a.png", "c.png"]
    item = table.item(0)
    assert item.prediction.class_id == item.displayed_class == "platelet"
    expected = np.exp([0, 1, 2]) / np.exp([0, 1, 2]).sum()  # logits over the temperature
    np.testing.assert_allclose(item.prediction.probabilities, expected, rtol=1e-5)
    assert table.column("margin")[0] == pytest.approx(expected[2] - expected[1], rel=1e-5)
    assert table.item(2).problem.id == "image.gone"
    assert not table.unread()
    np.testing.assert_array_equal(table.reading(0).embedding, np.arange(4))
    assert table.reading(2) is None


def test_merged_classes_have_the_sum_of_their_probabilities(table):
    table.add_readings(
        [(table.records[0], reading(2.5, 3, 4)), (table.records[2], reading(4, 0, 0))]
    )
    third, second, first = np.exp([1.25, 1.5, 2]) / np.exp([1.25, 1.5, 2]).sum()
    assert table.item(0).prediction.class_id == "platelet"
    table.codes.set_aliases({"monocyte": "basophil"})
    table.readings.refresh_predictions()
    item = table.item(0)
    assert item.prediction.class_id == item.displayed_class == "basophil"
    assert item.prediction.model_class == "monocyte"  # the likelier of the two, whose map is shown
    assert item.prediction.confidence == pytest.approx(second + third, rel=1e-5)
    assert item.prediction.shares == pytest.approx(
        {"basophil": second + third, "platelet": first}, rel=1e-5
    )
    assert list(item.prediction.shares) == ["basophil", "platelet"] == list(item.possible)
    assert table.column("margin")[0] == pytest.approx(second + third - first, rel=1e-4)
    assert list(table.column("possible")[[0, 2]]) == [2, 2]
    # All classes merged into one that the model does not have.
    table.codes.set_aliases(dict.fromkeys(Card.classes, "cell"))
    table.readings.refresh_predictions()
    item = table.item(0)
    assert (item.prediction.class_id, item.possible) == ("cell", ("cell",))
    assert item.prediction.confidence == pytest.approx(1.0, rel=1e-5)
    assert table.column("margin")[0] == pytest.approx(1.0, rel=1e-5)
    table.codes.set_aliases({})
    table.readings.refresh_predictions()
    assert table.item(0).prediction.class_id == "platelet"
    assert table.item(0).prediction.confidence == pytest.approx(first, rel=1e-5)


def test_other_model_discards_readings_and_keeps_decisions(table):
    table.add_readings([(table.records[0], reading(0, 2, 4))])
    table.apply_decision("a.png", "label", "basophil")
    table.set_model(Card())
    assert table.item(0).prediction is None
    assert table.item(0).label == "basophil"
    assert len(table.unread()) == 2


def test_decisions_are_applied_singly_and_together(table):
    table.apply_decision("a.png", "label", NOT_CLASSED)
    table.apply_decision("a.png", "removed", "person")
    table.apply_decision("a.png", "note", "smudge")
    table.apply_decision("gone.png", "label", "basophil")
    item = table.item(0)
    assert (item.label, item.removed, item.note, item.displayed_class) == (
        NOT_CLASSED,
        True,
        "smudge",
        NOT_CLASSED,
    )
    table.set_decisions({"c.png": Decision(label="a class of one's own")})
    assert table.item(0).label is None
    assert table.item(0).note == ""
    assert table.item(2).label == "a class of one's own"
    assert table.column("label")[1] == NONE


def test_merged_classes_are_resolved(table):
    table.add_readings([(table.records[0], reading(0, 2, 4))])
    table.codes.set_aliases({"platelet": "basophil"})
    assert table.item(0).prediction.class_id == "basophil"
    assert table.class_id(int(table.displayed_classes()[0])) == "basophil"
    table.apply_decision("b.png", "label", "platelet")  # decided before, by an import, or undone to
    assert table.item(1).label == table.class_id(int(table.decided_classes()[1])) == "basophil"
    assert table.class_id(int(table.labelled_classes()[1])) == "basophil"
    assert table.class_id(int(table.displayed_classes()[1])) == "basophil"
    assert table.merged == {"platelet": "basophil"}
    table.codes.set_aliases({})
    assert table.item(0).prediction.class_id == "platelet"
    assert table.item(1).label == "platelet"


@pytest.mark.parametrize("decided", [None, NOT_CLASSED, "basophil", "platelet"])
@pytest.mark.parametrize("folder", [None, "monocyte", "platelet"])
def test_labelled_classes_are_the_effective_labels(decided, folder):
    table = ImageTable()
    table.set_model(Card())
    table.codes.set_aliases({"platelet": "basophil"})
    table.add([record("a.png", folder)])
    table.apply_decision("a.png", "label", decided)
    label = table.class_id(int(table.labelled_classes()[0]))
    expected = effective_label(decided, folder, table.merged)
    assert (None if label == NOT_CLASSED else label) == expected


def test_search_matches_paths_and_notes(table):
    table.apply_decision("c.png", "note", "Überschneidung")
    assert list(table.matches_text("A.PNG")) == [True, False, False]
    assert list(table.matches_text("über")) == [False, False, True]
    table.add([record("sub/über.png")])
    assert list(table.matches_text("über")) == [False, False, True, True]


def test_many_images_grow_the_columns(table):
    table.add_readings([(table.records[0], reading(0, 2, 4))])
    table.add([record(f"{number}.png", "basophil", number) for number in range(5000)])
    assert len(table) == 5003
    assert table.column("size")[5002] == 4999
    assert table.item(0).prediction.class_id == "platelet"
    table.add_readings([(table.records[5002], reading(5, 0, 0))])
    assert table.item(5002).prediction.class_id == "basophil"
    assert table.reading(0).logits[2] == 4


def test_cells_that_are_drawn_are_listed_beside_those_of_their_field():
    table = ImageTable()
    paths = [f"{field}.png/00010_{top:05}_020x020" for field in "ab" for top in (10, 50)]
    table.add([record(path) for path in paths])
    drawn = "a.png/00010_00030_020x020"
    table.redraw([], [record(drawn)])
    listed = [table.paths[row] for row in table.fields.listed_rows().tolist()]
    assert listed == [paths[0], drawn, *paths[1:]]
    assert table.cell_paths("a.png") == [*paths[:2], drawn]
    table.redraw([paths[0]], [])
    assert table.count == 4
    assert [table.paths[row] for row in table.fields.listed_rows().tolist()] == [drawn, *paths[1:]]
    assert table.cell_paths("none.png") == []
