"""Export and import of every format, with odd names, labels and copies."""

import importlib.util
import json
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from child_helpers import run_script
from datasets_helpers import (
    SET,
    LabelledCells,
    find_class_id,
    make_plan,
    planned_labels,
    png_bytes,
)
from hypothesis import HealthCheck, example, settings
from hypothesis import given as given_by
from hypothesis import strategies as st

from engine.exchange.formats.dataset_reader import read_dataset
from engine.exchange.formats.import_plan import ImportPlan, match_claims
from engine.exchange.formats.registry import FORMATS
from engine.images.record import ImageRecord
from engine.images.source import open_source
from engine.jobs import Job
from engine.messages import Problem
from engine.outputs import Output
from engine.project.decisions import Decision

_letters = st.text(
    st.characters(exclude_characters="/\0", exclude_categories=("Cs",)), min_size=1, max_size=12
)
_names = _letters.filter(lambda name: name not in {".", ".."} and len(name.encode()) < 100)
_paths = st.lists(_names, min_size=1, max_size=3).map("/".join).map(lambda path: f"{path}.png")
_labels = st.sampled_from([*SET.ids, "own class", "own è 血"])
_images = st.dictionaries(
    _paths, st.tuples(st.integers(0, 6), _labels), min_size=1, max_size=8
).filter(
    lambda images: (
        not any(
            f"{image}/" in f"{other}/" for image in images for other in images if image != other
        )
    )
)


def there(folder, kind):
    return folder / f"out{FORMATS[kind].suffix}"


@pytest.mark.parametrize("kind", FORMATS)
@given_by(_images)
@example({"a/x.png": (1, "monocyte"), "b/x.png": (2, "platelet"), "c/X.png": (3, "basophil")})
@example({"a.png": (1, "monocyte"), "b.png": (1, "platelet")})
@example({"=1+2.png": (1, "monocyte"), "'=.png": (2, "platelet"), "CON.png": (3, "basophil")})
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
def test_labels_round_trip(kind, images):
    with tempfile.TemporaryDirectory() as name:
        try:
            cells = LabelledCells(Path(name) / "cells", images)
        except OSError:
            return  # This file system cannot hold both names.
        out = there(Path(name), kind)
        written = cells.write(kind, out, **({"size": 8} if kind in {"npz", "medmnist"} else {}))
        assert written.images == len(images)
        found = make_plan(out, cells)
        copies = {number for number, _ in images.values()}
        for path, label in planned_labels(found).items():
            assert label == images[path][1]
        if len(copies) == len(images):
            assert planned_labels(found) == cells.labels
            assert found == ImportPlan(found.changes, 0, (), (), {}, 0)
        else:
            # Where the format does not tell copies apart, they are doubts.
            assert all(doubt.reason.id == "import.ambiguous" for doubt in found.doubts)
            assert len(planned_labels(found)) + len(found.doubts) == len(images)


@given_by(
    st.text(max_size=20),
    st.text(max_size=20),
    st.sampled_from(["removed", "not_classed", "reviewed"]),
)
@example("=1", "'=1", "removed")
@example("'", "''=1", "reviewed")
@settings(max_examples=60)
def test_decisions_round_trip_through_csv(label, reason, status):
    from engine.exchange.export_row import ExportRow
    from engine.exchange.formats.labels_csv import read_labels, write_labels

    for text in (label, reason):
        if "\0" in text or any(0xD800 <= ord(letter) < 0xE000 for letter in text):
            return
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "labels.csv"
        reason = " ".join(reason.split())
        write_labels(
            Output(path),
            [ExportRow("a.png", "f" * 64, label or None, status=status, reason=reason)],
            ("x", "y"),
        )
        found = read_labels(path)
    (claim,) = found.claims
    assert claim.label == (label or None)
    assert claim.not_classed == (status == "not_classed")
    assert claim.removed == (reason if status == "removed" else None)
    assert found.classes == ("x", "y")


def test_cells_are_never_formulas(tmp_path):
    from engine.exchange.export_row import ExportRow
    from engine.exchange.formats.labels_csv import write_labels

    evil = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]
    rows = [
        ExportRow(text, "", text, text, text, reason=text, group=text, reviewer=text)
        for text in evil
    ]
    write_labels(Output(tmp_path / "a.csv"), rows, ())
    import csv

    with (tmp_path / "a.csv").open(newline="", encoding="utf-8") as file:
        for row in list(csv.reader(file))[1:]:
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.fixture
def cells(tmp_path):
    images = {
        "s1/a.png": (1, "monocyte"), "s1/b.png": (2, "platelet"), "s2/a.png": (3, "basophil"),
        "s2/d.png": (4, "eosinophil"), "s2/e.png": (5, None), "s2/f.png": (6, "lymphocyte"),
    }  # fmt: skip
    more = {
        "s1/a.png": {"split": "train"}, "s1/b.png": {"split": "val"}, "s2/a.png": {"split": "test"},
        "s2/f.png": {"status": "removed"},
    }  # fmt: skip
    return LabelledCells(tmp_path / "cells", images, **more)


@pytest.mark.parametrize("kind", FORMATS)
def test_only_labelled_images_are_exported(cells, kind, tmp_path):
    written = cells.write(kind, there(tmp_path, kind))
    if kind != "csv":
        assert written.images == 4
        assert {reason.id for _, reason in written.left_out} == {
            "export.removed",
            "export.no_label",
        }
        found = make_plan(there(tmp_path, kind), cells)
        assert set(planned_labels(found)) == {"s1/a.png", "s1/b.png", "s2/a.png", "s2/d.png"}
        assert found.unclaimed == 2


@pytest.mark.parametrize("kind", ["folder", "hf-csv", "hf-jsonl", "fiftyone", "labelme"])
def test_names_can_be_omitted(cells, kind, tmp_path):
    cells.write(kind, tmp_path / "out", names=False)
    names = [file.stem for file in (tmp_path / "out").rglob("*.png")]
    assert len(names) == 4
    assert all(len(name) == 16 for name in names)


@pytest.mark.parametrize("kind", ["folder", "hf-jsonl", "fiftyone", "labelme"])
def test_zipped_folder_is_read(cells, kind, tmp_path):
    cells.write(kind, tmp_path / "out")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for file in (tmp_path / "out").rglob("*"):
            if file.is_file():
                archive.write(file, f"top/{file.relative_to(tmp_path / 'out').as_posix()}")
    assert planned_labels(make_plan(tmp_path / "a.zip", cells)) == planned_labels(
        make_plan(tmp_path / "out", cells)
    )


def test_exported_class_folders_open_as_images(cells, tmp_path):
    cells.write("folder", tmp_path / "out")
    records = [
        record
        for record in open_source(tmp_path / "out").scan(Job())
        if isinstance(record, ImageRecord)
    ]
    assert sorted((record.label, record.split) for record in records) == [
        ("basophil", "test"), ("eosinophil", None), ("monocyte", "train"), ("platelet", "val"),
    ]  # fmt: skip
    assert (tmp_path / "out/classes.txt").read_text().split() == list(SET.ids)


def test_npz_layouts_match_medmnist_and_plain(cells, tmp_path):
    cells.write("medmnist", tmp_path / "m.npz", size=28)
    with np.load(tmp_path / "m.npz", allow_pickle=False) as found:
        assert found["train_images"].shape == (2, 28, 28, 3)
        assert found["val_images"].shape == found["test_images"].shape == (1, 28, 28, 3)
        assert found["train_images"].dtype == found["train_labels"].dtype == np.uint8
        assert found["train_labels"].tolist() == [[5], [1]]
    cells.write("npz", tmp_path / "r.npz", size=8)
    with np.load(tmp_path / "r.npz", allow_pickle=False) as found:
        assert found["data"].shape == (4, 8, 8, 3)
        assert found["labels"].tolist() == [[5], [7], [0], [1]]
    for name in ("m.npz", "r.npz"):
        records = list(open_source(tmp_path / name).scan(Job()))
        assert sorted(record.label for record in records) == [
            "basophil",
            "eosinophil",
            "monocyte",
            "platelet",
        ]


def test_labelme_and_fiftyone_match_their_specifications(cells, tmp_path):
    cells.write("labelme", tmp_path / "l")
    plain = json.loads((tmp_path / "l/a.json").read_bytes())
    assert plain["flags"]["monocyte"] is True
    assert sum(plain["flags"].values()) == 1
    assert (plain["imagePath"], plain["imageData"], plain["shapes"]) == ("a.png", None, [])
    assert (plain["imageHeight"], plain["imageWidth"]) == (8, 8)
    cells.write("fiftyone", tmp_path / "f")
    plain = json.loads((tmp_path / "f/labels.json").read_bytes())
    assert plain["classes"] == list(SET.ids)
    files = {file.stem for file in (tmp_path / "f/data").iterdir()}
    assert set(plain["labels"]) == files
    assert len(files) == 4


LOADED = """
import json, os, sys
import datasets

loaded = datasets.load_dataset(sys.argv[1], cache_dir=sys.argv[2])
label = loaded["train"].features["label"]
print(json.dumps({
    "classes": label.names,
    "labels": {split: sorted(label.int2str(one) for one in loaded[split]["label"]) for split in loaded},
    "size": loaded["test"][0]["image"].size,
}))
"""


@pytest.mark.parametrize("kind", ["hf-csv", "hf-jsonl"])
def test_hugging_face_datasets_loads_exports(cells, kind, tmp_path, monkeypatch):
    if importlib.util.find_spec("datasets") is None:
        pytest.skip("datasets is not here")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    cells.write(kind, tmp_path / "out")
    loaded = run_script(LOADED, tmp_path / "out", tmp_path / "cache")
    assert loaded["classes"] == list(SET.ids)
    assert loaded["labels"] == {
        "train": ["eosinophil", "monocyte"], "validation": ["platelet"], "test": ["basophil"],
    }  # fmt: skip
    assert loaded["size"] == [8, 8]


TAGS = {"s1/a.png": ("=1+2", "Auer rod", "blast?"), "s1/b.png": ("blast?",)}
NOTES = {"s1/a.png": "two\nlines", "s1/b.png": "=cmd"}


@pytest.fixture
def tagged(cells):
    """Return labelled cells of which two have tags and notes."""
    cells.rows = [
        replace(row, tags=TAGS.get(row.path, ()), note=NOTES.get(row.path, ""))
        for row in cells.rows
    ]
    return cells


def planned_tags(plan):
    tags = {}
    for change in plan.changes:
        if change.field == "tag":
            tags[change.path] = (*tags.get(change.path, ()), change.new)
    return tags


@pytest.mark.parametrize("kind", FORMATS)
def test_tags_round_trip(tagged, kind, tmp_path):
    out = there(tmp_path, kind)
    tagged.write(kind, out, **({"size": 8} if kind in {"npz", "medmnist"} else {}))
    plan = make_plan(out, tagged)
    assert {path: tuple(sorted(tags)) for path, tags in planned_tags(plan).items()} == TAGS
    assert planned_labels(plan)["s1/a.png"] == "monocyte"
    assert not plan.doubts
    written = b"".join(file.read_bytes() for file in [out, *out.rglob("*")] if file.is_file())
    if kind in {"npz", "medmnist"}:
        with np.load(out) as arrays:
            written = b"".join(arrays[name].tobytes() for name in arrays if name.endswith("notes"))
    assert b"two" in written
    assert b"=cmd" in written


@pytest.mark.parametrize("kind", FORMATS)
def test_names_by_content_leave_out_tags_and_notes(tagged, kind, tmp_path):
    out = there(tmp_path, kind)
    size = {"size": 8} if kind in {"npz", "medmnist"} else {}
    tagged.write(kind, out, names=False, **size)
    assert planned_tags(make_plan(out, tagged)) == {}
    assert not [
        file for file in [out, *out.rglob("*")] if file.is_file() and b"Auer" in file.read_bytes()
    ]


def test_import_adds_tags_in_the_spelling_of_the_project(cells, tmp_path):
    file = tmp_path / "labels.csv"
    file.write_text(
        f'path,label,tags\ns1/a.png,,"Blast?, new"\ns1/b.png,,{"x" * 61}|new\ns1/b.png,,BLAST?\n',
        encoding="utf-8",
    )
    known = [
        replace(image, decision=Decision(tags=("blast?",) if image.path == "s1/a.png" else ()))
        for image in cells.known()
    ]
    plan = match_claims(read_dataset(Job(), file, SET).claims, known, find_class_id)
    assert plan.edits() == [
        ("s1/a.png", "tag.new", True), ("s1/b.png", "tag.new", True), ("s1/b.png", "tag.blast?", True),
    ]  # fmt: skip
    [doubt] = plan.doubts
    assert (doubt.reason.id, doubt.candidates) == ("import.long_tag", ("s1/b.png",))


TAGS_LOADED = """
import json, os, sys
import datasets

loaded = datasets.load_dataset(sys.argv[1], cache_dir=sys.argv[2])
rows = [row for split in loaded.values() for row in split.remove_columns("image")]
print(json.dumps({"rows": rows, "label": loaded["train"].features["label"].names}))
"""


@pytest.mark.parametrize("kind", ["hf-csv", "hf-jsonl"])
def test_hugging_face_datasets_loads_tags_and_notes(tagged, kind, tmp_path, monkeypatch):
    if importlib.util.find_spec("datasets") is None:
        pytest.skip("datasets is not here")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    tagged.write(kind, tmp_path / "out")
    loaded = run_script(TAGS_LOADED, tmp_path / "out", tmp_path / "cache")
    assert loaded["label"] == list(SET.ids)
    tags = sorted((row["tags"] or "" for row in loaded["rows"]), key=len)
    assert tags[-2:] == [
        "blast?",
        "'=1+2|Auer rod|blast?" if kind == "hf-csv" else "=1+2|Auer rod|blast?",
    ]
    assert not "".join(tags[:-2]).strip()


def test_failed_export_leaves_nothing(cells, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full/x").touch()
    with pytest.raises(Problem, match="already exists"):
        cells.write("folder", tmp_path / "full")
    cells.rows[0] = type(cells.rows[0])("s1/a.png", cells.rows[0].sha256, "a/b")
    with pytest.raises(Problem, match="a/b"):
        cells.write("folder", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_changed_image_is_left_out(cells, tmp_path):
    (cells.root / "s1/a.png").write_bytes(png_bytes(99))
    written = cells.write("folder", tmp_path / "out")
    assert ("s1/a.png", "image.changed") in [(path, why.id) for path, why in written.left_out]


@pytest.mark.parametrize("kind", ["npz", "medmnist"])
@pytest.mark.parametrize("order", [SET.ids[::-1], (*SET.ids[2:], "own class", *SET.ids[:2])])
def test_exported_archive_opens_with_its_labels(tmp_path, kind, order):
    cells = LabelledCells(tmp_path / "cells", {"a.png": (1, "monocyte"), "b.png": (2, "own class")})
    cells.write(kind, tmp_path / "out.npz", order=order, size=8)
    found = open_source(tmp_path / "out.npz", SET).scan(Job())
    assert [record.label for record in found] == ["monocyte", "own class"]
    claims = read_dataset(Job(), tmp_path / "out.npz", SET).claims
    assert [claim.label for claim in claims] == ["monocyte", "own class"]


@pytest.mark.parametrize(
    "labels", [np.array([1, 0]), np.array([[1.0], [0.0]]), np.eye(2)[[1, 0]], np.array(["b", "a"])]
)
def test_archive_labels_use_its_own_classes(tmp_path, labels):
    file = tmp_path / "labels.npz"
    np.savez(file, labels=labels, paths=np.array(["1.png", "2.png"]), class_names=["a", "b"])
    assert [claim.label for claim in read_dataset(Job(), file, SET).claims] == ["b", "a"]
