"""`scan` and `restore` on real files with the tiny model."""

import csv
import io
import shutil

import numpy as np
import pytest
from hostile import good_files
from PIL import Image
from tiny_model import class_image


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_scan_quarantine_and_restore(cli, tiny, cells, tmp_path):
    shutil.copy(cells / "basophil" / "0.png", cells / "monocyte" / "copy.png")
    pixels = np.asarray(Image.open(cells / "platelet" / "1.png"))
    Image.fromarray(pixels).save(cells / "platelet" / "same.bmp")
    (cells / "broken.jpg").write_bytes(b"no image")
    before = {path.relative_to(cells): path.read_bytes() for path in cells.rglob("*.*")}
    out, away = tmp_path / "findings.csv", tmp_path / "away"
    done = cli("scan", cells, "--model", tiny, "--out", out, "--quarantine", away)
    assert done.status == 0, done.err
    found = rows(out.read_text(encoding="utf-8"))
    header = "path,kind,score,cluster,action,reason,suggested_label"
    assert out.read_text(encoding="utf-8").splitlines()[0] == header
    exact = [row for row in found if row["kind"] == "exact_duplicate"]
    assert [row["action"] for row in exact] == ["keep", "remove"] * 2
    # The label conflict comes first.
    assert {row["path"] for row in exact[:2]} == {"basophil/0.png", "monocyte/copy.png"}
    assert {row["path"] for row in exact[2:]} == {"platelet/1.png", "platelet/same.bmp"}
    (bad,) = [row for row in found if row["kind"] == "unreadable"]
    assert bad["path"] == "broken.jpg"
    assert not (cells / "broken.jpg").exists()
    (manifest,) = away.glob("*/manifest.jsonl")
    back = cli("restore", manifest)
    assert back.status == 0
    assert f"Going back to {cells}: 2 files." in back.err
    assert {path.relative_to(cells): path.read_bytes() for path in cells.rglob("*.*")} == before
    again = cli("scan", cells, "--model", tiny, "--out", "-", "--kinds", "unreadable")
    assert [row["path"] for row in rows(again.out)] == ["broken.jpg"]


def test_images_that_differ_in_dropped_values_are_not_copies(cli, tiny, tmp_path):
    folder = tmp_path / "cells"
    folder.mkdir()
    hole = np.full((96, 96), 255, np.uint8)
    hole[:, :90] = 0
    for seed in range(2):
        pixels = class_image(seed, 96, seed)
        hidden = np.dstack([pixels, np.zeros(pixels.shape[:2], np.uint8)])
        Image.fromarray(hidden).save(folder / f"hidden {seed}.png")
        flat = np.full((96, 96, 3), 200, np.uint8)
        flat[10:80, 10:80] = class_image(seed, 70, seed)
        Image.fromarray(np.dstack([flat, hole])).save(folder / f"hole {seed}.png")
    for _ in range(2):  # the second time from the cache
        done = cli("scan", folder, "--model", tiny, "--out", "-", "--kinds", "exact_duplicate")
        assert done.status == 0, done.err
        assert rows(done.out) == []


def test_scan_of_a_hostile_folder(cli, tiny, tmp_path):
    folder = tmp_path / "odd"
    folder.mkdir()
    for name, data in good_files().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    done = cli("scan", folder, "--model", tiny, "--out", "-")
    assert done.status == 0, done.err
    assert not [row for row in rows(done.out) if row["kind"] == "unreadable"]


@pytest.mark.parametrize("kinds", ["nonsense", "off_topic,nonsense"])
def test_unknown_kind_is_wrong_usage(cli, cells, kinds):
    assert cli("scan", cells, "--out", "-", "--kinds", kinds).status == 2


def test_missing_manifest(cli, tmp_path):
    done = cli("restore", tmp_path / "none.jsonl")
    assert done.status == 1
    assert "none.jsonl" in done.sentence


def test_wrong_labels_among_few_images_are_found_and_what_was_checked_is_said(cli, tiny, cells):
    shutil.move(cells / "platelet" / "1.png", cells / "monocyte" / "wrong.png")
    shutil.copytree(cells / "lymphocyte", cells / "blast")
    for file in (cells / "blast").iterdir():  # other contents than those of the lymphocytes
        Image.open(file).transpose(Image.Transpose.ROTATE_90).save(file)
    done = cli("scan", cells, "--model", tiny, "--out", "-", "--kinds", "suspect_label")
    assert done.status == 0
    (found,) = rows(done.out)
    assert found["path"] == "monocyte/wrong.png"
    assert found["suggested_label"] == "platelet"
    assert "the model sees platelet" in found["reason"]
    (sentence,) = [line for line in done.err.splitlines() if "Fewer than 10" in line]
    assert "Basophil" in sentence
    assert "blast, whose labels could not be checked" in sentence
    again = cli("scan", cells, "--model", tiny, "--out", "-", "--kinds", "unreadable")
    assert "Fewer than 10" not in again.err


def test_quarantine_needs_no_table(cli, tiny, cells, tmp_path):
    (cells / "broken.jpg").write_bytes(b"no image")
    done = cli("scan", cells, "--model", tiny, "--quarantine", tmp_path / "away")
    assert done.status == 0, done.err
    assert done.out == ""
    assert not (cells / "broken.jpg").exists()
    assert [path.name for path in tmp_path.rglob("*.csv")] == []


def test_nothing_to_move_makes_no_quarantine_folder(cli, tiny, cells, tmp_path):
    away = tmp_path / "away"
    done = cli("scan", cells, "--model", tiny, "--out", tmp_path / "f.csv", "--quarantine", away)
    assert done.status == 0
    assert "Nothing was moved" in done.err
    assert not away.exists()
