"""Cache of NumPy arrays in npz files; a damaged file counts as missing."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from engine import cache_entries
from engine.damaged_data import DamagedData, decoding

Arrays = Mapping[str, npt.NDArray[Any]]

_MAX_FILES = 16


def load(file: Path) -> dict[str, npt.NDArray[Any]] | None:
    """Return the arrays of a file, or None where it is missing or damaged."""
    data = cache_entries.read_entry(file)
    if data is None:
        return None
    try:
        with decoding(), np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return {name: arrays[name] for name in arrays.files}
    except DamagedData:
        return None


def save(file: Path, arrays: Arrays) -> None:
    """Write arrays and delete the oldest files of the folder; a failure to write is ignored."""
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)  # type: ignore[arg-type]
    cache_entries.write_entry(file, buffer.getvalue(), _MAX_FILES)
