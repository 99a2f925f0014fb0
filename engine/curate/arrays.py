"""Arrays kept in the cache: whole or not at all, and damage is no more than their absence."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from engine import cached

Arrays = Mapping[str, npt.NDArray[Any]]

_KEPT = 16


def load(file: Path) -> dict[str, npt.NDArray[Any]] | None:
    """Return the arrays that `keep` wrote; None where there are none or they are damaged."""
    data = cached.load(file)
    if data is None:
        return None
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return {name: arrays[name] for name in arrays.files}
    except (ValueError, EOFError, KeyError, zipfile.BadZipFile, zlib.error):
        return None


def keep(file: Path, arrays: Arrays) -> None:
    """Write arrays beside the newest others of their folder; where that fails nothing happens."""
    whole = io.BytesIO()
    np.savez(whole, **arrays)  # type: ignore[arg-type]
    cached.keep(file, whole.getvalue(), _KEPT)
