"""Box formats: round trips, foreign files, damaged files."""

import json
from pathlib import Path

import pytest

from engine.exchange.formats.boxes.box_format import (
    BoxedField,
    check_names,
    match_boxes,
    write_boxes,
)
from engine.exchange.formats.boxes.registry import BOX_FORMATS, read_boxes
from engine.fields.cell_box import CellBox
from engine.images.class_set import load_class_set
from engine.jobs import Job
from engine.messages import Problem

CLASSES = load_class_set()
FIELDS = [
    BoxedField(
        "slide 1/field.è.jpg",
        641,
        479,
        (CellBox(0, 3, 91, 80), CellBox(500, 400, 20, 17, "platelet")),
        ("neutrophil", "platelet"),
    ),
    BoxedField("slide 2/field.è.jpg", 1001, 333, (CellBox(900, 1, 101, 99),), ("monocyte",)),
    BoxedField("empty.png", 640, 480, (), ()),
]
PATHS = [field.path for field in FIELDS]


@pytest.mark.parametrize("name", BOX_FORMATS)
def test_round_trip(name, tmp_path):
    write_boxes(BOX_FORMATS[name], FIELDS, CLASSES.ids, tmp_path / "out")
    claims = read_boxes(Job(), tmp_path / "out")
    assert [claim.label for claim in claims if "slide 1" in claim.path] == [
        "neutrophil",
        "platelet",
    ]
    given = match_boxes(claims, PATHS, tmp_path)
    assert given.unmatched == 0
    for field in FIELDS:
        boxes = given.boxes_of(field.path, field.width, field.height, CLASSES)
        assert boxes == sorted(field.boxes, key=lambda box: box.y)


@pytest.mark.parametrize("name", BOX_FORMATS)
def test_an_existing_folder_stays(name, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Problem):
        write_boxes(BOX_FORMATS[name], FIELDS, CLASSES.ids, tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_fields_that_would_share_a_file():
    check_names(["a/x.jpg", "b/x.jpg"])
    with pytest.raises(Problem) as error:
        check_names(["a/x.jpg", "a/X.png"])
    assert "a/x.jpg" in str(error.value)


VOC = """<annotation><folder>JPEGImages</folder><filename>f1.jpg</filename>
<object><name>RBC</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>9</xmax><ymax>9</ymax></bndbox></object>
<object><name>WBC</name><bndbox><xmin>10</xmin><ymin>20</ymin><xmax>700</xmax><ymax>90</ymax></bndbox></object>
<object><name>Platelets</name><bndbox><xmin>5.0</xmin><ymin>5</ymin><xmax>8</xmax><ymax>9</ymax></bndbox></object>
<object><name>WBC</name><bndbox><xmin>50</xmin><ymin>20</ymin><xmax>50</xmax><ymax>90</ymax></bndbox></object>
</annotation>"""


def test_a_foreign_voc_file(tmp_path):
    (tmp_path / "f1.xml").write_text(VOC)
    given = match_boxes(read_boxes(Job(), tmp_path), ["f1.jpg", "f2.jpg"], tmp_path)
    # Red cells and empty boxes are left out; boxes end at the border of the field.
    assert given.boxes_of("f1.jpg", 640, 480, CLASSES) == [
        CellBox(5, 5, 3, 4, "platelet"),
        CellBox(10, 20, 630, 70),
    ]
    assert given.boxes_of("f2.jpg", 640, 480, CLASSES) == []


def test_boxes_of_other_fields(tmp_path):
    (tmp_path / "f1.xml").write_text(VOC)
    claims = read_boxes(Job(), tmp_path)
    with pytest.raises(Problem) as error:
        match_boxes(claims, ["other.jpg"], Path("boxes"))
    assert error.value.message.id == "boxes.none_fits"
    # A name alone means the one field of that name.
    assert list(match_boxes(claims, ["a/f1.jpg", "b/f2.jpg"], Path("boxes")).by_field) == [
        "a/f1.jpg"
    ]
    # Two fields of the same name: neither is guessed.
    with pytest.raises(Problem):
        match_boxes(claims, ["a/f1.jpg", "b/f1.jpg"], Path("boxes"))


BOMB = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><annotation>&c;</annotation>'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.xml", "<annotation><object></annotation>"),
        ("x.xml", VOC.replace("<xmin>10<", "<xmin>ten<")),
        ("x.xml", VOC.replace("<xmin>10</xmin>", "")),
        ("x.xml", BOMB),
        ("instances.json", "{"),
        ("instances.json", json.dumps({"images": [1], "annotations": []})),
        (
            "instances.json",
            json.dumps({"images": [], "annotations": [{"image_id": 1, "bbox": [1, 2, 3]}]}),
        ),
        ("x.txt", "0 .5 .5\n"),
        ("x.txt", "9 .5 .5 .1 .1\n"),
        ("x.txt", "-1 .5 .5 .1 .1\n"),
        ("x.txt", "word .5 .5 .1 .1\n"),
        ("notes.md", "nothing"),
    ],
)
def test_damaged_files_are_one_sentence(name, content, tmp_path):
    folder = tmp_path / "boxes"
    folder.mkdir()
    if name == "x.txt":
        (folder / "classes.txt").write_text("monocyte\n")
    (folder / name).write_text(content)
    with pytest.raises(Problem) as error:
        read_boxes(Job(), folder)
    assert str(error.value).endswith(".")


@pytest.mark.parametrize("value", ["nan", "inf", "-1e9", "1e9"])
def test_impossible_places_are_no_boxes(value, tmp_path):
    (tmp_path / "classes.txt").write_text("monocyte\n")
    (tmp_path / "f.txt").write_text(f"0 {value} .5 .1 .1\n")
    given = match_boxes(read_boxes(Job(), tmp_path), ["f.jpg"], tmp_path)
    assert given.boxes_of("f.jpg", 640, 480, CLASSES) == []


def test_a_missing_file(tmp_path):
    with pytest.raises(Problem) as error:
        read_boxes(Job(), tmp_path / "none")
    assert error.value.message.id == "import.missing"
