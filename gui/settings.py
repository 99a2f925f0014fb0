"""What the window remembers of a person's ways: keys, reviewers' names, what is folded; one small file.

A damaged file costs what was in it and nothing else: it is put beside, and what is asked for is as if
it had never been set.
"""

import contextlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from engine.paths import config_dir

_FILE = "window.json"


def load_setting(name: str, default: Any = None) -> Any:
    """Return what was kept under a name, else the default; whoever asks checks that it makes sense."""
    return _read().get(name, default)


def save_setting(name: str, value: Any) -> None:
    """Keep a value that JSON can hold; where nothing can be written it is forgotten at the end."""
    # Read anew each time: another window may have kept something meanwhile.
    kept = _read()
    if name in kept and kept[name] == value:
        return
    kept[name] = value
    # Nobody is asked to do anything about a setting that cannot be kept.
    with contextlib.suppress(OSError):
        _write(kept)


def _read() -> dict[str, Any]:
    try:
        kept = json.loads((config_dir() / _FILE).read_text(encoding="utf-8"))
    except OSError:
        return {}
    except ValueError:
        _put_aside()
        return {}
    return kept if isinstance(kept, dict) else {}


def _write(kept: dict[str, Any]) -> None:
    folder = config_dir()
    handle, name = tempfile.mkstemp(dir=folder, prefix=f".{_FILE}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(kept, file, indent=1, ensure_ascii=True, sort_keys=True)
        Path(name).replace(folder / _FILE)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _put_aside() -> None:
    with contextlib.suppress(OSError):
        (config_dir() / _FILE).replace(config_dir() / f"damaged-{_FILE}")
