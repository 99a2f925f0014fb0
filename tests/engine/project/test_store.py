"""Project file: full disks, read-only folders, other processes, other versions, damage."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from project_helpers import confirm, current_labels, link_folder, write_images

from engine.messages import Problem, render
from engine.project import schema
from engine.project.project import Project

ROOT = Path(__file__).resolve().parents[3]


def label(project, path="a.jpg", value="m", count=1):
    changes = [(path if count == 1 else f"{n}{path}", "label", value) for n in range(count)]
    return project.apply("label", changes, who="Ada")


def problem(work, *args, **more):
    with pytest.raises(Problem) as caught:
        work(*args, **more)
    assert render(caught.value.message).endswith(".")
    return caught.value.message.id


def test_closed_project_is_one_file(project):
    label(project)
    project.close()
    project.close()
    assert [file.name for file in project.file.parent.iterdir()] == ["one.bloodbench"]
    assert project.file.read_bytes()[18:20] == b"\1\1"  # no WAL: readable from a read-only folder


def test_file_has_application_id_and_version(project):
    project.close()
    with sqlite3.connect(project.file) as database:
        assert database.execute("PRAGMA application_id").fetchone() == (schema.APPLICATION_ID,)
        assert database.execute("PRAGMA user_version").fetchone() == (len(schema.MIGRATIONS),)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE edit SET who = 'x'",
        "DELETE FROM edit",
        "UPDATE change SET new = 'x'",
        "DELETE FROM change",
        "INSERT OR REPLACE INTO edit SELECT * FROM edit",
        "INSERT OR REPLACE INTO change SELECT * FROM change",
        "DELETE FROM image WHERE id > 0",
    ],
)
def test_journal_rejects_changes(project, statement):
    label(project)
    with (
        pytest.raises(sqlite3.IntegrityError, match="kept"),
        project._store.write_transaction() as database,
    ):
        database.execute(statement)
    assert current_labels(project) == {"a.jpg": "m"}


def test_missing_existing_and_foreign_files(tmp_path, project):
    assert problem(Project.open, tmp_path / "no.bloodbench") == "project.missing"
    assert not (tmp_path / "no.bloodbench").exists()
    assert problem(Project.create, project.file, "x") == "project.exists"
    empty = tmp_path / "empty.bloodbench"
    empty.touch()
    assert problem(Project.open, empty) == "project.not_a_project"
    assert empty.read_bytes() == b""
    text = tmp_path / "text.bloodbench"
    text.write_text("a shopping list " * 100)
    assert problem(Project.open, text) == "project.damaged"
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as database:
        database.execute("CREATE TABLE x (y)")
    assert problem(Project.open, other) == "project.not_a_project"
    assert problem(Project.open, tmp_path) == "project.cannot_open"
    assert sorted(file.name for file in tmp_path.glob("*.lock")) == ["one.bloodbench.lock"]


def test_newer_file_is_refused_and_unchanged(project):
    project.close()
    with sqlite3.connect(project.file) as database:
        database.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}")
    database.close()
    before = project.file.read_bytes()
    assert problem(Project.open, project.file) == "project.newer"
    assert project.file.read_bytes() == before


def test_older_file_is_backed_up_and_migrated(project, monkeypatch):
    label(project)
    project.close()
    step = "CREATE TABLE later (x); "
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, step))
    with Project.open(project.file) as again:
        assert current_labels(again) == {"a.jpg": "m"}
        with again._store.read_connection() as database:
            assert database.execute("SELECT * FROM later").fetchall() == []
    copy = Path(f"{project.file}.v1")
    monkeypatch.undo()
    assert problem(Project.open, project.file) == "project.newer"
    with Project.open(copy) as old:
        assert current_labels(old) == {"a.jpg": "m"}


def test_failed_migration_leaves_the_file_unchanged(project, monkeypatch):
    label(project)
    project.close()
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, "CREATE TABLE x (y); NONSENSE;"))
    with pytest.raises(Problem, match="NONSENSE"):
        Project.open(project.file)
    monkeypatch.undo()
    with Project.open(project.file) as again:
        assert current_labels(again) == {"a.jpg": "m"}


def test_damage_is_reported_and_the_file_unchanged(project):
    label(project, count=3000)
    project.close()
    content = bytearray(project.file.read_bytes())
    content[8192:-8192] = b"\xa5" * (len(content) - 16384)
    project.file.write_bytes(content)

    def use():
        with Project.open(project.file) as damaged:
            damaged.decisions()

    assert problem(use) == "project.damaged"


# Full disks


def test_full_disk_loses_only_the_last_change(project):
    label(project)
    with project._store.read_connection() as database:
        pages = database.execute("PRAGMA page_count").fetchone()[0]
        database.execute(f"PRAGMA max_page_count = {pages + 2}")
    assert problem(label, project, "b.jpg", count=5000) == "project.disk_full"
    assert current_labels(project) == {"a.jpg": "m"}
    assert project.next_undo().id == 1
    with project._store.read_connection() as database:
        database.execute("PRAGMA max_page_count = 1000000")
    assert len(label(project, "b.jpg", count=5000).changes) == 5000
    assert project.undo("Ada").undoes == 2
    assert current_labels(project) == {"a.jpg": "m"}


FULL = """
import resource, sys
sys.path[:0] = [sys.argv[2]]
from pathlib import Path
from engine.messages import Problem
from engine.project.project import Project
project = Project.open(Path(sys.argv[1]))
done = [project.apply("one", [("a.jpg", "label", "m")], who="x")]
limit = lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
limit(100_000)
many = [(f"{n}.jpg", "label", "n") for n in range(20_000)]
for work in (lambda: project.apply("many", many, who="x"),
             lambda: project.save_copy(Path(sys.argv[1] + ".copy"))):
    try:
        work()
    except Problem as problem:
        print(problem.message.id)
print(len(project.decisions()), project.next_undo().action)
limit(resource.RLIM_INFINITY)
print(len(project.apply("many", many, who="x").changes))
project.save_copy(Path(sys.argv[1] + ".copy"))
project.close()
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows sets no such limits")
def test_file_that_may_not_grow_is_reported(project):
    label(project, "z.jpg", count=2000)
    project.close()
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(project.file), str(ROOT)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    apply, copy, *rest = done.stdout.split()
    assert apply in ("project.disk_full", "project.disk_error")
    assert copy in ("project.no_space", "project.no_place")
    assert rest == ["2001", "one", "20000"]
    for file in (project.file, Path(f"{project.file}.copy")):
        with Project.open(file) as again:
            assert len(again.decisions()) == 22_001
    assert not list(project.file.parent.glob(".bloodbench-*"))


# Other processes


def test_second_window_is_read_only(project):
    label(project)
    with Project.open(project.file) as second:
        assert second.read_only.id == "project.in_use"
        assert current_labels(second) == {"a.jpg": "m"}
        assert problem(label, second, "b.jpg") == "project.in_use"
        assert second.next_undo() is second.next_redo() is second.undo("Bob") is None
        label(project, "c.jpg")
        assert current_labels(second) == {"a.jpg": "m", "c.jpg": "m"}
        assert len(second.history("c.jpg")) == 1
        second.save_copy(project.file.with_name("copy.bloodbench"))
        project.close()
        assert current_labels(second) == {"a.jpg": "m", "c.jpg": "m"}
    with Project.open(project.file) as third:
        assert third.read_only is None
        assert label(third, "d.jpg").id == 3


SECOND = """
import sys
sys.path[:0] = [sys.argv[2]]
from pathlib import Path
from engine.project.project import Project
project = Project.open(Path(sys.argv[1]))
print(project.read_only.id if project.read_only else "writes", len(project.decisions()), flush=True)
sys.stdin.read()
"""


def second_program(file):
    child = subprocess.Popen(
        [sys.executable, "-c", SECOND, str(file), str(ROOT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    return child, child.stdout.readline().split()


def test_second_process_is_read_only_until_the_first_ends(project):
    label(project)
    child, output = second_program(project.file)
    assert output == ["project.in_use", "1"]
    child.communicate()
    project.close()
    child, output = second_program(project.file)
    assert output == ["writes", "1"]
    with Project.open(project.file) as here:
        assert here.read_only.id == "project.in_use"
    child.kill()
    child.communicate()
    assert Path(f"{project.file}.lock").exists()
    with Project.open(project.file) as here:
        assert here.read_only is None
        label(here, "b.jpg")


def test_locked_file_is_reported_as_busy(project, monkeypatch):
    label(project)
    other = sqlite3.connect(project.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with project._store.read_connection() as database:
        database.execute("PRAGMA busy_timeout = 10")
    assert problem(label, project, "b.jpg") == "project.busy"
    assert current_labels(project) == {"a.jpg": "m"}
    other.execute("ROLLBACK")
    other.close()
    label(project, "b.jpg")
    assert current_labels(project) == {"a.jpg": "m", "b.jpg": "m"}


# Read-only folders


@pytest.fixture
def locked_folder(project):
    """A closed project in a read-only folder."""
    label(project)
    project.close()
    folder = project.file.parent / "locked"
    folder.mkdir()
    file = shutil.copy(project.file, folder)
    Path(file).chmod(0o444)
    folder.chmod(0o555)
    try:
        (folder / "try").touch()
    except OSError:
        yield Path(file)
    else:
        pytest.skip("this user may write everywhere")
    finally:
        folder.chmod(0o755)


def test_read_only_folder_opens_read_only(locked_folder, root):
    with Project.open(locked_folder) as project:
        assert project.read_only.id == "project.read_only"
        assert current_labels(project) == {"a.jpg": "m"}
        assert problem(label, project) == "project.read_only"
        write_images(root, a=1)
        link_folder(project, root)
        assert current_labels(project) == {"a.jpg": "m"}
        assert confirm(project, root).same == 1
        assert problem(project.save_copy, locked_folder.with_name("x")) == "project.no_place"
        project.save_copy(root / "copy.bloodbench")
    with Project.open(root / "copy.bloodbench") as copy:
        assert copy.read_only is None


def test_creating_in_a_read_only_folder_fails(locked_folder):
    file = locked_folder.with_name("new.bloodbench")
    assert problem(Project.create, file, "x") == "project.no_place"


# Copies


def test_copy_is_complete_and_not_onto_itself(project, root, tmp_path):
    write_images(root, a=1, b=2)
    link_folder(project, root)
    label(project)
    copy = tmp_path / "copy.bloodbench"
    copy.write_bytes(b"what was there")
    assert problem(project.save_copy, copy) == "write.exists"
    assert copy.read_bytes() == b"what was there"
    copy.unlink()
    project.save_copy(copy)
    label(project, "b.jpg")
    assert problem(project.save_copy, project.file) == "project.copy_onto_itself"
    assert problem(project.save_copy, tmp_path / "no" / "x") == "project.no_place"
    assert not list(tmp_path.glob(".bloodbench-*"))
    shutil.copytree(root, tmp_path / "elsewhere")
    with Project.open(copy) as other:
        assert other.id == project.id
        link_folder(other, tmp_path / "elsewhere")
        assert current_labels(other) == {"a.jpg": "m"}
        assert other.undo("Bob").undoes == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows' names are text")
def test_copy_name_need_not_be_utf8(project, tmp_path):
    label(project)
    folder = tmp_path / os.fsdecode(b"stick\xff")
    folder.mkdir()
    project.save_copy(folder / os.fsdecode(b"\xfe.bloodbench"))
    with Project.open(folder / os.fsdecode(b"\xfe.bloodbench")) as copy:
        assert current_labels(copy) == {"a.jpg": "m"}


def test_label_is_durable_when_apply_returns(project):
    with project._store.read_connection() as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert database.execute("PRAGMA synchronous").fetchone() == (2,)


def test_snapshot_does_not_block_writing(project):
    label(project)
    with project._store.snapshot() as database:
        database.execute("SELECT * FROM state").fetchall()
        begin = time.monotonic()
        label(project, "b.jpg")
        assert time.monotonic() - begin < 30  # it did not wait for the reader at all
        assert database.execute("SELECT count(*) FROM edit").fetchone() == (1,)
