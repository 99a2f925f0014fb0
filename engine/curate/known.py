"""The like pairs that are known of a folder, so that the next scan looks only new pictures up.

That two pictures are alike is a matter of these two alone, so a pair found once holds as long as both
contents are there. Safe to delete: then all are looked up again.
"""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine.classify.reading import Float32
from engine.curate import arrays
from engine.paths import cache_dir

Rows = npt.NDArray[np.intp]

_HASH = "V32"


@dataclass(frozen=True, slots=True)
class Known:
    """Pairs of rows, the first below the second, known among all rows but `fresh`, and how alike."""

    fresh: Rows
    first: Rows
    second: Rows
    alike: Float32


def load(file: Path, hashes: Sequence[str]) -> Known:
    """Return what is known of the contents `hashes` (SHA-256); where nothing is, all are fresh."""
    none = np.empty(0, np.intp)
    kept = arrays.load(file)
    if kept is None:
        return Known(np.arange(len(hashes)), none, none, np.empty(0, np.float32))
    before = {one.tobytes(): row for row, one in enumerate(kept["hashes"])}
    old = np.array([before.get(bytes.fromhex(one), -1) for one in hashes], np.intp)
    now = np.full(len(before), -1, np.intp)
    now[old[old >= 0]] = np.flatnonzero(old >= 0)
    first, second, alike = now[kept["first"]], now[kept["second"]], kept["alike"]
    there = (first >= 0) & (second >= 0)
    first, second = first[there], second[there]
    return Known(
        np.flatnonzero(old < 0),
        np.minimum(first, second),
        np.maximum(first, second),
        alike[there],
    )


def keep(file: Path, hashes: Sequence[str], first: Rows, second: Rows, alike: Float32) -> None:
    """Keep the pairs among `hashes`, all of which were looked up; where that fails nothing happens."""
    listed = np.array([bytes.fromhex(one) for one in hashes], _HASH)
    arrays.keep(file, {"hashes": listed, "first": first, "second": second, "alike": alike})


def place(root: Path, model: str, version: str) -> Path:
    """Return where the pairs of the folder at `root` are kept; another model proposes other pairs."""
    text = b"\0".join([os.fsencode(root.absolute()), model.encode(), version.encode()])
    return cache_dir() / "pairs" / f"{hashlib.blake2b(text, digest_size=16).hexdigest()}.npz"
