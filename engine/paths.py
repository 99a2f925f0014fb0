"""Where things are on this computer: what is shipped, what is cached, what a person made."""

import contextlib
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
        path = Path(home) / kind
    else:
        # Not above: `main.py` finds the program's folders before anything is installed.
        from platformdirs import PlatformDirs

        path = getattr(PlatformDirs(_APP, appauthor=False), f"user_{kind}_path")
    # Where it cannot be made, much can be done without; what cannot says so when it writes.
    with contextlib.suppress(OSError):
        path.mkdir(parents=True, exist_ok=True)
    return path


def is_own(path: str) -> bool:
    """Return whether a path lies in the folders that the program chose by itself."""
    return any(Path(path).is_relative_to(home()) for home in (cache_dir, data_dir, config_dir))
