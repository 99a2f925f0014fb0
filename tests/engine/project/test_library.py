"""Project library: folders are matched with projects, uncertain matches are choices."""

import contextlib
import os
import shutil
import sqlite3

import numpy as np
import pytest
from project_helpers import advance_mtime, current_labels, scan_folder, write_image

from engine.jobs import Cancelled, Job
from engine.messages import Problem
from engine.project.fingerprint import SampleMatch
from engine.project.library import FolderMatch, Library
from engine.project.project import Project


def fill(root, count=60, first=0):
    for number in range(first, first + count):
        write_image(root / f"class_{number % 3}" / f"cell_{number}.jpg", number)


def create(library, root, name="one"):
    source, records = scan_folder(root)
    with library.create(source, records, name) as project:
        project.link(Job(), source, records)
        project.apply("label", [(records[0].path, "label", "m")], who="Ada")
        return project.file


def find(library, root):
    return library.find(Job(), *scan_folder(root))


def chosen(library, root):
    match = find(library, root)
    return (
        match.project.summary.file
        if match.project
        else [candidate.summary.file for candidate in match.choices]
    )


@pytest.fixture
def library(tmp_path):
    return Library(tmp_path / "projects")


@pytest.fixture
def file(library, root):
    fill(root)
    return create(library, root)


def test_unknown_folder_has_no_project(library, root, file, tmp_path):
    assert Library(tmp_path / "nowhere").find(Job(), *scan_folder(root)) == FolderMatch()
    fill(tmp_path / "other", first=1000)
    assert find(library, tmp_path / "other") == FolderMatch()
    (tmp_path / "empty").mkdir()
    assert find(library, tmp_path / "empty") == FolderMatch()


def test_default_library_folder(root, home):
    fill(root, 3)
    file = create(Library(), root)
    assert file.parent == home / "data" / "projects"
    with Project.open(file) as project:
        assert file.stem == project.id


def test_same_folder_is_found(library, root, file):
    match = find(library, root)
    assert (match.project.summary.file, match.project.is_same_folder, match.project.is_copy) == (
        file,
        True,
        False,
    )
    assert match.project.match == SampleMatch(32, 32, 1.0)


def test_folder_is_found_after_moving_growing_shrinking_and_sorting(library, root, file, tmp_path):
    moved = tmp_path / "elsewhere" / "renamed"
    moved.parent.mkdir()
    root.rename(moved)
    for sub in range(3):
        (moved / f"class_{sub}").rename(moved / f"renamed_{sub}")
    for number in range(0, 60, 10):
        next(moved.glob(f"*/cell_{number}.jpg")).unlink()
    fill(moved, 15, first=500)
    assert chosen(library, moved) == file
    assert not find(library, moved).project.is_same_folder


def test_folder_that_grew_in_place_is_found(library, root, file):
    fill(root, 600, first=1000)
    assert chosen(library, root) == file


def test_touched_files_count_as_the_same(library, root, file):
    for path in root.rglob("*.jpg"):
        advance_mtime(path)
    assert chosen(library, root) == file


def test_folder_is_found_after_renaming_all_files(library, root, file):
    for number, path in enumerate(sorted(root.rglob("*.jpg"))):
        path.rename(path.with_name(f"new_{number}.jpg"))
    assert chosen(library, root) == file


def test_other_content_in_the_same_place_is_not_found(library, root, file):
    shutil.rmtree(root)
    for number in range(60):
        write_image(root / f"class_{number % 3}" / f"cell_{number}.jpg", number + 1000)
    assert find(library, root) == FolderMatch()
    other = create(library, root, "two")
    assert chosen(library, root) == other


def test_copied_folder_needs_a_choice(library, root, file, tmp_path):
    shutil.copytree(root, tmp_path / "copy")
    match = find(library, tmp_path / "copy")
    assert match.project is None
    (choice,) = match.choices
    assert (choice.summary.file, choice.is_same_folder, choice.is_copy) == (file, False, True)
    own = create(library, tmp_path / "copy", "own")
    assert chosen(library, tmp_path / "copy") == own
    assert chosen(library, root) == file


def test_moved_folder_is_found_although_its_place_is_taken(library, root, file, tmp_path):
    root.rename(tmp_path / "archived")
    fill(root, first=2000)
    assert chosen(library, tmp_path / "archived") == file


def test_two_projects_of_one_folder_are_choices(library, root, file):
    second = create(library, root, "two")
    assert set(chosen(library, root)) == {file, second}


def test_refused_projects_are_left_out(library, root, file):
    second = create(library, root, "two")
    match = library.find(Job(), *scan_folder(root), refused=[file])
    assert match.project.summary.file == second
    assert library.find(Job(), *scan_folder(root), refused=[file, second]) == FolderMatch()


@pytest.mark.parametrize("name", ["images", "Smear 7"])
def test_only_a_name_that_is_the_folders_follows_it(library, root, tmp_path, name):
    fill(root)
    renamed = root.rename(tmp_path / "images")
    file = create(library, renamed, name)
    renamed = renamed.rename(tmp_path / "archived")
    with Project.open(file) as project:
        project.link(Job(), *scan_folder(renamed))
        assert project.name == ("archived" if name == "images" else name)


def test_project_of_a_single_image_does_not_claim_the_folder(library, root):
    fill(root)
    image = next(root.rglob("*.jpg"))
    single = create(library, image)
    assert find(library, root).project is None
    whole = create(library, root)
    assert chosen(library, root) == whole
    assert single != whole


def test_project_of_a_part_does_not_hide_that_of_a_moved_folder(library, root, file, tmp_path):
    create(library, root / "class_0", "part")
    root.rename(tmp_path / "moved")
    assert chosen(library, tmp_path / "moved") == file


def test_small_overlap_is_a_choice_or_no_match(library, root, file, tmp_path):
    other = tmp_path / "other"
    fill(other, 100, first=3000)
    shutil.copyfile(root / "class_0" / "cell_0.jpg", other / "cell_0.jpg")
    assert find(library, other).project is None
    fill(other, 30)
    match = find(library, other)
    assert match.project is None


def test_archives_are_found(library, tmp_path):
    rng = np.random.default_rng(0)
    for name in ("a", "b"):
        np.savez(tmp_path / f"{name}.npz", images=rng.integers(0, 255, (40, 8, 8, 3), np.uint8))
    a = create(library, tmp_path / "a.npz")
    assert find(library, tmp_path / "b.npz") == FolderMatch()
    b = create(library, tmp_path / "b.npz")
    assert (chosen(library, tmp_path / "a.npz"), chosen(library, tmp_path / "b.npz")) == (a, b)
    (tmp_path / "a.npz").rename(tmp_path / "renamed.npz")
    assert chosen(library, tmp_path / "renamed.npz") == a


@pytest.mark.skipif(os.name == "nt", reason="Windows' names are text")
def test_names_that_are_not_utf8(library, tmp_path):
    root = tmp_path / os.fsdecode(b"images\xff")
    write_image(root / os.fsdecode(b"\xfe.jpg"), 1)
    file = create(library, root)
    assert chosen(library, root) == file
    assert library.recent()[0].root == root


def test_recent_projects_are_sorted_newest_first(library, root, file, tmp_path):
    fill(tmp_path / "other", 5, first=700)
    second = create(library, tmp_path / "other", "two")
    assert [head.name for head in library.recent()] == ["two", "one"]
    head = library.recent()[1]
    assert (head.file, head.root, head.images, head.decided) == (file, root, 60, 1)
    with Project.open(file) as project:
        project.link(Job(), *scan_folder(root))
        project.apply("rename", [(None, "name", "renamed")], who="Ada")
        assert [head.name for head in library.recent()] == ["renamed", "two"]
    assert [head.file for head in library.recent()] == [file, second]


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b'{"format": 1, "projects": {"x": 3}}', b"[" * 100_000]
)
def test_index_can_be_damaged_without_loss(library, root, file, damage):
    heads = library.recent()
    index = library.folder / "index.json"
    index.write_bytes(damage)
    assert library.recent() == heads
    index.unlink()
    assert chosen(library, root) == file
    before = index.stat().st_mtime_ns
    assert library.recent() == heads
    assert index.stat().st_mtime_ns == before


def test_unreadable_projects_are_reported(library, file):
    (library.folder / "bad.bloodbench").write_bytes(b"no project" * 100)
    assert [head.file for head in library.recent()] == [file]
    assert [message.id for message in library.unreadable().values()] == ["project.damaged"]


HOSTILE = {
    "nonsense": "{broken",
    "null": "null",
    "deep": "[" * 100_000 + "]" * 100_000,
    "number": "1e999",
    "text": '"text"',
    "list": "[1, 2]",
    "object": '{"a": 1}',
    "no zone": '"2024-01-01T00:00:00"',
    "nul": '"a\\u0000b"',
    "half": '"\\ud800"',
}


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("key", ["id", "name", "created", "root", "opened", "sample"])
def test_damaged_metadata_affects_only_one_project(library, root, file, tmp_path, key, value):
    """Other projects are found whatever a metadata entry holds, with and without the index."""
    other = library.folder / "other.bloodbench"
    shutil.copy(file, other)
    with contextlib.closing(sqlite3.connect(other)) as database, database:
        database.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (key, value))
    for _ in range(2):  # from the file, then from the index
        heads = library.recent()
        assert file in [head.file for head in heads]
        for head in heads:
            assert isinstance(head.name, str)
        problems = library.unreadable()
        assert set(problems) <= {other}
        assert {problem.id for problem in problems.values()} <= {"project.damaged"}
    assert len(heads) + len(problems) == 2
    find(library, root)


@pytest.mark.parametrize("place", [b"\0", b"x" * 5000, b"", b"relative", b"/" + b"y" * 300])
def test_damaged_pointer_is_ignored(library, file, place):
    (library.folder / "a.elsewhere").write_bytes(place)
    assert [head.file for head in library.recent()] == [file]


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("field", ["label", "removed", "note"])
def test_damaged_decision_is_reported_as_damage(library, file, field, value):
    with contextlib.closing(sqlite3.connect(file)) as database, database:
        database.execute("INSERT OR REPLACE INTO state VALUES (1, ?, ?)", (field, value))
        assert database.execute("SELECT count(*) FROM image WHERE id = 1").fetchone()[0]
    problem_id = "project.damaged"
    try:
        with Project.open(file) as project:
            assert all(isinstance(decision.note, str) for decision in project.decisions().values())
    except Problem as problem:
        problem_id = problem.message.id
    assert problem_id == "project.damaged"


def test_adopted_project_is_in_the_library(library, root, file, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    with Project.open(file) as project:
        project.save_copy(stick / "handed over.bloodbench")
    here = tmp_path / "theirs"
    shutil.copytree(root, here)
    shutil.rmtree(root)
    theirs = Library(tmp_path / "their projects")
    with theirs.register(stick / "handed over.bloodbench") as project:
        fit = project.match_folder(Job(), *scan_folder(here))
        assert (fit.found, fit.total) == (32, 32)
        fill(tmp_path / "wrong", first=4000)
        assert project.match_folder(Job(), *scan_folder(tmp_path / "wrong")).found == 0
        project.link(Job(), *scan_folder(here))
        assert list(current_labels(project).values()) == ["m"]
    assert [head.file for head in theirs.recent()] == [stick / "handed over.bloodbench"]
    assert chosen(theirs, here) == stick / "handed over.bloodbench"
    stick.rename(tmp_path / "unplugged")
    assert theirs.recent() == []
    (tmp_path / "unplugged").rename(stick)
    assert len(theirs.recent()) == 1


def test_project_in_the_library_needs_no_adoption(library, file, tmp_path):
    library.register(file).close()
    assert len(library.recent()) == 1
    with pytest.raises(Problem, match="no project"):
        library.register(tmp_path / "no.bloodbench")


def test_find_can_be_cancelled(library, root, file):
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        library.find(job, *scan_folder(root))
