"""Untrusted files: importers return claims or raise a `Problem`, and never match a wrong image."""

import contextlib
import json
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import pytest
from datasets_helpers import SET, LabelledCells, find_class_id
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.exchange.formats.dataset_reader import read_dataset
from engine.exchange.formats.import_plan import match_claims
from engine.images.source import open_source
from engine.jobs import Job
from engine.messages import Problem, render

IMAGES = {f"s/{name}.png": (number, SET.ids[number]) for number, name in enumerate("abcd")}
LABELS = {
    "folder": "labels.csv", "hf-csv": "train/metadata.csv", "hf-jsonl": "train/metadata.jsonl",
    "fiftyone": "labels.json", "labelme": "a.json",
}  # fmt: skip

_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
_calm = settings(max_examples=25, suppress_health_check=list(HealthCheck))


def outcome(path, cells):
    """Return the plan, or None after a `Problem` with a message."""
    try:
        claims = read_dataset(Job(), path, SET).claims
    except Problem as problem:
        render(problem.message)
        return None
    found = match_claims(claims, cells.known(), find_class_id)
    assert {change.path for change in found.changes} <= set(IMAGES)
    for doubt in found.doubts:
        assert render(doubt.reason)
    return found


@pytest.mark.parametrize("kind", LABELS)
@given(st.data())
@_calm
def test_damaged_files_of_labels(kind, data):
    with tempfile.TemporaryDirectory() as name:
        cells = LabelledCells(Path(name) / "cells", IMAGES)
        cells.write(kind, Path(name) / "out")
        file = Path(name) / "out" / LABELS[kind]
        content = bytearray(file.read_bytes())
        for _ in range(data.draw(st.integers(1, 4))):
            at = data.draw(st.integers(0, len(content)))
            length = data.draw(st.integers(0, 20))
            content[at : at + length] = data.draw(st.binary(max_size=20))
        file.write_bytes(content)
        found = outcome(Path(name) / "out", cells)
        if found and kind != "folder":
            # Images are identified by content, so damage to a list can only move a label to another
            # image of the export.
            assert len({change.path for change in found.changes}) == len(found.changes)


@pytest.mark.parametrize(
    "name", ["labels.csv", "a.tsv", "a.npz", "a.zip", "metadata.jsonl", "a.xyz"]
)
@given(st.binary(max_size=300))
@_calm
def test_arbitrary_bytes(name, content):
    with tempfile.TemporaryDirectory() as folder:
        cells = LabelledCells(Path(folder) / "cells", IMAGES)
        (Path(folder) / name).write_bytes(content)
        outcome(Path(folder) / name, cells)


@pytest.mark.parametrize("name", ["labels.json", "x.json", "metadata.jsonl"])
@given(_json)
@_calm
def test_arbitrary_json(name, plain):
    with tempfile.TemporaryDirectory() as folder:
        cells = LabelledCells(Path(folder) / "cells", IMAGES)
        (Path(folder) / "flags.txt").write_text("monocyte\n")
        for shape in (plain, {"labels": plain, "classes": plain}, {"flags": plain, "imagePath": plain},
                      {"file_name": plain, "label": plain}):  # fmt: skip
            (Path(folder) / name).write_text(json.dumps(shape) + "\n")
            outcome(Path(folder), cells)


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "1e999999", '"\\ud800"'])
def test_deep_or_odd_json(tmp_path, text):
    cells = LabelledCells(tmp_path / "cells", IMAGES)
    (tmp_path / "labels.json").write_text(text)
    assert outcome(tmp_path, cells) is None


@pytest.mark.parametrize(
    "arrays",
    [
        {"labels": np.zeros((3, 2), np.uint8), "paths": np.array(["a"] * 3)},
        {"labels": np.zeros(3), "paths": np.array(["a"] * 3)},
        {"labels": np.zeros(3, np.uint8), "paths": np.array(["a"] * 2)},
        {"labels": np.zeros(3, np.uint8), "paths": np.zeros(3)},
        {"labels": np.zeros((), np.uint8), "paths": np.array("a")},
        {"labels": np.array([b"x"]), "sha256": np.array(["a"])},
        {"labels": np.array([999]), "paths": np.array(["s/a.png"])},
        {"labels": np.zeros(3, np.uint8)},
        {"labels": np.array([{}], object), "paths": np.array(["a"])},
        {
            "labels": np.zeros(1, np.uint8),
            "paths": np.array(["a"]),
            "classes": np.array(["x", "x"]),
        },
    ],
)
def test_npz_of_unexpected_shapes(tmp_path, arrays):
    cells = LabelledCells(tmp_path / "cells", IMAGES)
    np.savez(tmp_path / "a.npz", **arrays)
    found = outcome(tmp_path / "a.npz", cells)
    assert found is None or not found.changes


@pytest.mark.parametrize("number", ["7" * 5000, "9" * 400, "-1", "1e400", "\u0663" * 5000])
def test_class_numbers_of_any_length(tmp_path, number):
    cells = LabelledCells(tmp_path / "cells", IMAGES)
    folder = tmp_path / "in"
    folder.mkdir()
    card = f"class_label:\n        names:\n          '0': platelet\n          {number}: monocyte\n"
    (folder / "metadata.jsonl").write_text(
        json.dumps({"file_name": "s/a.png", "label": number}), encoding="utf-8"
    )
    for front_matter in (card, "class_label:\n        names:\n          '0': platelet\n"):
        (folder / "README.md").write_text(f"---\n{front_matter}---\n", encoding="utf-8")
        found = outcome(folder, cells)
        assert found is not None
        assert not found.changes


@pytest.mark.parametrize(
    "labels",
    [
        np.array([np.inf]), np.array([-np.inf]), np.array([np.nan]), np.array([1e300]),
        np.array([0x7FFFFFFF], np.uint32).view("U1"), np.array([0xD800], np.uint32).view("U1"),
        np.array([2**64 - 1], np.uint64),
    ],
)  # fmt: skip
@pytest.mark.parametrize("where", ["labels", "paths", "classes"])
def test_npz_with_impossible_values(tmp_path, labels, where):
    cells = LabelledCells(tmp_path / "cells", IMAGES)
    arrays = {"labels": np.zeros(1, np.uint8), "paths": np.array(["s/a.png"])} | {where: labels}
    np.savez(tmp_path / "a.npz", **arrays)
    found = outcome(tmp_path / "a.npz", cells)
    assert found is None or not found.changes
    images = {"images": np.zeros((1, 4, 4, 3), np.uint8), where: labels}
    np.savez(tmp_path / "b.npz", **images)
    with contextlib.suppress(Problem):
        list(open_source(tmp_path / "b.npz").scan(Job()))


def test_paths_outside_the_folder_are_not_read(tmp_path):
    cells = LabelledCells(tmp_path / "cells", IMAGES)
    secret = cells.root / "s/a.png"
    for name in ("../cells/s/a.png", str(secret), "x/../../cells/s/a.png", "link.png"):
        folder = tmp_path / f"in{abs(hash(name))}"
        folder.mkdir()
        (folder / "link.png").symlink_to(secret)
        line = json.dumps({"file_name": name, "label": "platelet"})
        (folder / "metadata.jsonl").write_text(line + "\n")
        assert not outcome(folder, cells).changes


def test_foreign_tables(tmp_path):
    cells = LabelledCells(tmp_path / "cells", IMAGES)
    for text in (
        "filename;class\r\ns/a.png;Platelets\r\n", "\ufefffile_name\tlabel\ns/a.png\tPLT\n",
        'image,Label\n"./s/a.png","platelet"',
    ):  # fmt: skip
        (tmp_path / "a.csv").write_text(text, encoding="utf-8")
        found = outcome(tmp_path / "a.csv", cells)
        assert [(change.path, change.new) for change in found.changes] == [("s/a.png", "platelet")]
    (tmp_path / "a.csv").write_bytes("path,label\ns/è.png,x".encode("cp1252"))
    with pytest.raises(Problem, match="UTF-8"):
        read_dataset(Job(), tmp_path / "a.csv", SET)
    (tmp_path / "a.csv").write_text("path,colour\n")
    with pytest.raises(Problem, match="no label column"):
        read_dataset(Job(), tmp_path / "a.csv", SET)


def test_labelme_files_of_other_programs(tmp_path):
    cells = LabelledCells(tmp_path / "cells", IMAGES)
    (tmp_path / "in").mkdir()
    for name, flags in (
        ("a", {"PLT": True, "mono": False}),
        ("b", {"PLT": True, "mono": True}),
        ("c", {}),
    ):
        plain = {
            "version": "2.4.4",
            "flags": flags,
            "shapes": [],
            "imagePath": f"..\\in\\{name}.png",
        }
        plain["imagePath"] = f"s\\{name}.png"
        (tmp_path / "in" / f"{name}.json").write_text(json.dumps(plain))
    found = outcome(tmp_path / "in", cells)
    assert [(change.path, change.new) for change in found.changes] == [("s/a.png", "platelet")]
    assert [doubt.reason.id for doubt in found.doubts] == ["import.several_flags"]


def test_data_card_class_order_names_numbers(tmp_path):
    cells = LabelledCells(tmp_path / "cells", IMAGES)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "README.md").write_text(
        "---\ndataset_info:\n  features:\n  - name: label\n    dtype:\n      class_label:\n"
        "        names:\n          '0': platelet\n          '1': \"mono\\u0063yte\"\n---\n0: x\n"
    )
    (folder / "metadata.jsonl").write_text(
        '{"file_name": "s/a.png", "label": 1}\n{"file_name": "s/b.png", "label": 2}\n'
    )
    found = outcome(folder, cells)
    assert [(change.path, change.new) for change in found.changes] == [("s/a.png", "monocyte")]
    assert found.doubts[0].reason.id == "import.class_number"


def test_zip_with_unsafe_paths_is_rejected(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("../labels.csv", "path,label\n")
    with pytest.raises(Problem, match="outside"):
        read_dataset(Job(), tmp_path / "a.zip", SET)


def labelme(folder, name, label, **more):
    flags = {item: item == label for item in ("monocyte", "platelet")}
    plain = {"version": "5", "flags": flags, "shapes": [], "imagePath": f"{name}.png", **more}
    (folder / f"{name}.json").write_text(json.dumps(plain))


@pytest.mark.parametrize("foreign", ['{"made by": 1}', "[]", "no JSON", '{"flags": 3}', ""])
@pytest.mark.parametrize("place", ["s/A.json", "labels.json", "z.json"])
def test_foreign_json_does_not_hide_labelme_files(tmp_path, foreign, place):
    cells = LabelledCells(tmp_path / "cells", IMAGES)
    labelme(cells.root / "s", "a", "platelet")
    (cells.root / place).write_text(foreign)
    if place == "labels.json" and foreign in ("no JSON", ""):
        return  # the name belongs to FiftyOne, whose damage is reported
    found = outcome(cells.root, cells)
    assert [(change.path, change.new) for change in found.changes] == [("s/a.png", "platelet")]
    assert [(doubt.claim.location, doubt.reason.id) for doubt in found.doubts] == [
        (place, "import.no_labels_here")
    ]


def test_nested_folders_of_two_classes_are_a_doubt(tmp_path):
    cells = LabelledCells(tmp_path / "cells", IMAGES)
    out = tmp_path / "out"
    places = {
        "monocyte/basophil": "a", "basophil/x/PLT": "b", "monocyte/x/Monocytes": "c", "blast/basophil": "d",
    }  # fmt: skip
    for place, name in places.items():
        (out / place).mkdir(parents=True)
        (out / place / f"{name}.png").write_bytes((cells.root / f"s/{name}.png").read_bytes())
    (out / "synsets.txt").write_text("basophil\nmonocyte\n")
    found = outcome(out, cells)
    assert [(change.path, change.new) for change in found.changes] == [("s/c.png", "monocyte")]
    assert {(doubt.candidates, doubt.reason.id) for doubt in found.doubts} == {
        ((f"s/{name}.png",), "import.two_classes") for name in "abd"
    }
