"""A tiny real model, its network, and a folder that it reads without a mistake."""

from pathlib import Path

import pytest
from PIL import Image
from tiny_model import CLASSES, make_tiny_bundle, picture

from engine.classify.bundle import Bundle
from engine.classify.devices import choose
from engine.classify.runtime import open_runtime
from engine.jobs import Job


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory) -> Path:
    return make_tiny_bundle(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture
def tiny(tiny_folder) -> Bundle:
    return Bundle.open(tiny_folder)


@pytest.fixture
def runtime(tiny):
    opened = open_runtime(tiny, choose("cpu"), Job())
    yield opened
    opened.close()


@pytest.fixture
def make_images(tmp_path):
    """Return a function that draws `count` different images, class by class in turn."""

    def make(count: int) -> Path:
        folder = tmp_path / "cells"
        folder.mkdir()
        for number in range(count):
            cell = picture(number % len(CLASSES), 40, seed=number)
            Image.fromarray(cell).save(folder / f"{number:04}.png", compress_level=1)
        return folder

    return make
