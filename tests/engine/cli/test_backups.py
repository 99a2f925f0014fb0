"""`backups`: listing and restoring earlier states; damaged projects are recovered."""

import pytest

from engine.images.source import open_source
from engine.jobs import Job
from engine.project.library import Library
from engine.project.project import Project


@pytest.fixture
def file(tmp_path):
    """Return a project with two backups: of one label, and of three images with other decisions."""
    with Project.create(tmp_path / "one.bloodbench", "one") as project:
        project.apply("label", [("a.jpg", "label", "m")], who="Anna")
        project.back_up("regular")
        changes = [("a.jpg", "label", "n"), ("b.jpg", "removed", "person"), ("c.jpg", "note", "x")]
        project.apply("label", changes, who="Anna")
        project.back_up("merge")
        return project.file


def label_of(file):
    with Project.open(file) as project:
        return {path: decision.label for path, decision in project.decisions().items()}


def test_list_says_what_would_change(cli, file):
    listed = cli("backups", file)
    rows = [line.split("\t") for line in listed.out.splitlines()]
    assert (listed.status, listed.err) == (0, "")
    assert rows[0] == [
        "number", "time", "reason", "bytes", "labels", "removals", "notes", "tags", "boxes",
        "readings", "sign_off", "other",
    ]  # fmt: skip
    assert [(row[0], row[2], *row[4:]) for row in rows[1:]] == [
        ("1", "merge", *"00000000"),
        ("2", "regular", *"11100000"),
    ]


def test_restored_state_is_one_edit(cli, file):
    done = cli("backups", file, "--restore", 2, "--who", "Bob")
    assert done.status == 0
    assert "1 label, 1 removal, 1 note changed" in done.sentence
    assert label_of(file) == {"a.jpg": "m"}
    with Project.open(file) as project:
        assert project.undo("Bob").who == "Bob"
    assert label_of(file)["a.jpg"] == "n"


def test_same_state_changes_nothing(cli, file):
    assert "nothing was changed" in cli("backups", file, "--restore", 1).sentence


@pytest.mark.parametrize("number", [0, 3, -1])
def test_unknown_number_changes_nothing(cli, file, number):
    before = label_of(file)
    done = cli("backups", file, f"--restore={number}")
    assert done.status == 1
    assert f"no backup {number}" in done.sentence
    assert label_of(file) == before


def test_project_without_backups(cli, tmp_path):
    Project.create(tmp_path / "two.bloodbench", "two").close()
    assert "no backups" in cli("backups", tmp_path / "two.bloodbench").sentence


def test_damaged_project_is_recovered(cli, file):
    file.write_bytes(b"")
    listed = cli("backups", file)
    assert listed.status == 0
    assert "one.bloodbench was damaged" in listed.sentence
    assert label_of(file)["a.jpg"] == "n"


def test_folder_stands_for_its_project(cli, tmp_path):
    from tiny_model import save_class_image

    folder = tmp_path / "cells"
    folder.mkdir()
    save_class_image(folder / "a.png", 0)
    source = open_source(folder)
    assert "No project" in cli("backups", folder).sentence
    with Library().create(source, list(source.scan(Job())), "cells") as project:
        project.back_up("regular")
    assert len(cli("backups", folder).out.splitlines()) == 2


def test_missing_file_is_one_sentence(cli, tmp_path):
    assert "no project" in cli("backups", tmp_path / "x.bloodbench").sentence.lower()
