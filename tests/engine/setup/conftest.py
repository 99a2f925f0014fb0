"""Fixtures: copies of the program, set up with each available installer."""

import os
import shutil

import pytest
from program import Program


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Return a copy of the program that is set up with pip."""
    monkeypatch.setenv("PATH", os.defpath if shutil.which("uv", path=os.defpath) is None else "")
    return Program(tmp_path / "a program", tmp_path / "wheels")


@pytest.fixture
def program_with_uv(tmp_path):
    """Return a copy of the program that is set up with uv."""
    if shutil.which("uv") is None:
        pytest.skip("uv is not here")
    return Program(tmp_path / "a program", tmp_path / "wheels")
