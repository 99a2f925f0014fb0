"""What every test gets: its own home for caches, projects and settings; real images only if they are there."""

import gc
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"


# See child_help: with these a worker may end without a word.
NOT_HERE = ("keras", "tensorflow")


def pytest_collection_finish() -> None:
    """Refuse test files that import Keras themselves."""
    if any(name in sys.modules for name in NOT_HERE):
        raise pytest.UsageError(
            "A test file imports Keras: run it in a child (tests/child_help.py)."
        )


@pytest.fixture(autouse=True)
def without_keras() -> Iterator[None]:
    """Fail the test that brings Keras into this process."""
    yield
    assert not any(name in sys.modules for name in NOT_HERE)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test its own cache, data and settings folders, child processes included."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("BLOODBENCH_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def tidy() -> Iterator[None]:
    """Collect garbage after a test where the window's own collector does not run: without an event loop."""
    yield
    if not gc.isenabled():
        gc.collect(1)


@pytest.fixture(scope="session")
def real_images(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of 800 real images, 100 a class; skips where they are not at hand."""
    archive = SHARED / "pbc-native.zip"
    if not archive.exists():
        pytest.skip("the real images are not here")
    folder = tmp_path_factory.mktemp("real")
    with zipfile.ZipFile(archive) as zipped:
        zipped.extractall(folder)
    return folder / "pbc-native"
