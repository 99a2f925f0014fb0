"""`classify`: rows, order, bad files, and protected files."""

import csv
import io
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from multi_cell_images import write_fields
from PIL import Image
from tiny_model import CLASSES, class_image, save_class_image

from engine.classify.bundle import Bundle, write_bundle
from engine.classify.calibrator import Calibrator
from engine.classify.models import open_model
from engine.classify.reading import Reading
from engine.cli.classify import RowWriter
from engine.images.record import BadFile, ImageRecord
from engine.images.sample.cells import render_cell
from engine.images.source import open_source
from engine.jobs import Job
from engine.messages import Message
from engine.project.library import Library
from engine.project.tags import TAG_ACTION, tag_changes


def rows_of(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_classify_a_folder(cli, cells, tiny, tmp_path):
    (cells / "broken.jpg").write_bytes(b"no image")
    (cells / "=1+1.png").write_bytes((cells / "monocyte/0.png").read_bytes())
    out = tmp_path / "readings.csv"
    done = cli("classify", cells, "--model", tiny, "--out", out)
    assert done.status == 0
    assert "could not be read: 1" in done.err
    rows = rows_of(out)
    assert list(rows[0]) == [
        "path", "predicted", "confidence", *(f"p_{name}" for name in CLASSES), "problem", "note",
        "warning",
        "possible",
        "unknown",
        "tags",
    ]  # fmt: skip
    by_path = {row["path"]: row for row in rows}
    assert len(by_path) == 8 * 3 + 2
    assert by_path["./=1+1.png"]["predicted"] == "monocyte"
    bad = by_path.pop("broken.jpg")
    assert bad.pop("problem")
    assert set(bad.values()) == {"broken.jpg", ""} or not any(
        bad[name] for name in bad if name != "path"
    )
    for path, row in by_path.items():
        assert (cells / path).is_file()
        assert row["problem"] == ""
        if "/" in path.removeprefix("./"):
            assert row["predicted"] == path.split("/")[0]
        shares = [float(row[f"p_{name}"]) for name in CLASSES]
        assert sum(shares) == pytest.approx(1, abs=1e-5)
        assert float(row["confidence"]) == max(shares) == float(row[f"p_{row['predicted']}"])
        possible = row["possible"].split("|")
        assert possible[0] == row["predicted"]
        likeliest = sorted(shares, reverse=True)[: len(possible)]
        assert sum(likeliest) >= 0.95 - 1e-5
        assert sum(likeliest[:-1]) < 0.95 + 1e-5
    assert "Expected accuracy on these images" in done.err


def test_tags_of_the_folders_project_are_a_column(cli, cells, tiny, tmp_path):
    source = open_source(cells)
    records = [file for file in source.scan(Job()) if isinstance(file, ImageRecord)]
    with Library().create(source, records, "cells") as project:
        project.link(Job(), source, records)
        changes = tag_changes(["monocyte/0.png"], ["=exam", "blast?"], add=True)
        project.apply(TAG_ACTION, changes, who="Anna")
    out = tmp_path / "readings.csv"
    assert cli("classify", cells, "--model", tiny, "--out", out).status == 0
    tags = {row["path"]: row["tags"] for row in rows_of(out) if row["tags"]}
    assert tags == {"monocyte/0.png": "'=exam|blast?"}


def test_domain_warnings(cli, tmp_path):
    fields = write_fields(tmp_path / "fields", 8)
    out = tmp_path / "out.csv"
    arguments = ("classify", tmp_path / "fields", "--model", "fast", "--out", out)
    done = cli(*arguments)
    assert done.status == 0
    assert "100% of the 8 read are far" in done.err
    assert "whole fields of a smear" in done.err
    rows = rows_of(out)
    assert len(rows) == len(fields)
    assert all("unlike" in row["warning"] for row in rows)
    assert sum("several cells" in row["warning"] for row in rows) > len(rows) // 2
    # The same from the cache, and no warning for a single cell.
    first = out.read_bytes()
    assert cli(*arguments).err.endswith(done.err.splitlines()[-1] + "\n")
    assert out.read_bytes() == first
    cell = render_cell("neutrophil", np.random.default_rng(4))
    (tmp_path / "cells").mkdir()
    Image.fromarray(cell).save(tmp_path / "cells/a.png")
    done = cli("classify", tmp_path / "cells", "--model", "fast", "--out", out)
    assert "unlike" not in done.err
    assert "several cells" not in rows_of(out)[0]["warning"]


def test_cached_results_are_identical(cli, cells, tiny, tmp_path):
    first, cached, uncached = (tmp_path / f"{name}.csv" for name in "abc")
    assert cli("classify", cells, "--model", tiny, "--out", first).status == 0
    assert cli("classify", cells, "--model", tiny, "--out", cached).status == 0
    assert cli("classify", cells, "--model", tiny, "--out", uncached, "--no-cache").status == 0
    assert first.read_bytes() == cached.read_bytes() == uncached.read_bytes()


def test_decoding_notes_survive_the_cache(cli, tiny, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    rgba = np.dstack([class_image(2), np.zeros(class_image(2).shape[:2], np.uint8)])
    Image.fromarray(rgba).save(folder / "hidden.png")
    pages = [Image.fromarray(class_image(number)) for number in (1, 2)]
    pages[0].save(folder / "pages.tiff", save_all=True, append_images=pages[1:])
    Image.fromarray(class_image(3)).save(folder / "plain.png")
    out = tmp_path / "out.csv"
    for _ in range(2):
        assert cli("classify", folder, "--model", tiny, "--out", out).status == 0
        rows = {row["path"]: row for row in rows_of(out)}
        assert rows["hidden.png"]["predicted"] == CLASSES[2]
        assert "transparency" in rows["hidden.png"]["note"]
        assert "several images" in rows["pages.tiff"]["note"]
        assert rows["plain.png"]["note"] == ""
        assert [row["problem"] for row in rows.values()] == [""] * 3


def test_a_model_is_read_in_as_many_views_as_its_card_says(cli, tmp_path):
    cells, fast = tmp_path / "cells", open_model("fast")
    cells.mkdir()
    for number, name in enumerate(("neutrophil", "monocyte", "lymphocyte")):
        cell = render_cell(name, np.random.default_rng(number))
        Image.fromarray(cell).save(cells / f"{name}.png")
    files = [fast.folder / name for name in fast.card.files]
    made = write_bundle(tmp_path / "several", fast.with_views(8).card, files)

    def classify(*options):
        out = tmp_path / "out.csv"
        assert cli("classify", cells, "--out", out, *options).status == 0
        return rows_of(out)

    in_views = classify("--model", made.folder)
    assert in_views == classify("--model", "fast", "--views", 8)
    in_one = classify("--model", made.folder, "--views", 1)
    assert in_one == classify("--model", "fast")
    assert in_one != in_views
    # Also from the cache.
    assert classify("--model", made.folder) == in_views


def test_views_are_cached_separately(cli, cells, tiny, tmp_path):
    out = tmp_path / "out.csv"
    assert cli("classify", cells, "--model", tiny, "--out", out).status == 0
    plain = out.read_text()
    done = cli("classify", cells, "--model", tiny, "--out", out, "--views", 4)
    assert done.status == 0
    several = out.read_text()
    assert [line.split(",")[:2] for line in several.splitlines()] == [
        line.split(",")[:2] for line in plain.splitlines()
    ]
    assert cli("classify", cells, "--model", tiny, "--out", out, "--views", 9).status == 2


def test_write_to_standard_output(cli, cells, tiny):
    done = cli("classify", cells, "--model", tiny, "--out", "-")
    assert done.status == 0
    assert len(list(csv.DictReader(io.StringIO(done.out)))) == 24
    assert "24 images" in done.err


def test_classify_an_archive(cli, tiny, tmp_path):
    numbers = [0, 3, 7, 3]
    archive = tmp_path / "cells.npz"
    np.savez(archive, images=np.stack([class_image(number) for number in numbers]), labels=numbers)
    out = tmp_path / "out.csv"
    done = cli("classify", archive, "--model", tiny, "--out", out)
    assert done.status == 0, done.err
    assert [row["predicted"] for row in rows_of(out)] == [CLASSES[number] for number in numbers]


def test_folder_with_bad_files_only(cli, tiny, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/empty.png").write_bytes(b"")
    out = tmp_path / "out.csv"
    assert cli("classify", tmp_path / "in", "--model", tiny, "--out", out).status == 0
    (row,) = rows_of(out)
    assert row["problem"]
    assert not row["predicted"]


def test_empty_folder(cli, tiny, tmp_path):
    (tmp_path / "in").mkdir()
    out = tmp_path / "out.csv"
    done = cli("classify", tmp_path / "in", "--model", tiny, "--out", out)
    assert done.status == 1
    assert "no images" in done.sentence
    assert not out.exists()


@pytest.mark.parametrize("name", ["nowhere", "cells.txt"])
def test_missing_folder(cli, tiny, tmp_path, name):
    (tmp_path / "cells.txt").write_text("no image")
    done = cli("classify", tmp_path / name, "--model", tiny, "--out", tmp_path / "out.csv")
    assert done.status == 1
    assert name in done.sentence


def test_missing_model(cli, cells, tmp_path):
    done = cli("classify", cells, "--model", tmp_path / "no model", "--out", tmp_path / "out.csv")
    assert done.status == 1
    assert "no model" in done.sentence


def test_image_is_not_overwritten(cli, cells, tiny):
    image = cells / "monocyte/0.png"
    before = image.read_bytes()
    done = cli("classify", cells, "--model", tiny, "--out", image)
    assert done.status == 1
    assert "one of the input files" in done.sentence
    assert image.read_bytes() == before


def test_archive_is_not_overwritten(cli, tiny, tmp_path):
    archive = tmp_path / "cells.npz"
    np.savez(archive, images=np.stack([class_image(0)]), labels=[0])
    before = archive.read_bytes()
    assert cli("classify", archive, "--model", tiny, "--out", archive).status == 1
    assert archive.read_bytes() == before


def test_output_path_is_a_folder(cli, cells, tiny, tmp_path):
    done = cli("classify", cells, "--model", tiny, "--out", tmp_path)
    assert done.status == 1
    assert "is a folder" in done.sentence


def test_output_path_below_a_file(cli, cells, tiny, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    done = cli("classify", cells, "--model", tiny, "--out", tmp_path / "file/out.csv")
    assert done.status == 1
    assert "file" in done.sentence


def test_table_may_be_inside_the_image_folder(cli, cells, tiny):
    for _ in range(2):
        assert cli("classify", cells, "--model", tiny, "--out", cells / "readings.csv").status == 0
        assert len(rows_of(cells / "readings.csv")) == 24


def record(path):
    return ImageRecord(path, None, None, 1, 1)


@given(st.data())
def test_row_writer_keeps_the_folder_order(tiny, data):
    card = Bundle.open(tiny).card
    kinds = data.draw(st.lists(st.booleans(), min_size=1, max_size=40))
    found = [
        BadFile(f"{number}.png", Message("image.damaged")) if bad else record(f"{number}.png")
        for number, bad in enumerate(kinds)
    ]
    results = [
        (file, Reading(np.eye(8, dtype=np.float32)[number % 8], np.zeros(3), np.zeros((4, 4, 8))))
        for number, file in enumerate(found)
        if isinstance(file, ImageRecord)
    ]
    random.Random(data.draw(st.integers(0, 99))).shuffle(results)
    stream = io.BytesIO()
    rows = RowWriter(stream, card, Calibrator(card.calibration), found)
    while results:
        count = data.draw(st.integers(1, 5))
        taken, results = results[:count], results[count:]
        rows.take(taken)
    rows.close()
    got = list(csv.DictReader(io.StringIO(stream.getvalue().decode())))
    assert [row["path"] for row in got] == [file.path for file in found]
    assert rows.bad_count == sum(kinds)
    assert [row["predicted"] for row in got] == [
        "" if bad else CLASSES[number % 8] for number, bad in enumerate(kinds)
    ]


def test_row_writer_holds_back_early_rows_only(tiny):
    found = [record(f"{number}.png") for number in range(100)]
    reading = Reading(np.zeros(8, np.float32), np.zeros(3), np.zeros((4, 4, 8)))
    rows = RowWriter(
        io.BytesIO(), Bundle.open(tiny).card, Calibrator.of_bundle(Bundle.open(tiny)), found
    )
    for first, second in zip(found[::2], found[1::2], strict=True):
        rows.take([(second, reading)])
        assert len(rows._pending) == 1
        rows.take([(first, reading)])
        assert not rows._pending


def test_row_writer_raises_for_a_missing_result(tiny):
    rows = RowWriter(
        io.BytesIO(),
        Bundle.open(tiny).card,
        Calibrator.of_bundle(Bundle.open(tiny)),
        [record("a.png")],
    )
    with pytest.raises(AssertionError, match=r"a\.png"):
        rows.close()


def test_classify_ignores_labels(cli, tiny, tmp_path):
    folder = tmp_path / "flat"
    folder.mkdir()
    save_class_image(folder / "x.png", 2)
    out = tmp_path / "out.csv"
    assert cli("classify", folder, "--model", tiny, "--out", out).status == 0
    assert rows_of(out)[0]["predicted"] == CLASSES[2]


def test_the_cells_of_fields_are_classified(cli, tiny, tmp_path):
    write_fields(tmp_path / "fields", 2)
    (tmp_path / "fields/broken.png").write_bytes(b"no image")
    out = tmp_path / "cells.csv"
    done = cli("classify", tmp_path / "fields", "--fields", "--model", tiny, "--out", out)
    assert done.status == 0
    rows = rows_of(out)
    cells = [row for row in rows if not row["problem"]]
    assert f"Found {len(cells)} cells in 2 fields." in done.err
    assert {row["path"].split("/")[0] for row in cells} == {"field0.png", "field1.png"}
    assert len(cells) > 10
    assert all(row["predicted"] in CLASSES for row in cells)
    assert [row["path"] for row in rows if row["problem"]] == ["broken.png"]


def test_a_field_is_never_overwritten(cli, tiny, tmp_path):
    (field,) = write_fields(tmp_path / "fields", 1)
    before = field.read_bytes()
    done = cli("classify", field, "--fields", "--model", tiny, "--out", field)
    assert done.status != 0
    assert field.read_bytes() == before
