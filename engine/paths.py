"""Folders of the program: shipped resources, cache, data and settings."""

import contextlib
import os
import sys
from pathlib import Path

_APP = "Bloodbench"


def program_dir() -> Path:
    """Return the folder of `main.py`, or of the unpacked files in a packaged build."""
    return Path(getattr(sys, "_MEIPASS", "") or Path(__file__).resolve().parent.parent)


def resources_dir() -> Path:
    """Return the folder of icons, themes, translations, recipes, class sets and shipped models."""
    return program_dir() / "resources"


def cache_dir() -> Path:
    """Return the folder of data that can be computed again; safe to delete while the program is closed."""
    return _home("cache")


def data_dir() -> Path:
    """Return the folder of the user's projects and trained models."""
    return _home("data")


def config_dir() -> Path:
    """Return the folder of settings."""
    return _home("config")


def _home(kind: str) -> Path:
    # One variable moves all three folders, for tests and for portable installations.
    home = os.environ.get("BLOODBENCH_HOME")
    if home:
        path = Path(home) / kind
    else:
        # Imported late: `main.py` uses this module before any package is installed.
        from platformdirs import PlatformDirs

        path = getattr(PlatformDirs(_APP, appauthor=False), f"user_{kind}_path")
    # A folder that cannot be created is reported when something is written to it.
    with contextlib.suppress(OSError):
        path.mkdir(parents=True, exist_ok=True)
    return path


def is_program_path(path: str) -> bool:
    """Return whether a path lies in the program's cache, data or settings folder."""
    return any(Path(path).is_relative_to(folder()) for folder in (cache_dir, data_dir, config_dir))
