"""Folders without images, and fields without cells: the same sentence and status in every command."""

import csv

import pytest
from hostile import encode, smooth_image
from PIL import Image

COMMANDS = {
    "classify": "classify {} --model {tiny} --out out.csv",
    "cells": "cells {} --model {tiny} --out out.csv",
    "evaluate": "evaluate {} --model {tiny} --out out",
    "scan": "scan {} --model {tiny} --out out.csv",
    "report": "report {} --model {tiny} --out out",
    "export": "export {} --as folder --out out",
    "csv": "export {} --as csv --out out.csv",
    "train": "train {} --recipe mobilenet_v3_small --out out",
    "compare": "compare {tiny} --data {} --out out",
    "export-model": "export-model bundle --model {tiny} --check {} --out out.zip",
}


@pytest.mark.parametrize("command", COMMANDS)
def test_folder_without_images(cli, tiny, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty/below").mkdir(parents=True)
    (tmp_path / "empty/notes.txt").write_text("no image")
    done = cli(*COMMANDS[command].format("empty", tiny=tiny).split())
    assert (done.status, done.out) == (1, "")
    assert done.sentence == "There are no images in empty, so nothing was written."
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]


@pytest.fixture
def blank(tmp_path):
    """Return a folder with two fields in which there is no cell."""
    folder = tmp_path / "fields"
    folder.mkdir()
    for name in ("a.png", "b.png"):
        Image.new("RGB", (320, 240), (226, 220, 224)).save(folder / name)
    return folder


@pytest.mark.parametrize("command", ["classify", "scan", "report"])
def test_fields_without_cells_are_a_result(cli, tiny, tmp_path, monkeypatch, blank, command):
    monkeypatch.chdir(tmp_path)
    done = cli(*COMMANDS[command].format(blank, tiny=tiny).split(), "--fields")
    assert done.status == 0, done.err
    assert "Found 0 cells in 2 fields." in done.err
    if command == "report":
        assert (tmp_path / "out/report.pdf").is_file()
    else:
        with (tmp_path / "out.csv").open(newline="") as file:
            assert len(list(csv.reader(file))) == 1


def test_fields_without_cells_cannot_be_evaluated(cli, tiny, tmp_path, monkeypatch, blank):
    monkeypatch.chdir(tmp_path)
    done = cli(*COMMANDS["evaluate"].format(blank, tiny=tiny).split(), "--fields")
    assert done.status == 1
    assert "nothing to evaluate" in done.err
    assert not (tmp_path / "out").exists()


def test_unreadable_fields_are_listed(cli, tiny, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fields").mkdir()
    (tmp_path / "fields/cut.jpg").write_bytes(encode(smooth_image(0), "JPEG")[:90])
    done = cli(*COMMANDS["classify"].format("fields", tiny=tiny).split(), "--fields")
    assert done.status == 0
    assert "cut.jpg" in (tmp_path / "out.csv").read_text()
