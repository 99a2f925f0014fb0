"""Settings of the window: keys, reviewers, folded sections and the like, in one small JSON file.

A damaged file is renamed and all settings return to their defaults.
"""

import contextlib
import json
from typing import Any

from engine.atomic_files import atomic_write
from engine.paths import config_dir

_FILE = "window.json"


def load_setting(name: str, default: Any = None) -> Any:
    """Return the stored value of a setting, else the default; the caller validates it."""
    return _read().get(name, default)


def save_setting(name: str, value: Any) -> None:
    """Store a JSON value; where the file cannot be written, the change is lost at exit."""
    # Read again each time: another window may have stored something meanwhile.
    stored = _read()
    if name in stored and stored[name] == value:
        return
    stored[name] = value
    # A setting that cannot be stored is not worth an error message.
    with contextlib.suppress(OSError):
        _write(stored)


def _read() -> dict[str, Any]:
    try:
        stored = json.loads((config_dir() / _FILE).read_text(encoding="utf-8"))
    except OSError:
        return {}
    except (ValueError, RecursionError):
        stored = None
    if not isinstance(stored, dict):
        _set_damaged_aside()
        return {}
    return stored


def _write(stored: dict[str, Any]) -> None:
    text = json.dumps(stored, indent=1, ensure_ascii=True, sort_keys=True)
    atomic_write(config_dir() / _FILE, text.encode())


def _set_damaged_aside() -> None:
    with contextlib.suppress(OSError):
        (config_dir() / _FILE).replace(config_dir() / f"damaged-{_FILE}")
