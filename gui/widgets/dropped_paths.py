"""What a person drops on the window from outside, as paths of this computer, whatever their names."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QUrl

_LOST = "\ufffd"


def local_paths(urls: Iterable[QUrl]) -> list[Path]:
    """Return the paths of those that are on this computer, each once, in their order."""
    return list(dict.fromkeys(_path(url) for url in urls if url.isLocalFile()))


def resolve_lossy_path(path: Path) -> Path:
    """Return the path that Qt meant: bytes that are no text are lost in its own.

    It is looked for by what is left of its names; where that is nothing or several things, `path` stays.
    """
    if _LOST not in str(path) or path.exists():
        return path
    found = Path(path.anchor)
    for name in path.parts[1:] if path.anchor else path.parts:
        if _LOST not in name:
            found /= name
            continue
        try:
            there = [one for one in os.listdir(found) if _told(one) == _short(name)]  # noqa: PTH208
        except OSError:
            return path
        if len(there) != 1:
            return path
        found /= there[0]
    return found


def _path(url: QUrl) -> Path:
    if sys.platform == "win32":
        return Path(url.toLocalFile())
    # Its text is decoded as UTF-8; the bytes are still in what is percent-encoded.
    encoded = url.path(QUrl.ComponentFormattingOption.FullyEncoded)
    path = Path(os.fsdecode(unquote_to_bytes(encoded)))
    return path if path.exists() else resolve_lossy_path(Path(url.toLocalFile()))


def _told(name: str) -> str:
    return _short(os.fsencode(name).decode("utf-8", "replace"))


def _short(name: str) -> str:
    # How many marks stand for bytes in a row is told differently by Qt and Python.
    while _LOST * 2 in name:
        name = name.replace(_LOST * 2, _LOST)
    return name
