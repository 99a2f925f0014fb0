"""`merge`: a preview first, one edit with --apply, conflicts listed."""

import pytest

from engine.project.conflicts import read_conflicts
from engine.project.project import Project


@pytest.fixture
def files(tmp_path):
    """Return two projects of two images: one decided apart, one differently."""
    with Project.create(tmp_path / "one.bloodbench", "one") as mine:
        mine.apply("note", [(name, "note", "x") for name in ("a.jpg", "b.jpg")], who="Anna")
        mine.save_copy(tmp_path / "two.bloodbench")
        mine.apply("label", [("a.jpg", "label", "m")], who="Anna")
    with Project.open(tmp_path / "two.bloodbench") as theirs:
        theirs.apply("label", [("a.jpg", "label", "t"), ("b.jpg", "label", "t")], who="Bob")
    return mine.file, theirs.file


def labels(file):
    with Project.open(file) as project:
        return {path: decision.label for path, decision in project.decisions().items()}


def test_preview_changes_nothing(cli, files):
    done = cli("merge", *files)
    assert done.status == 0
    assert "1 image gets the decisions of two.bloodbench" in done.err
    assert "add --apply" in done.err
    [header, row] = [line.split("\t") for line in done.out.splitlines()]
    assert header == ["path", "field", "own", "other", "who", "time"]
    assert row[:5] == ["a.jpg", "label", "m", "t", "Bob"]
    assert labels(files[0]) == {"a.jpg": "m", "b.jpg": None}


def test_apply_is_one_edit_and_again_nothing(cli, files):
    assert "1 conflict waits" in cli("merge", *files, "--apply", "--who", "Anna").err
    assert labels(files[0]) == {"a.jpg": "m", "b.jpg": "t"}
    with Project.open(files[0]) as project:
        assert len(read_conflicts(project)) == 1
    assert "nothing was changed" in cli("merge", *files, "--apply").err
    with Project.open(files[0]) as project:
        project.undo("Anna")
    assert labels(files[0]) == {"a.jpg": "m", "b.jpg": None}


def test_file_that_does_not_fit_is_one_sentence(cli, files, tmp_path):
    assert "itself" in cli("merge", files[0], files[0]).sentence
    assert cli("merge", files[0], tmp_path / "missing.bloodbench").status == 1


@pytest.mark.parametrize("option", [(), ("--apply",)])
def test_the_damaged_file_is_named_not_the_good_one(cli, files, option):
    damaged = files[1]
    content = bytearray(damaged.read_bytes())
    content[4096 : 3 * 4096] = b"\xa5" * 8192
    damaged.write_bytes(content)
    done = cli("merge", *files, *option)
    assert done.status == 1
    assert "two.bloodbench" in done.sentence
    assert "damaged" in done.sentence
    assert labels(files[0]) == {"a.jpg": "m", "b.jpg": None}
