"""Titles of projects in messages: the name in the data folder, also of a damaged file; else the path."""

import pytest

from engine.images.source import open_source
from engine.messages import Problem
from engine.paths import data_dir
from engine.project.library import Library
from engine.project.project import Project
from engine.project.project_title import project_title


@pytest.fixture
def file(tmp_path):
    with Library().create(open_source(tmp_path), [], "Smear 7") as project:
        return project.file


def test_file_elsewhere_is_named_by_its_path(tmp_path):
    with Project.create(tmp_path / "a.bloodbench", "Smear 7") as project:
        assert project_title(project.file) == str(tmp_path / "a.bloodbench")


def test_file_in_the_data_folder_is_named_as_people_named_it(file):
    assert project_title(file) == "“Smear 7”"
    with Project.open(file) as project:
        project.apply("name", [(None, "name", "Smear 8")], who="Anna")
        assert project_title(file) == "“Smear 8”"


def test_damaged_file_is_named_as_the_project_list_had_it(file):
    assert [summary.name for summary in Library().recent()] == ["Smear 7"]
    file.write_bytes(file.read_bytes()[:4096] + b"\xff" * 8192)
    assert project_title(file) == "“Smear 7”"
    with pytest.raises(Problem) as caught, Project.open(file) as project:
        project.decisions()
    assert caught.value.message.id == "project.damaged"
    assert str(caught.value).startswith("“Smear 7” is damaged")
    assert str(data_dir()) not in str(caught.value)


def test_unnamed_file_keeps_its_path(file):
    file.write_bytes(b"")
    assert project_title(file) == str(file)
