"""Backups: made while in use, verified, thinned by age and size."""

import itertools
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.messages import Problem
from engine.project import backups, schema
from engine.project.backups import Backup, list_backups, make_backup, thin
from engine.project.project import Project

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
NO_LIMIT = 10**12


def backup_at(at, size=1):
    return Backup(Path(f"{at:%Y%m%dT%H%M}"), at, "regular", 1, size)


def every(step, count):
    return [backup_at(NOW - number * step) for number in range(count)]


def label(project, path="a.jpg", class_id="m"):
    return project.apply("label", [(path, "label", class_id)], who="Anna")


def labels_of(file):
    with Project.open(file) as project:
        return {path: decision.label for path, decision in project.decisions().items()}


def test_all_backups_of_two_days_are_kept():
    recent = every(timedelta(minutes=30), 96)
    assert thin(recent, NOW, NO_LIMIT) == recent


def test_older_backups_are_thinned_to_daily_weekly_and_monthly():
    kept = thin(every(timedelta(hours=4), 6 * 365), NOW, NO_LIMIT)
    dates = [backup.at.date() for backup in kept]
    ages = [(NOW.date() - date).days for date in dates]
    assert len([backup for backup in kept if NOW - backup.at <= timedelta(days=2)]) == 13
    assert [age for age in ages if 2 < age < 12] == list(range(3, 12))
    assert 10 + 9 - 5 <= len([age for age in ages if age >= 12]) <= 10 + 9
    assert len({(date.year, date.month) for date in dates}) == 9
    # The last of each day.
    assert all(backup.at.hour == 20 for backup in kept if NOW - backup.at > timedelta(days=2))


def test_thinning_again_and_day_by_day_keeps_the_same():
    kept: list[Backup] = []
    for backup in reversed(every(timedelta(hours=4), 6 * 365)):
        kept = thin([backup, *kept], backup.at, NO_LIMIT)
    days = {backup.at.date() for backup in kept}
    assert {(NOW - timedelta(days=age)).date() for age in range(12)} <= days
    assert len({(at.year, at.month) for at in days}) >= 9
    assert thin(kept, NOW, NO_LIMIT) == kept


def test_budget_keeps_the_newest_and_drops_dense_ones_first():
    kept = thin(every(timedelta(minutes=30), 1000), NOW, 15)
    assert len(kept) == 15
    assert kept[0].at == NOW
    assert {backup.at.date() for backup in kept} >= {
        (NOW - timedelta(days=age)).date() for age in range(12)
    }
    large = [backup_at(NOW - timedelta(days=age), size=100) for age in range(3)]
    assert thin(large, NOW, 50) == large[:1]


def test_backup_of_an_open_project_has_every_edit(project):
    label(project)
    backup = project.back_up("regular")
    label(project, "b.jpg")
    assert list_backups(project.file) == [backup]
    assert (backup.last_edit, backup.reason) == (1, "regular")
    assert labels_of(backup.file) == {"a.jpg": "m"}
    assert backups.is_good(backup.file)
    assert sorted(file.name for file in backup.file.parent.iterdir()) == [backup.file.name]


def test_unchanged_project_is_not_backed_up_twice(project):
    label(project)
    first = project.back_up("regular")
    assert project.back_up("merge") == first
    label(project, "b.jpg")
    assert project.back_up("merge") != first


def test_another_project_in_the_same_place_is_backed_up(tmp_path):
    file = tmp_path / "x.bloodbench"
    for class_id in ("m", "n"):
        with Project.create(file, "x") as project:
            label(project, class_id=class_id)
            project.back_up("regular")
        file.unlink()
    assert len(list_backups(file)) == 2


def test_damaged_file_is_not_backed_up_and_older_backups_stay(project):
    for number in range(300):
        label(project, f"{number}.jpg")
    good = project.back_up("regular")
    label(project)
    project.close()
    size = project.file.stat().st_size
    with project.file.open("r+b") as file:
        file.seek(size // 2)
        file.write(b"\xff" * 4096)
    with pytest.raises(Problem) as error:
        make_backup(project.file, "regular")
    assert error.value.message.id == "project.damaged"
    assert list_backups(project.file) == [good]


def test_unwritable_folder_is_one_sentence(project, home):
    label(project)
    (home / "data").mkdir(parents=True, exist_ok=True)
    (home / "data" / "backups").write_text("in the way")
    with pytest.raises(Problem, match="was not backed up") as error:
        project.back_up("regular")
    assert error.value.message.id == "backup.failed"


def test_large_edit_is_preceded_by_a_backup(project):
    label(project)
    project.apply("label", [(f"{n}.jpg", "label", "n") for n in range(1000)], who="Anna")
    assert list_backups(project.file) == []
    project.apply("label", [(f"{n}.jpg", "label", "m") for n in range(1001)], who="Anna")
    [backup] = list_backups(project.file)
    assert (backup.reason, backup.last_edit) == ("bulk_edit", 2)


def test_large_edit_is_saved_without_a_backup_if_none_can_be_made(project, home):
    (home / "data").mkdir(parents=True, exist_ok=True)
    (home / "data" / "backups").write_text("in the way")
    assert project.apply("label", [(f"{n}.jpg", "label", "m") for n in range(1001)], who="Anna")


def test_migration_is_preceded_by_a_backup(project, monkeypatch):
    label(project)
    project.close()
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, "CREATE TABLE later (x); "))
    Project.open(project.file).close()
    [backup] = list_backups(project.file)
    assert backup.reason == "migration"
    with sqlite3.connect(backup.file) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (1,)
    database.close()


def test_thinning_deletes_files_within_the_budget(project, monkeypatch):
    size = project.back_up("regular").size
    monkeypatch.setattr(backups, "BUDGET_BYTES", 3 * size)
    for number in range(6):
        label(project, f"{number}.jpg")
        project.back_up("regular")
    assert list_backups(project.file)[0].last_edit == 6
    assert sum(backup.size for backup in list_backups(project.file)) <= 3 * size


def test_names_round_trip(project):
    made = []
    for number, reason in zip(itertools.count(), ("regular", "bulk_edit", "restore"), strict=False):
        label(project, f"{number}.jpg")
        made.append(project.back_up(reason))
    assert list_backups(project.file) == made[::-1]
