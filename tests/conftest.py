"""What every test gets: its own home for caches, projects and settings; real images only if they are there."""

import gc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"


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
