"""Fixtures: a project, and a folder for its images."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from engine.images.record import ImageRecord
from engine.images.source import Source, open_source
from engine.jobs import Job
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


@pytest.fixture
def real_folder(root: Path) -> Callable[..., tuple[Source, list[ImageRecord]]]:
    """Return a function that draws images of these names and scans the folder."""

    def scan(*names: str) -> tuple[Source, list[ImageRecord]]:
        for number, name in enumerate(names):
            Image.new("RGB", (20, 20), (number * 10 % 256, number // 25, 7)).save(root / name)
        source = open_source(root)
        return source, [file for file in source.scan(Job()) if isinstance(file, ImageRecord)]

    return scan
