"""`cells`: rows, crops, bad files and fields without cells."""

import csv

import numpy as np
import pytest
from drawn_fields import draw_smear
from PIL import Image
from tiny_model import CLASSES

from engine.exchange.formats.boxes.registry import read_boxes
from engine.fields.cell_box import CellBox
from engine.fields.crop import crop_cell
from engine.fields.decided_cells import DrawnBox
from engine.fields.detection import find_cells
from engine.fields.field_source import open_images
from engine.images.record import ImageRecord
from engine.images.sample.cells import render_cell
from engine.jobs import Job
from engine.project.cell_boxes import add_cell, move_box
from engine.project.library import Library


@pytest.fixture
def fields(tmp_path):
    folder = tmp_path / "fields"
    (folder / "slide").mkdir(parents=True)
    pixels, _ = draw_smear(0, ("neutrophil", "lymphocyte"), columns=2)
    Image.fromarray(pixels).save(folder / "slide/=1.png")
    Image.fromarray(np.full((300, 400, 3), 230, np.uint8)).save(folder / "glass.png")
    (folder / "broken.jpg").write_bytes(b"no image")
    return folder


def rows_of(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_cells_of_a_folder_of_fields(cli, fields, tiny, tmp_path):
    out, crops = tmp_path / "cells.csv", tmp_path / "crops"
    done = cli("cells", fields, "--model", tiny, "--out", out, "--crops", crops)
    assert done.status == 0
    assert "could not be read: 1" in done.err
    rows = rows_of(out)
    assert list(rows[0]) == [
        "field", "x", "y", "width", "height", "kind", "flags", "predicted", "confidence",
        *(f"p_{name}" for name in CLASSES), "problem",
    ]  # fmt: skip
    by_field = {}
    for row in rows:
        by_field.setdefault(row["field"], []).append(row)
    assert [len(by_field[name]) for name in ("broken.jpg", "glass.png")] == [1, 1]
    for name in ("broken.jpg", "glass.png"):
        assert by_field[name][0]["problem"]
        assert not by_field[name][0]["x"]
        assert not by_field[name][0]["predicted"]
    pixels = np.asarray(Image.open(fields / "slide/=1.png"))
    cells = find_cells(pixels)
    found = by_field["slide/=1.png"]
    assert sum(row["kind"] == "white_cell" for row in found) == 2
    assert len(found) == len(cells.boxes)
    for row, box in zip(found, cells.boxes, strict=True):
        assert [int(row[name]) for name in ("x", "y", "width", "height")] == [
            box.x, box.y, box.width, box.height
        ]  # fmt: skip
        assert (row["kind"], row["flags"], row["problem"]) == (box.kind, "|".join(box.flags), "")
        shares = [float(row[f"p_{name}"]) for name in CLASSES]
        assert sum(shares) == pytest.approx(1, abs=1e-5)
        assert float(row["confidence"]) == max(shares) == float(row[f"p_{row['predicted']}"])
        name = f"{box.x:05}_{box.y:05}_{box.width:03}x{box.height:03}.png"
        written = np.asarray(Image.open(crops / "slide/=1.png" / name))
        assert np.array_equal(written, crop_cell(pixels, box, cells))


def test_a_second_run_replaces_the_table_and_nothing_else(cli, fields, tiny, tmp_path):
    out = tmp_path / "cells.csv"
    assert cli("cells", fields, "--model", tiny, "--out", out).status == 0
    first = out.read_bytes()
    assert cli("cells", fields, "--model", tiny, "--out", out).status == 0
    assert out.read_bytes() == first
    mine = tmp_path / "mine.csv"
    mine.write_text("a,b\n")
    assert cli("cells", fields, "--model", tiny, "--out", mine).status == 1
    assert mine.read_text() == "a,b\n"


def test_crops_need_a_free_folder(cli, fields, tiny, tmp_path):
    crops = tmp_path / "crops"
    crops.mkdir()
    (crops / "mine.txt").touch()
    done = cli("cells", fields, "--model", tiny, "--out", tmp_path / "c.csv", "--crops", crops)
    assert done.status == 1
    assert not (tmp_path / "c.csv").exists()
    assert [file.name for file in crops.iterdir()] == ["mine.txt"]


def test_an_empty_folder_is_one_sentence(cli, tiny, tmp_path):
    (tmp_path / "empty").mkdir()
    done = cli("cells", tmp_path / "empty", "--model", tiny, "--out", tmp_path / "c.csv")
    assert done.status == 1
    assert "no images" in done.err
    assert not (tmp_path / "c.csv").exists()


@pytest.mark.parametrize("box_format", ["voc", "coco", "yolo"])
def test_boxes_written_are_read_again(cli, fields, tiny, tmp_path, box_format):
    out, again, boxes = tmp_path / "cells.csv", tmp_path / "again.csv", tmp_path / "boxes"
    done = cli(
        "cells", fields, "--model", tiny, "--out", out, "--boxes", boxes, "--boxes-as", box_format
    )  # fmt: skip
    assert done.status == 0
    assert cli("cells", fields, "--model", tiny, "--out", again, "--from", boxes).status == 0
    columns = ("field", "x", "y", "width", "height")
    first, second = ([tuple(row[c] for c in columns) for row in rows_of(f)] for f in (out, again))
    assert first == second
    # The class of a box decides what kind of cell it is.
    for before, after in zip(rows_of(out), rows_of(again), strict=True):
        if before["x"]:
            is_platelet = before["predicted"] == "platelet"
            assert after["kind"] == ("platelet" if is_platelet else "white_cell")


def test_boxes_of_other_fields_are_refused(cli, fields, tiny, tmp_path):
    (tmp_path / "boxes").mkdir()
    (tmp_path / "boxes" / "classes.txt").write_text("monocyte\n")
    (tmp_path / "boxes" / "other.txt").write_text("0 .5 .5 .1 .1\n")
    out = tmp_path / "cells.csv"
    done = cli("cells", fields, "--model", tiny, "--out", out, "--from", tmp_path / "boxes")
    assert done.status == 1
    assert "No box in boxes belongs to a field of this folder (1 box)" in done.err
    assert not out.exists()


@pytest.fixture
def decided(fields):
    """Return what a person did in the window: a cell added and labelled, one moved, one removed."""
    source = open_images(fields, fields=True)
    records = [file for file in source.scan(Job()) if isinstance(file, ImageRecord)]
    white = sorted(records, key=lambda record: -record.size)[:2]
    field_hash = source.load_field(white[0]).image.content_hash
    drawn = DrawnBox(field_hash, "white_cell")
    added, moved = (
        f"slide/=1.png/{name}" for name in ("00004_00005_060x061", "00200_00210_070x071")
    )
    with Library().create(source, records, "fields") as project:
        project.link(Job(), source, records)
        add_cell(project, added, drawn, "Ada")
        move_box(project, white[0].path, moved, drawn, "Ada")
        project.apply(
            "label",
            [(added, "label", "basophil"), (white[1].path, "removed", "person")],
            who="Ada",
        )
        project.verify_links(Job(), source)
    return added, moved, white


@pytest.mark.parametrize("box_format", ["voc", "coco", "yolo"])
def test_boxes_drawn_in_the_window_are_written_with_their_classes(
    cli, fields, decided, tiny, tmp_path, box_format
):
    added, moved, white = decided
    out, boxes = tmp_path / "cells.csv", tmp_path / "boxes"
    done = cli(
        "cells", fields, "--model", tiny, "--out", out, "--boxes", boxes, "--boxes-as", box_format
    )  # fmt: skip
    assert done.status == 0
    assert "decided in the window" in done.err
    names = {
        f"{row['field']}/{int(row['x']):05}_{int(row['y']):05}_{int(row['width']):03}x{int(row['height']):03}"
        for row in rows_of(out)
        if row["x"]
    }
    assert {added, moved} <= names
    assert not names & {record.path for record in white}
    claims = read_boxes(Job(), boxes)
    assert len(claims) == len(names)
    height, width = np.asarray(Image.open(fields / "slide/=1.png")).shape[:2]
    (label,) = [
        claim.label
        for claim in claims
        if claim.to_box(width, height, "white_cell") == CellBox(4, 5, 60, 61)
    ]
    assert label == "basophil"


def test_other_commands_read_the_drawn_boxes_too(cli, fields, decided, tiny, tmp_path):
    added, moved, white = decided
    out = tmp_path / "readings.csv"
    assert cli("classify", fields, "--fields", "--model", tiny, "--out", out).status == 0
    paths = {row["path"] for row in rows_of(out)}
    assert {added, moved} <= paths
    assert white[0].path not in paths


def test_images_of_single_cells_are_recognised_and_fields_are_not(cli, fields, tiny, tmp_path):
    singles = tmp_path / "singles"
    singles.mkdir()
    for number in range(6):
        cell = render_cell("neutrophil", np.random.default_rng(number))
        Image.fromarray(cell).save(singles / f"{number}.png")
    done = cli("cells", singles, "--model", tiny, "--out", tmp_path / "singles.csv")
    assert done.status == 0
    assert "“classify” reads each as it is" in done.err
    done = cli("cells", fields, "--model", tiny, "--out", tmp_path / "fields.csv")
    assert "“classify”" not in done.err


def test_fields_are_fields_with_and_without_the_option(cli, fields, tiny, tmp_path):
    plain = cli("cells", fields, "--model", tiny, "--out", "-")
    marked = cli("cells", fields, "--fields", "--model", tiny, "--crops", tmp_path / "crops")
    assert (plain.status, marked.status, marked.out) == (0, 0, "")
    cells = [row for row in plain.out.splitlines()[1:] if row.split(",")[1]]
    assert (
        len(cells)
        == len([file for file in (tmp_path / "crops").rglob("*.png") if file.is_file()])
        > 0
    )
