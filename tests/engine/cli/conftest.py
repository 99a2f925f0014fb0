"""Fixtures: a tiny real model, a folder that it classifies correctly, and the command line in this process."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from tiny_model import CLASSES, make_tiny_bundle, save_class_image

from engine.cli.main import run


@dataclass(frozen=True)
class Outcome:
    status: int
    out: str
    err: str

    @property
    def sentence(self):
        """Standard error, which must be one line."""
        assert self.err.count("\n") == 1, self.err
        assert "Traceback" not in self.err
        return self.err.strip()


@pytest.fixture
def cli(capfd):
    def call(*argv):
        capfd.readouterr()
        status = run([str(word) for word in argv])
        return Outcome(status, *capfd.readouterr())

    return call


@pytest.fixture(scope="session")
def tiny(tmp_path_factory) -> Path:
    return make_tiny_bundle(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture
def cells(tmp_path) -> Path:
    """Return a folder with three images of each of the eight classes."""
    folder = tmp_path / "cells"
    for number, name in enumerate(CLASSES):
        (folder / name).mkdir(parents=True)
        for seed in range(3):
            save_class_image(folder / name / f"{seed}.png", number, seed)
    return folder
