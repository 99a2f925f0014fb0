"""Fixtures: a project, and a folder for its images."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.project.project import Project


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return an empty folder for images."""
    folder = tmp_path / "images"
    folder.mkdir()
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Return a new project."""
    with Project.create(tmp_path / "one.bloodbench", "one") as made:
        yield made
