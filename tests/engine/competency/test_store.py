"""Store: tests per person over time; cells found again after their folder moved; damage said, not hidden."""

import sqlite3

import pytest

from engine.competency.present_cells import find_images, with_paths
from engine.competency.store import CompetencyStore
from engine.messages import Problem


def test_answers_are_kept_with_the_time_and_can_be_changed_and_cleared(store, start, tmp_path):
    test = start(limit_s=600)
    assert [cell.place for cell in store.cells(test)] == list(range(6))
    assert store.answer(test, 2, "monocyte", 4.5).answer == "monocyte"
    store.answer(test, 2, "basophil", 6.0)
    store.answer(test, 3, "basophil", 7.0)
    store.answer(test, 3, None, 5.0)
    with CompetencyStore(store.file) as again:
        found = again.tests()[0]
        assert [cell.answer for cell in again.cells(found)] == [None, None, "basophil", *[None] * 3]
        assert (found.used_s, found.limit_s, found.ended) == (7.0, 600, "")
        assert found.class_names == {"basophil": "Basophil"}
        assert (found.author, found.seed, found.requested) == ("Anna", 3, 6)


def test_tests_are_listed_by_person_and_project_newest_first(store, start):
    first, second, other = start(), start(project="p2"), start("Eve")
    assert [test.id for test in store.tests()] == [other.id, second.id, first.id]
    assert [test.id for test in store.tests(person="Bob")] == [second.id, first.id]
    assert [test.id for test in store.tests(project="p1", person="Bob")] == [first.id]


def test_ending_keeps_answers_and_leaves_out_only_absent_cells_without_one(store, start):
    test = start()
    store.answer(test, 0, "basophil", 1.0)
    ended = store.end(test, 2.0, absent=(0, 1))
    assert ended.ended
    assert [cell.is_absent for cell in store.cells(test)] == [False, True, *[False] * 4]
    assert store.end(test, 3.0).ended == ended.ended


def test_names_that_are_not_utf8_survive(store, start, truth):
    from engine.competency.truth import TruthCell

    name = b"caf\xe9.png".decode("utf-8", "surrogateescape")
    test = store.start(
        truth, [TruthCell(name, "", "basophil")], person="Bob", folder="x", project="p",
        seed=1, requested=1, limit_s=None, class_names={},
    )  # fmt: skip
    assert store.cells(test)[0].path == name


def test_cells_are_found_by_content_after_a_move(store, start):
    cells = store.cells(start())
    moved = {f"new/{cell.path}": cell.content for cell in cells[:5]}
    # Another image lies where the last cell was.
    here = {**moved, cells[5].path: "another content"}
    found = find_images(cells, here)
    assert found == {cell.place: f"new/{cell.path}" for cell in cells[:5]}
    assert [cell.path for cell in with_paths(cells, found)] == list(moved)
    assert find_images(cells, {cell.path: "" for cell in cells})[5] == cells[5].path


def test_damaged_file_is_reported_and_left_unchanged(tmp_path):
    file = tmp_path / "competency.sqlite"
    file.write_bytes(b"not a database at all, but long enough to be read as one" * 20)
    before = file.read_bytes()
    with pytest.raises(Problem) as caught:
        CompetencyStore(file)
    assert caught.value.message.id == "competency.unreadable"
    assert file.read_bytes() == before


def test_file_of_a_later_version_is_left_unchanged(tmp_path):
    file = tmp_path / "competency.sqlite"
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(Problem) as caught:
        CompetencyStore(file)
    assert caught.value.message.id == "competency.newer"


def test_damaged_values_are_reported(store, start):
    start()
    with sqlite3.connect(store.file) as database:
        database.execute("UPDATE test SET class_names = '[1'")
    with pytest.raises(Problem) as caught:
        store.tests()
    assert caught.value.message.id == "competency.unreadable"
