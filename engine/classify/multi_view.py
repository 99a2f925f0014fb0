"""Test-time augmentation: the mean over up to eight rotated and mirrored views of an image.

A cell under the microscope has no upright orientation, so all views are equally valid.
"""

from collections.abc import Generator, Iterable, Iterator

import numpy as np

from engine.classify.card import MAX_VIEWS
from engine.classify.devices import Device
from engine.classify.reading import Float32, NetworkOutputs
from engine.classify.runtime_protocol import BatchKey, Runtime
from engine.images.record import Pixels
from engine.jobs import Job


class MultiViewRuntime:
    """A runtime that passes `count` views (1 to 8, the original first) of each image to another runtime.

    Logits, embeddings and maps (turned back) are averaged, so that maps and logits agree as in a single
    view. It takes `count` times as long.
    """

    def __init__(self, runtime: Runtime, count: int) -> None:
        if not 1 <= count <= MAX_VIEWS:
            raise ValueError(f"{count} views of a square")
        self._runtime = runtime
        self._count = count

    @property
    def device(self) -> Device:
        """The device it runs on."""
        return self._runtime.device

    @property
    def batch_size(self) -> int:
        """The most efficient number of images in a batch."""
        return self._runtime.batch_size

    def stream(
        self, batches: Iterable[tuple[BatchKey, Pixels]], job: Job | None = None
    ) -> Generator[tuple[BatchKey, NetworkOutputs]]:
        """Read batches; see `Runtime.stream`."""
        stream = self._runtime.stream(self._views_of(batches), job)
        try:
            parts: list[NetworkOutputs] = []
            for (key, view), outputs in stream:
                if job:
                    job.check()
                parts.append(_turn_back(outputs, view))
                if len(parts) == self._count:
                    yield key, _mean_outputs(parts)
                    parts = []
        finally:
            stream.close()

    def close(self) -> None:
        """Free the network's memory, or its process."""
        self._runtime.close()

    def _views_of(
        self, batches: Iterable[tuple[BatchKey, Pixels]]
    ) -> Iterator[tuple[tuple[BatchKey, int], Pixels]]:
        for key, pixels in batches:
            for view in range(self._count):
                yield (key, view), np.ascontiguousarray(transform_view(pixels, view))


def transform_view(pixels: Pixels, view: int) -> Pixels:
    """Return view 0 to 7 of square images (n, s, s, 3): rotated, and for odd views mirrored first."""
    mirrored: Pixels = pixels[:, :, ::-1] if view % 2 else pixels
    rotated: Pixels = np.rot90(mirrored, _quarter_turns(view), (1, 2))
    return rotated


def _quarter_turns(view: int) -> int:
    # Half a turn comes first, so that with two or four views no direction has more weight.
    return (0, 2, 1, 3)[view // 2]


def _turn_back(outputs: NetworkOutputs, view: int) -> NetworkOutputs:
    maps: Float32 = np.rot90(outputs.maps, -_quarter_turns(view), (1, 2))
    if view % 2:
        maps = maps[:, :, ::-1]
    return NetworkOutputs(outputs.logits, outputs.embedding, maps)


def _mean_outputs(views: list[NetworkOutputs]) -> NetworkOutputs:
    return NetworkOutputs(
        logits=np.mean([view.logits for view in views], 0, dtype=np.float32),
        embedding=np.mean([view.embedding for view in views], 0, dtype=np.float32),
        maps=np.mean([view.maps for view in views], 0, dtype=np.float32),
    )
