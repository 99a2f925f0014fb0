"""The 2-D map of embeddings: computed in a child process, kept in the cache."""

import hashlib
import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine import cache_entries
from engine.classify.reading import Float16, Float32
from engine.jobs import Job
from engine.paths import cache_dir
from engine.processes import run_child

VERSION = 1
"""Changes whenever the same embeddings would be laid out in another way."""

_KEPT = 16


def layout(job: Job, embeddings: Float16, groups: npt.NDArray[np.integer]) -> Float32:
    """Return places in the unit square, float32 (n, 2), where images that look alike lie together.

    `embeddings` (n, d); `groups` (n,) are the predicted classes, of which each has its share in what
    shapes the map. The same input gives the same map, from the cache if it was made before. Raises
    `Cancelled`, and `Problem` when the child fails.
    """
    kept = _file(embeddings, groups)
    data = cache_entries.read_entry(kept)
    if data is not None:
        known: Float32 = np.frombuffer(data, np.float32).reshape(-1, 2)
        if len(known) == len(embeddings):
            return known
    with tempfile.TemporaryDirectory(prefix="bloodbench-map-") as name:
        # A file of their own: as a message they would be copied three times over.
        file = Path(name) / "embeddings.npy"
        np.save(file, embeddings)
        out = Path(name) / "places.npy"
        request = {
            "embeddings": str(file),
            "groups": np.asarray(groups, np.int32),
            "out": str(out),
        }
        run_child(job, "layout", request)
        places: Float32 = np.load(out, allow_pickle=False)
    cache_entries.write_entry(kept, places.astype(np.float32).tobytes(), _KEPT)
    return places


def _file(embeddings: Float16, groups: npt.NDArray[np.integer]) -> Path:
    digest = hashlib.sha256(f"{VERSION} {embeddings.shape} {embeddings.dtype}".encode())
    digest.update(np.ascontiguousarray(embeddings).data)
    digest.update(np.asarray(groups, np.int32).tobytes())
    return cache_dir() / "maps" / f"{digest.hexdigest()}.places"
