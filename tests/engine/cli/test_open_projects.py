"""Commands on a project that a window has open: those that only read work, the others name the project."""

import csv
import json
from contextlib import closing

import pytest
from tiny_model import make_tiny_bundle

from engine.classify.bundle import Bundle
from engine.cli.image_input import open_input
from engine.images.class_set import load_class_set
from engine.images.record import ImageRecord
from engine.images.source import open_source
from engine.jobs import Job
from engine.paths import data_dir
from engine.project import schema
from engine.project.connection import open_read_only
from engine.project.library import Library
from engine.project.metadata import read_entry
from engine.project.project import Project

CELL = "basophil/0.png"
LOCKED_MARK = "is open in another window"


@pytest.fixture
def opened(cells):
    """Return the project of `cells`, open and with one label, as a window holds it."""
    source = open_source(cells)
    records = [entry for entry in source.scan(Job()) if isinstance(entry, ImageRecord)]
    with Library().create(source, records, "Smear 7") as project:
        project.link(Job(), source, records)
        project.apply("label", [(CELL, "label", "eosinophil")], who="Anna")
        project.back_up("regular")
        yield project


@pytest.fixture
def other(opened, tmp_path):
    """Return a copy of the project in which the cell has another label."""
    file = tmp_path / "other.bloodbench"
    opened.save_copy(file)
    with Project.open(file) as project:
        project.apply("label", [(CELL, "label", "monocyte")], who="Bo")
    return file


def labels_of(table):
    with table.open(newline="", encoding="utf-8") as file:
        return {row["path"]: row["label"] for row in csv.DictReader(file)}


def check_silent(done):
    assert done.status == 0, done.err
    assert LOCKED_MARK not in done.err
    assert str(data_dir()) not in done.err


@pytest.mark.parametrize("given", ["file", "folder"])
def test_commands_that_read_use_the_decisions(cli, opened, cells, tiny, tmp_path, given):
    words = [cells, "--decisions"] if given == "folder" else [opened.file]
    out, table = tmp_path / "report", tmp_path / "labels.csv"
    check_silent(cli("report", *words, "--model", tiny, "--out", out, "--format", "csv"))
    check_silent(cli("export", *words, "--as", "csv", "--out", table))
    assert labels_of(out / "images.csv")[CELL] == labels_of(table)[CELL] == "eosinophil"
    assert len(labels_of(table)) == 24
    # The window can still write, and nobody else wrote to its project.
    assert opened.apply("label", [("basophil/1.png", "label", "monocyte")], who="Anna").id == 2


def test_previews_show_what_would_change(cli, opened, other, cells, tmp_path):
    labels = tmp_path / "claims.csv"
    labels.write_text(f"path,label\n{CELL},monocyte\n", encoding="utf-8")
    done = cli("import", cells, labels)
    check_silent(done)
    assert "Would change: 1" in done.err
    check_silent(done := cli("merge", cells, other))
    assert "1 image gets the decisions" in done.err
    check_silent(done := cli("backups", cells))
    assert done.out.splitlines()[1].split("\t")[2] == "regular"


def test_commands_that_change_name_the_project(cli, opened, other, cells, tmp_path):
    labels = tmp_path / "claims.csv"
    labels.write_text(f"path,label\n{CELL},monocyte\n", encoding="utf-8")
    for words in (
        ("import", opened.file, labels, "--apply"),
        ("import", cells, labels, "--apply"),
        ("merge", opened.file, other, "--apply"),
        ("backups", cells, "--restore", 1),
    ):
        done = cli(*words)
        assert done.status == 1
        assert done.sentence.startswith(f"“Smear 7” {LOCKED_MARK}")
        assert "nothing was changed" in done.err
        assert str(data_dir()) not in done.err
    assert opened.decisions()[CELL].label == "eosinophil"


def test_reading_leaves_the_project_free_and_unchanged(opened, cells):
    file = opened.file
    opened.close()
    with closing(open_read_only(file)[0]) as database:
        before = read_entry(database, "opened")
    with (
        open_input(str(file), load_class_set()) as read,
        Project.open(file) as window,
    ):
        assert window.read_only is None
        assert read.decisions[CELL].label == "eosinophil"
    with closing(open_read_only(file)[0]) as database:
        assert read_entry(database, "opened") == before


def test_reading_migrates_an_older_project(opened, monkeypatch):
    file = opened.file
    opened.close()
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, "CREATE TABLE later (x); "))
    with open_input(str(file), load_class_set()) as read:
        assert read.decisions[CELL].label == "eosinophil"


def test_decisions_of_a_folder_without_a_project(cli, cells, tiny, tmp_path):
    done = cli("report", cells, "--decisions", "--model", tiny, "--out", tmp_path / "out")
    assert done.status == 1
    assert "No project of the images" in done.sentence


def test_export_says_that_decisions_are_left_out(cli, opened, cells, tmp_path):
    done = cli("export", cells, "--as", "csv", "--out", tmp_path / "a.csv")
    assert "decisions on 1 image, which are left out here; add --decisions" in done.err
    assert labels_of(tmp_path / "a.csv")[CELL] == "basophil"


def test_report_uses_the_model_that_the_project_adopted(cli, opened, tiny, tmp_path):
    own = make_tiny_bundle(tmp_path / "own", name="own")
    opened.apply("adopt_model", [(None, "model", str(own))], who="Anna")

    def model_of_report(*words):
        out = tmp_path / f"report {len(words)}"
        assert cli("report", *words, "--out", out, "--format", "json").status == 0
        return json.loads((out / "report.json").read_bytes())["model"]["name"]

    assert model_of_report(opened.file) == "own"
    assert model_of_report(opened.file, "--model", tiny) == Bundle.open(tiny).card.name
