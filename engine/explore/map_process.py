"""Embedding map in a child process, with a cache."""

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from engine import cache_entries
from engine.child.channel import Channel
from engine.classify.reading import Float16, Float32
from engine.explore.embedding_map import compute_map
from engine.jobs import Job
from engine.paths import cache_dir
from engine.processes import run_child
from engine.temporaries import temporary_folder

VERSION = 1
"""Changes whenever the same embeddings would give another map."""

_MAX_CACHED_MAPS = 16
_PROGRESS_STEPS = 1000


def compute_map_in_process(
    job: Job, embeddings: Float16, groups: npt.NDArray[np.integer]
) -> Float32:
    """Return the positions of images on a map, float32 (n, 2) in the unit square, similar ones close together.

    `embeddings` (n, d); `groups` (n,) are the predicted classes, which are equally represented among the
    images that shape the map. The same input gives the same map, from the cache if possible. Raises
    `Cancelled`, and `Problem` when the child fails.
    """
    cache_file = _cache_file(embeddings, groups)
    data = cache_entries.read_entry(cache_file)
    if data is not None:
        cached_positions: Float32 = np.frombuffer(data, np.float32).reshape(-1, 2)
        if len(cached_positions) == len(embeddings):
            return cached_positions
    with temporary_folder("map") as folder:
        # In a file: as a message they would be copied three times.
        embeddings_file = folder / "embeddings.npy"
        np.save(embeddings_file, embeddings)
        positions_file = folder / "places.npy"
        request = {
            "embeddings": str(embeddings_file),
            "groups": np.asarray(groups, np.int32),
            "out": str(positions_file),
        }
        run_child(job, "layout", request)
        positions: Float32 = np.load(positions_file, allow_pickle=False)
    cache_entries.write_entry(cache_file, positions.astype(np.float32).tobytes(), _MAX_CACHED_MAPS)
    return positions


def run(request: dict[str, Any], channel: Channel) -> dict[str, Any]:
    """Run the child task `layout`: write the map (n, 2) of `embeddings` (n, d) in `groups` (n,) to `out`."""
    embeddings = np.load(request["embeddings"], mmap_mode="r", allow_pickle=False)

    def report(share: float) -> None:
        channel.progress(round(share * _PROGRESS_STEPS), _PROGRESS_STEPS, "explore.layout")

    np.save(request["out"], compute_map(embeddings, np.asarray(request["groups"]), report))
    return {}


def _cache_file(embeddings: Float16, groups: npt.NDArray[np.integer]) -> Path:
    digest = hashlib.sha256(f"{VERSION} {embeddings.shape} {embeddings.dtype}".encode())
    digest.update(np.ascontiguousarray(embeddings).data)
    digest.update(np.asarray(groups, np.int32).tobytes())
    return cache_dir() / "maps" / f"{digest.hexdigest()}.places"
