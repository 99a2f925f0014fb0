"""A copy of the program to go through the door of, with each installer that is here."""

import os
import shutil

import pytest
from program import Program


@pytest.fixture
def program(tmp_path, monkeypatch):
    """A copy of the program; set up by pip, which every machine has."""
    monkeypatch.setenv("PATH", os.defpath if shutil.which("uv", path=os.defpath) is None else "")
    return Program(tmp_path / "a program", tmp_path / "wheels")


@pytest.fixture
def program_with_uv(tmp_path):
    """A copy of the program; set up by uv."""
    if shutil.which("uv") is None:
        pytest.skip("uv is not here")
    return Program(tmp_path / "a program", tmp_path / "wheels")
