"""Field sources: stable cells, crops, content hashes, bad files, labels, and changed fields."""

import os
from dataclasses import replace

import numpy as np
import pytest
from multi_cell_images import write_fields
from PIL import Image

from engine.fields import crop
from engine.fields.cell_path import file_path, split_cell_path
from engine.fields.crop import crop_cell
from engine.fields.decided_cells import DecidedCell
from engine.fields.field_source import FieldSource, holds_fields, open_images
from engine.images import file_sample
from engine.images.class_set import load_class_set
from engine.images.record import BadFile, ImageRecord
from engine.images.source import open_source
from engine.jobs import Cancelled, Job
from engine.messages import Problem


@pytest.fixture
def folder(tmp_path):
    write_fields(tmp_path / "fields", 3)
    return tmp_path / "fields"


def cells_of(source) -> list[ImageRecord]:
    return [file for file in source.scan(Job()) if isinstance(file, ImageRecord)]


def test_a_folder_of_fields_is_a_folder_of_cells(folder):
    before = {file: file.read_bytes() for file in folder.rglob("*")}
    source = open_images(folder, fields=True)
    assert holds_fields(source)
    assert not holds_fields(open_images(folder))
    records = cells_of(source)
    assert {file_path(record.path) for record in records} == {f"field{n}.png" for n in range(3)}
    assert len({record.path for record in records}) == len(records) > 10
    field = np.asarray(Image.open(folder / "field0.png"))
    for record in records[:4]:
        image = source.load(record)
        whole = source.load_field(record)
        _, coordinates = split_cell_path(record.path)
        box = next(box for box in whole.cells.boxes if (box.x, box.y) == coordinates[:2])
        assert np.array_equal(image.pixels, crop_cell(field, box, whole.cells))
        assert np.array_equal(source.preview(record, 32), image.pixels)
        assert source.digest(record) == image.content_hash
        assert record.identity is None  # The cells of a field are not names of one file.
    # Another start, now with the cached cells, and a process that did not scan.
    assert cells_of(open_images(folder, fields=True)) == records
    other = FieldSource(open_source(folder), load_class_set())
    assert other.digest(records[0]) == source.digest(records[0])
    assert other.load(records[0]).content_hash == source.digest(records[0])
    assert {file: file.read_bytes() for file in folder.rglob("*")} == before


def test_the_content_hash_is_that_of_the_field_and_the_box(folder, tmp_path):
    records, source = cells_of(open_images(folder, fields=True)), open_images(folder, fields=True)
    hashes = [source.digest(record) for record in records]
    assert len(set(hashes)) == len(hashes)
    folder.rename(tmp_path / "moved")
    (tmp_path / "moved/field0.png").rename(tmp_path / "moved/another name.png")
    moved = open_images(tmp_path / "moved", fields=True)
    assert {moved.digest(record) for record in cells_of(moved)} == set(hashes)


def test_damaged_fields_are_bad_files_and_stop_nothing(folder):
    (folder / "field1.png").write_bytes((folder / "field1.png").read_bytes()[:3000])
    (folder / "empty.png").write_bytes(b"")
    found = list(open_images(folder, fields=True).scan(Job()))
    bad = {file.path: file.reason.id for file in found if isinstance(file, BadFile)}
    assert bad == {"empty.png": "image.empty", "field1.png": "image.truncated"}
    cells = {file_path(file.path) for file in found if isinstance(file, ImageRecord)}
    assert cells == {"field0.png", "field2.png"}


def test_a_field_that_changed_or_went_is_not_read_as_the_old_one(folder):
    source = open_images(folder, fields=True)
    records = cells_of(source)
    first, last = records[2], records[-1]
    Image.new("RGB", (3, 3), "white").save(folder / file_path(first.path))
    (folder / file_path(last.path)).unlink()
    with pytest.raises(Problem) as changed:
        source.digest(first)
    assert changed.value.message.id == "image.changed"
    for method in (source.digest, source.load, lambda record: source.preview(record, 64)):
        with pytest.raises(Problem):
            method(last)
    with pytest.raises(Problem):  # The box lies outside the new field.
        source.load(first)


def test_only_a_class_folder_labels_its_white_cells(tmp_path):
    write_fields(tmp_path / "neutrophil", 1)
    write_fields(tmp_path / "slide 7", 1)
    source = open_images(tmp_path, fields=True)
    for record in cells_of(source):
        _, coordinates = split_cell_path(record.path)
        boxes = source.load_field(record).cells.boxes
        kind = next(box.kind for box in boxes if (box.x, box.y) == coordinates[:2])
        labelled = record.path.startswith("neutrophil/") and kind == "white_cell"
        assert record.label == ("neutrophil" if labelled else None)


def test_progress_counts_fields_and_a_scan_is_cancelled(folder):
    seen = []
    job = Job(lambda progress: seen.append((progress.done, progress.total)))
    list(open_images(folder, fields=True).scan(job))
    assert seen[-1] == (3, 3)
    job = Job()
    scan = open_images(folder, fields=True).scan(job)
    next(scan)
    job.cancel()
    with pytest.raises(Cancelled):
        list(scan)


def test_the_scale_of_a_field_is_part_of_what_is_cached(folder, monkeypatch):
    source = open_images(folder, fields=True)
    record = cells_of(source)[0]
    before = source.load(record)
    monkeypatch.setitem(crop._BOX_SIDES, "white_cell", 3.0)
    monkeypatch.setitem(crop._BOX_SIDES, "platelet", 3.0)
    monkeypatch.setattr(crop, "RED_CELL_DIAMETERS", 3.0)
    again = open_images(folder, fields=True)
    after = again.load(record)
    assert after.content_hash == before.content_hash  # Decisions stay with the cell.
    assert after.cache_key != before.cache_key  # A reading of the old crop is not used.
    changed = next(cell for cell in cells_of(again) if cell.path == record.path)
    assert changed.stamp != record.stamp


def test_decided_cells_stay_where_they_are_while_their_field_is_the_same(folder):
    source = open_images(folder, fields=True)
    found = cells_of(source)
    _, box = split_cell_path(found[0].path)
    # As an earlier detector found it, and one that no detector finds.
    moved = f"field0.png/{box.x + 2:05}_{box.y + 1:05}_{box.width:03}x{box.height:03}"
    drawn = "field0.png/00001_00001_004x004"
    other_content = "field0.png/00002_00300_009x009"
    drawn_hash = source.digest(replace(found[0], path=drawn))
    decided = [
        DecidedCell(moved),
        DecidedCell(drawn, drawn_hash),
        DecidedCell(other_content, "ab"),
    ]
    again = open_images(folder, fields=True, decided=decided)
    paths = {record.path for record in cells_of(again)}
    assert paths == {record.path for record in found[1:]} | {moved, drawn}
    assert len(again.load_field(found[1]).cells.boxes) == len(
        [path for path in paths if path.startswith("field0.png/")]
    )


@pytest.mark.parametrize("shows_changes", [True, False])
def test_a_field_rewritten_with_the_same_size_and_time_is_another(
    tmp_path, monkeypatch, shows_changes
):
    monkeypatch.setattr(file_sample, "SHOWS_CHANGES", shows_changes)
    write_fields(tmp_path / "fields", 1)
    file = tmp_path / "fields/field0.bmp"
    Image.open(tmp_path / "fields/field0.png").save(file)
    (tmp_path / "fields/field0.png").unlink()
    os.utime(file, (1_000_000_000, 1_000_000_000))
    source = open_images(file.parent, fields=True)
    record = cells_of(source)[0]
    before, content = source.load(record), source.digest(record)
    assert content == before.content_hash
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    with file.open("r+b") as stream:
        stream.write(data)
    os.utime(file, (1_000_000_000, 1_000_000_000))
    assert source.digest(record) != content
    assert source.load(record).content_hash == source.digest(record)
