"""Where things are on this computer: what is shipped, what is cached, what a person made."""

import os
import sys
from pathlib import Path

_APP = "Bloodbench"


def program() -> Path:
    """Return the folder of `main.py` (of the unpacked program in a packaged build)."""
    return Path(getattr(sys, "_MEIPASS", "") or Path(__file__).resolve().parent.parent)


def resources() -> Path:
    """Return the folder of icons, themes, words, recipes, class sets and shipped models."""
    return program() / "resources"


def cache_dir() -> Path:
    """Return the folder of what can be computed again; safe to delete while the program is closed."""
    return _home("cache")


def data_dir() -> Path:
    """Return the folder of what a person made: projects and trained models."""
    return _home("data")


def config_dir() -> Path:
    """Return the folder of settings."""
    return _home("config")


def _home(kind: str) -> Path:
    # One variable moves all three: for tests, and for a program carried on a stick.
    home = os.environ.get("BLOODBENCH_HOME")
    if home:
        folder = Path(home) / kind
        folder.mkdir(parents=True, exist_ok=True)
        return folder
    # Not above: `main.py` finds the program's folders before anything is installed.
    from platformdirs import PlatformDirs

    folders = PlatformDirs(_APP, appauthor=False, ensure_exists=True)
    path: Path = getattr(folders, f"user_{kind}_path")
    return path
