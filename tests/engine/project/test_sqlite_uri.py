"""A pipe in the place of a project, or of a file beside it, never blocks."""

import os
import sqlite3

import pytest

from engine.messages import Problem
from engine.project.library_index import LibraryIndex, read_project_summary
from engine.project.merging import plan_merge
from engine.project.project import Project
from engine.project.project_title import project_title
from engine.project.sqlite_uri import sqlite_uri

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs POSIX files")


@pytest.mark.parametrize("companion", ["", "-wal", "-journal"])
def test_pipes_are_not_opened(tmp_path, companion):
    file = tmp_path / "work.bloodbench"
    if companion:
        Project.create(file, "work").close()
    os.mkfifo(f"{file}{companion}")
    for open_project in (Project.open, Project.open_to_read):
        with pytest.raises(Problem) as caught:
            open_project(file)
        assert caught.value.message.id == "project.cannot_open"
    index = LibraryIndex(tmp_path / "index.json")
    assert index.summaries([file]) == []
    assert index.problems[file].id == "project.cannot_open"
    assert "work.bloodbench" in project_title(file)
    with Project.create(tmp_path / "other.bloodbench", "other") as other, pytest.raises(Problem):
        plan_merge(other, file)


def test_other_files_have_a_uri(tmp_path):
    assert sqlite_uri(tmp_path / "new.bloodbench").startswith("file://")
    assert sqlite_uri(tmp_path).startswith("file://")
    with pytest.raises(sqlite3.OperationalError):
        sqlite_uri(tmp_path / os.devnull)


def test_reading_a_missing_project_creates_no_file(tmp_path):
    file = tmp_path / "missing.bloodbench"
    for read in (read_project_summary, Project.open_to_read, Project.open):
        with pytest.raises(Problem):
            read(file)
    assert list(tmp_path.iterdir()) == []
