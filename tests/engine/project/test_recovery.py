"""Recovery of damaged projects from backups, with the later edits that can still be read."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from engine.messages import Problem, render
from engine.project import journal, recovery
from engine.project.backups import list_backups
from engine.project.library import Library
from engine.project.project import Project
from engine.project.recovery import Recovery, explained_damage, opening_recovered, recover

IMAGES = 400


def label(project, number, class_id):
    path = f"{'long-folder-name/' * 3}{number}.jpg"
    return project.apply("label", [(path, "label", class_id)], who="Anna")


def labels_of(project):
    return {path: decision.label for path, decision in project.decisions().items()}


def edit_ids(project):
    with project.snapshot() as database:
        state = {
            (image, field): value for image, field, value in database.execute("SELECT * FROM state")
        }
        assert journal.replay(database) == state
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        return [edit for (edit,) in database.execute("SELECT id FROM edit ORDER BY id")]


def damage(file: Path, offset: int, size: int) -> None:
    with file.open("r+b") as stream:
        stream.seek(offset)
        stream.write(b"\xa5" * size)


@pytest.fixture
def used(tmp_path):
    """Return a closed project with a backup and later edits, and its decisions then and at the end."""
    file = tmp_path / "one.bloodbench"
    with Project.create(file, "one") as project:
        for number in range(IMAGES):
            label(project, number, "m")
        project.back_up("regular")
        then = labels_of(project)
        for number in range(0, IMAGES, 4):
            label(project, number, "n")
        project.undo("Anna")
        label(project, IMAGES + 5, "new")
        return file, then, labels_of(project)


def test_undamaged_project_is_just_opened(used):
    file, _, end = used
    project, recovered = opening_recovered(file, lambda project: project)
    with project:
        assert recovered is None
        assert labels_of(project) == end


def test_later_edits_are_replayed_once(used):
    file, _, end = used
    with Project.open(file) as project:
        count = len(edit_ids(project))
    # The beginning: the file cannot be opened, its other pages are whole.
    damaged_page = file.read_bytes()
    state_page = _root_page(file, "state")
    damage(file, (state_page - 1) * 4096, 4096)
    project, recovered = opening_recovered(file, _use)
    with project:
        assert recovered is not None
        assert labels_of(project) == end
        assert edit_ids(project) == list(range(1, count + 1))
        assert (recovered.missing, recovered.replayed) == (0, count - IMAGES)
        assert "nothing is missing" in render(recovered.message)
        # Undo goes on where it was.
        project.undo("Bob")
        assert labels_of(project) != end
    assert len(recovered.damaged.read_bytes()) == len(damaged_page)


@pytest.mark.parametrize("content", [b"", b"no database" * 1000, None])
def test_unreadable_file_is_replaced_by_the_backup(used, content):
    file, then, _ = used
    if content is None:
        damage(file, 0, file.stat().st_size)
    else:
        file.write_bytes(content)
    before = file.read_bytes()
    project, recovered = opening_recovered(file, _use)
    with project:
        assert recovered is not None
        assert labels_of(project) == then
        assert recovered.missing is None
        assert "is missing, so check it" in render(recovered.message)
    assert recovered.damaged.read_bytes() == before


def test_every_damaged_place_is_survived(used, tmp_path):
    file, then, end = used
    whole = file.read_bytes()
    for offset in range(0, len(whole), 3 * 4096):
        file.write_bytes(whole)
        damage(file, offset + 100, 2000)
        project, recovered = opening_recovered(file, _use)
        with project:
            found = labels_of(project)
            if recovered is not None:
                assert edit_ids(project) == list(range(1, IMAGES + recovered.replayed + 1))
                # Whatever is not said to be missing is there, and nothing else.
                assert found.keys() >= then.keys()
                if recovered.missing == 0:
                    assert found == end
        with sqlite3.connect(file) as database:
            if recovered is not None:
                assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        database.close()


def test_damaged_newest_backup_is_skipped(used):
    file, then, _ = used
    with Project.open(file) as project:
        newest = project.back_up("regular")
    newest.file.write_bytes(newest.file.read_bytes()[:9000])
    damage(file, 0, file.stat().st_size)
    project, _ = opening_recovered(file, _use)
    with project:
        assert labels_of(project) == then


def test_without_a_backup_the_damage_is_reported_and_the_file_unchanged(project):
    label(project, 1, "m")
    project.close()
    damage(project.file, 0, 4096)
    before = project.file.read_bytes()
    with pytest.raises(Problem) as error:
        opening_recovered(project.file, _use)
    sentence = str(error.value)
    assert "there is no backup of it" in sentence
    assert "move it away" in sentence
    # Neither is possible.
    assert "restore" not in sentence
    assert "save" not in sentence
    assert project.file.read_bytes() == before


def test_the_sentence_says_what_is_and_is_not_there(used):
    recovery = Recovery(used[0], used[0].with_name("damaged"), list_backups(used[0])[0], 0, None)
    texts = {
        (0, 0): "Nothing was changed after that, so nothing is missing.",
        (3, 0): "The 3 later changes could be read from the damaged file, so nothing is missing.",
        (3, 1): "3 later changes could be read from the damaged file; the last 1 is missing",
        (0, 2): "The 2 later changes could not be read from the damaged file and are missing",
        (
            1,
            None,
        ): "1 later change could be read from the damaged file; what was decided after it is",
        (0, None): "Nothing later could be read from the damaged file: what was decided after",
    }
    for (replayed, missing), text in texts.items():
        sentence = render(replace(recovery, replayed=replayed, missing=missing).message)
        assert text in sentence
        assert " 0 " not in sentence


def test_another_problem_recovers_nothing(used):
    file, *_ = used
    with pytest.raises(Problem, match="elsewhere"):
        opening_recovered(file, lambda _: _refuse())
    assert list(file.parent.iterdir()) == [file]


def test_project_in_use_is_not_replaced(used):
    file, *_ = used
    with Project.open(file):
        assert recover(file) is None


def test_interrupted_exchange_is_finished_at_the_next_opening(used, monkeypatch):
    file, _, end = used
    damage(file, (_root_page(file, "state") - 1) * 4096, 4096)

    def killed(_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(recovery, "exchange", killed)
        with pytest.raises(KeyboardInterrupt):
            opening_recovered(file, _use)
    project, _ = opening_recovered(file, _use)
    with project:
        assert labels_of(project) == end
    assert not [name for name in file.parent.iterdir() if name.name.endswith(".recovered")]


def test_damaged_project_of_the_library_is_listed_from_its_backup(used):
    file, *_ = used
    library = Library()
    library.register(file).close()
    damage(file, 0, file.stat().st_size)
    assert [summary.file for summary in library.recent()] == [file]
    assert library.unreadable() == {}


def _use(project):
    labels_of(project)
    return project


def _refuse():
    raise Problem("project.other_images", name="x", folder="elsewhere")


def _root_page(file, table):
    with sqlite3.connect(file) as database:
        (page,) = database.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)
        ).fetchone()
    database.close()
    return page


def test_a_lost_project_of_the_library_is_named_however_often_it_is_listed(cells_project):
    file = cells_project
    file.write_bytes(b"\xff" * 5000)
    for _ in range(3):
        [message] = Library().unreadable().values()
        explained = explained_damage(file, message)
        assert render(explained).startswith(f"“cells” ({file}) is damaged and there is no backup")


def test_an_emptied_project_of_the_library_is_lost_too(cells_project):
    cells_project.write_bytes(b"")
    [message] = Library().unreadable().values()
    assert explained_damage(cells_project, message).id == "project.lost"


@pytest.fixture
def cells_project():
    """Return the file of a closed project in the library, which was listed once."""
    library = Library()
    library.folder.mkdir(parents=True)
    with Project.create(library.folder / "x.bloodbench", "cells") as project:
        label(project, 1, "m")
    assert [summary.name for summary in library.recent()] == ["cells"]
    return project.file
