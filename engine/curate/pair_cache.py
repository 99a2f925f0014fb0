"""Cache of near-duplicate pairs of a folder, so that the next scan only compares new images.

Whether two images are near-duplicates depends on these two only, so a pair is valid as long as both contents
are in the folder. The cache may be deleted; then all images are compared again.
"""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine.classify.reading import Float32
from engine.curate import npz_cache
from engine.paths import cache_dir

Rows = npt.NDArray[np.intp]

_HASH_DTYPE = "V32"


@dataclass(frozen=True, slots=True)
class KnownPairs:
    """Pairs of rows (the first smaller) among all but `new_rows`, and their correlations."""

    new_rows: Rows
    first: Rows
    second: Rows
    correlation: Float32


def load(file: Path, hashes: Sequence[str]) -> KnownPairs:
    """Return the known pairs among the contents `hashes` (SHA-256); without a cache all rows are new."""
    no_rows = np.empty(0, np.intp)
    cached = npz_cache.load(file)
    if cached is None:
        return KnownPairs(np.arange(len(hashes)), no_rows, no_rows, np.empty(0, np.float32))
    old_row_of = {content_hash.tobytes(): row for row, content_hash in enumerate(cached["hashes"])}
    old_rows = np.array(
        [old_row_of.get(bytes.fromhex(content_hash), -1) for content_hash in hashes], np.intp
    )
    current_row_of = np.full(len(old_row_of), -1, np.intp)
    current_row_of[old_rows[old_rows >= 0]] = np.flatnonzero(old_rows >= 0)
    first, second, correlation = (
        current_row_of[cached["first"]],
        current_row_of[cached["second"]],
        cached["correlations"],
    )
    is_present = (first >= 0) & (second >= 0)
    first, second = first[is_present], second[is_present]
    return KnownPairs(
        np.flatnonzero(old_rows < 0),
        np.minimum(first, second),
        np.maximum(first, second),
        correlation[is_present],
    )


def save(
    file: Path, hashes: Sequence[str], first: Rows, second: Rows, correlation: Float32
) -> None:
    """Store the pairs among `hashes`, all of which were compared; a failure to write is ignored."""
    hash_array = np.array([bytes.fromhex(content_hash) for content_hash in hashes], _HASH_DTYPE)
    npz_cache.save(
        file, {"hashes": hash_array, "first": first, "second": second, "correlations": correlation}
    )


def cache_file(root: Path, model: str, version: str) -> Path:
    """Return the cache file for the folder at `root`; it differs by model, since candidates depend on it."""
    text = b"\0".join([os.fsencode(root.absolute()), model.encode(), version.encode()])
    return cache_dir() / "pairs" / f"{hashlib.blake2b(text, digest_size=16).hexdigest()}.npz"
