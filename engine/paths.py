"""Where things are on this computer: what is shipped, what is cached, what a person made."""

import os
import sys
from pathlib import Path

import platformdirs

_APP = "Bloodbench"


def program() -> Path:
    """Return the folder of `main.py` (of the unpacked program in a packaged build)."""
    return Path(getattr(sys, "_MEIPASS", "") or Path(__file__).resolve().parent.parent)


def resources() -> Path:
    """Return the folder of icons, themes, words, recipes, class sets and shipped models."""
    return program() / "resources"


def cache_dir() -> Path:
    """Return the folder of what can be computed again; safe to delete while the program is closed."""
    return _home("cache") or platformdirs.user_cache_path(_APP, appauthor=False, ensure_exists=True)


def data_dir() -> Path:
    """Return the folder of what a person made: projects and trained models."""
    return _home("data") or platformdirs.user_data_path(_APP, appauthor=False, ensure_exists=True)


def config_dir() -> Path:
    """Return the folder of settings."""
    return _home("config") or platformdirs.user_config_path(
        _APP, appauthor=False, ensure_exists=True
    )


def _home(kind: str) -> Path | None:
    # One variable moves all three: for tests, and for a program carried on a stick.
    home = os.environ.get("BLOODBENCH_HOME")
    if not home:
        return None
    folder = Path(home) / kind
    folder.mkdir(parents=True, exist_ok=True)
    return folder
