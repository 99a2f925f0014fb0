"""Dropped paths: local paths from dropped URLs, also for names that are not valid UTF-8."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QUrl

_REPLACEMENT = "\ufffd"


def local_paths(urls: Iterable[QUrl]) -> list[Path]:
    """Return the paths of local URLs without repeats, in their order."""
    return list(dict.fromkeys(_local_path(url) for url in urls if url.isLocalFile()))


def resolve_lossy_path(path: Path) -> Path:
    """Return the existing file whose name Qt has decoded with replacement characters.

    Each part is matched against the names in its folder; `path` is returned unless exactly one matches.
    """
    if _REPLACEMENT not in str(path) or path.exists():
        return path
    found = Path(path.anchor)
    for name in path.parts[1:] if path.anchor else path.parts:
        if _REPLACEMENT not in name:
            found /= name
            continue
        try:
            matches = [entry for entry in os.listdir(found) if _decoded(entry) == _collapsed(name)]  # noqa: PTH208
        except OSError:
            return path
        if len(matches) != 1:
            return path
        found /= matches[0]
    return found


def _local_path(url: QUrl) -> Path:
    if sys.platform == "win32":
        return Path(url.toLocalFile())
    # Qt decodes the URL as UTF-8; the original bytes survive in the percent-encoding.
    encoded = url.path(QUrl.ComponentFormattingOption.FullyEncoded)
    path = Path(os.fsdecode(unquote_to_bytes(encoded)))
    return path if path.exists() else resolve_lossy_path(Path(url.toLocalFile()))


def _decoded(name: str) -> str:
    return _collapsed(os.fsencode(name).decode("utf-8", "replace"))


def _collapsed(name: str) -> str:
    # Qt and Python use different numbers of replacement characters for invalid bytes in a row.
    while _REPLACEMENT * 2 in name:
        name = name.replace(_REPLACEMENT * 2, _REPLACEMENT)
    return name
