"""Fixtures of all tests: a separate home for caches, projects and settings, and real images if available."""

import gc
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# No test may depend on how busy the machine is.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"


# See child_helpers: with these packages a worker may crash silently.
CHILD_ONLY_PACKAGES = ("keras", "tensorflow")


def pytest_collection_finish() -> None:
    """Refuse test files that import Keras."""
    if any(name in sys.modules for name in CHILD_ONLY_PACKAGES):
        raise pytest.UsageError(
            "A test file imports Keras: run it in a child (tests/child_helpers.py)."
        )


@pytest.fixture(autouse=True)
def without_keras() -> Iterator[None]:
    """Fail a test that imports Keras into this process."""
    yield
    assert not any(name in sys.modules for name in CHILD_ONLY_PACKAGES)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test its own cache, data and settings folders, child processes included."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("BLOODBENCH_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def tidy() -> Iterator[None]:
    """Collect garbage after tests without an event loop, in which the window's collector does not run."""
    yield
    if not gc.isenabled():
        gc.collect(1)


@pytest.fixture(scope="session")
def real_images(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of 800 real images, 100 per class; skips if they are not available."""
    archive = SHARED / "pbc-native.zip"
    if not archive.exists():
        pytest.skip("the real images are not here")
    folder = tmp_path_factory.mktemp("real")
    with zipfile.ZipFile(archive) as zipped:
        zipped.extractall(folder)
    return folder / "pbc-native"
