"""A tiny real model, its runtime, and images that it classifies without errors."""

from pathlib import Path

import pytest
from PIL import Image
from tiny_model import CLASSES, class_image, make_tiny_bundle

from engine.classify.bundle import Bundle
from engine.classify.devices import choose_device
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
    opened = open_runtime(tiny, choose_device("cpu"), Job())
    yield opened
    opened.close()


@pytest.fixture
def make_images(tmp_path):
    """Return a function that writes `count` different images, cycling through the classes."""

    def make(count: int) -> Path:
        folder = tmp_path / "cells"
        folder.mkdir()
        for number in range(count):
            cell = class_image(number % len(CLASSES), 40, seed=number)
            Image.fromarray(cell).save(folder / f"{number:04}.png", compress_level=1)
        return folder

    return make
