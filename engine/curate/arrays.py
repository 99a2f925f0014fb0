"""Arrays kept in the cache: whole or not at all, and damage is no more than their absence."""

import contextlib
import io
import os
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.classify.bundle import keep_newest
from engine.writing import write_whole

Arrays = Mapping[str, npt.NDArray[Any]]

_KEPT = 16


def load(file: Path) -> dict[str, npt.NDArray[Any]] | None:
    """Return the arrays that `keep` wrote; None where there are none or they are damaged."""
    try:
        with np.load(file, allow_pickle=False) as arrays:
            found = {name: arrays[name] for name in arrays.files}
        os.utime(file)
    except (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile, zlib.error):
        return None
    return found


def keep(file: Path, arrays: Arrays) -> None:
    """Write arrays beside the newest others of their folder; where that fails nothing happens."""
    whole = io.BytesIO()
    np.savez(whole, **arrays)  # type: ignore[arg-type]
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, whole.getvalue())
        keep_newest(file.parent, _KEPT)
