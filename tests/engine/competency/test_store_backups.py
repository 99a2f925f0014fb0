"""Backups of competency tests: verified, made only for new answers, opened from when the file is damaged."""

import sqlite3

import pytest

from engine.competency.store import CompetencyStore
from engine.competency.store_backups import recover_store
from engine.messages import Problem, render
from engine.project.backups import list_backups


def damage(store):
    """Overwrite the closed file from its second page on, as a failing disk would."""
    store.close()
    size = store.file.stat().st_size
    with store.file.open("r+b") as stream:
        stream.seek(4096)
        stream.write(b"\xa5" * (size - 4096))


def answers(store, test):
    return [cell.answer for cell in store.cells(test)]


def test_a_backup_is_made_only_for_new_answers(store, start):
    test = start()
    store.answer(test, 0, "basophil", 1.0)
    store.back_up()
    store.back_up()
    assert [backup.last_edit for backup in list_backups(store.file)] == [1]
    store.answer(test, 0, "monocyte", 2.0)
    store.back_up()
    first, second = list_backups(store.file)
    assert first.at > second.at
    with sqlite3.connect(first.file) as copy:
        assert copy.execute("SELECT answer FROM cell WHERE place = 0").fetchone() == ("monocyte",)


def test_a_damaged_file_is_opened_from_its_newest_good_backup(store, start):
    test = start()
    store.answer(test, 0, "basophil", 1.0)
    store.back_up()
    store.answer(test, 1, "monocyte", 2.0)
    store.back_up()
    newest = list_backups(store.file)[0]
    newest.file.write_bytes(newest.file.read_bytes()[:4096])
    damage(store)
    damaged = store.file.read_bytes()
    with CompetencyStore(store.file) as again:
        assert answers(again, test)[0] == "basophil"
        assert "opened from their backup" in render(again.recovery)
        again.answer(test, 2, "basophil", 3.0)
    kept = [
        file
        for file in store.file.parent.iterdir()
        if ".damaged-" in file.name and not file.name.endswith(("-wal", "-shm"))
    ]
    assert [file.read_bytes()[4096:] for file in kept] == [damaged[4096:]]
    with CompetencyStore(store.file) as again:
        assert again.recovery is None
        assert answers(again, test)[2] == "basophil"


def test_later_tests_and_answers_that_can_be_read_are_added_once(store, start):
    test = start()
    store.answer(test, 0, "basophil", 1.0)
    store.back_up()
    store.answer(test, 1, "monocyte", 2.0)
    other = start("Eve")
    store.answer(other, 0, "monocyte", 1.0)
    store.end(other, 4.0)
    before = [(test.person, test.used_s, bool(test.ended)) for test in store.tests()]
    expected = [answers(store, test), answers(store, other)]
    store.close()
    for _ in range(2):
        assert recover_store(store.file) is not None
        with CompetencyStore(store.file) as again:
            found = [(test.person, test.used_s, bool(test.ended)) for test in again.tests()]
            assert found == before
            assert [answers(again, test), answers(again, other)] == expected


def test_an_emptied_file_is_damage_too(store, start):
    test = start()
    store.answer(test, 0, "basophil", 1.0)
    store.back_up()
    store.close()
    store.file.write_bytes(b"")
    with CompetencyStore(store.file) as again:
        assert again.recovery is not None
        assert answers(again, test)[0] == "basophil"


def test_damage_without_a_backup_is_reported_and_left_unchanged(store, start):
    start()
    damage(store)
    before = store.file.read_bytes()
    with pytest.raises(Problem) as caught:
        CompetencyStore(store.file)
    assert caught.value.message.id == "competency.unreadable"
    assert store.file.read_bytes() == before


def test_a_file_in_use_is_not_taken_for_a_damaged_one(store, start):
    start()
    store.back_up()
    store.close()
    with sqlite3.connect(store.file, isolation_level=None) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Problem, match="locked"):
            CompetencyStore(store.file)
        other.execute("ROLLBACK")
    with CompetencyStore(store.file) as again:
        assert again.recovery is None
