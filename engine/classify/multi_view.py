"""Test-time augmentation: a picture is read in up to eight turns and mirror images, and the mean counts.

A cell under the microscope has no upright position, so all of them show the same.
"""

from collections.abc import Generator, Iterable, Iterator

import numpy as np

from engine.classify.devices import Device
from engine.classify.reading import Float32, Outputs
from engine.classify.runtime import Key, Runtime
from engine.images.record import Pixels
from engine.jobs import Job

MOST = 8


class Views:
    """A runtime that reads each image in `count` views (1 to 8, the plain one first) by another runtime.

    Logits, embeddings and maps, turned back, are averages; so maps and logits agree as they do in one
    view. It takes `count` times as long.
    """

    def __init__(self, runtime: Runtime, count: int) -> None:
        if not 1 <= count <= MOST:
            raise ValueError(f"{count} views of a square")
        self._runtime = runtime
        self._count = count

    @property
    def device(self) -> Device:
        """Where it runs."""
        return self._runtime.device

    @property
    def batch_size(self) -> int:
        """How many images a batch is best made of."""
        return self._runtime.batch_size

    def stream(
        self, batches: Iterable[tuple[Key, Pixels]], job: Job | None = None
    ) -> Generator[tuple[Key, Outputs]]:
        """Read batches of images as any runtime does."""
        stream = self._runtime.stream(self._each(batches), job)
        try:
            parts: list[Outputs] = []
            for (key, view), outputs in stream:
                if job:
                    job.check()
                parts.append(_plain(outputs, view))
                if len(parts) == self._count:
                    yield key, _mean(parts)
                    parts = []
        finally:
            stream.close()

    def close(self) -> None:
        """Free the network's memory, or its process."""
        self._runtime.close()

    def _each(
        self, batches: Iterable[tuple[Key, Pixels]]
    ) -> Iterator[tuple[tuple[Key, int], Pixels]]:
        for key, pixels in batches:
            for view in range(self._count):
                yield (key, view), np.ascontiguousarray(turned(pixels, view))


def turned(pixels: Pixels, view: int) -> Pixels:
    """Return view 0 to 7 of square images (n, s, s, 3): even ones turned, odd ones mirrored before."""
    mirrored: Pixels = pixels[:, :, ::-1] if view % 2 else pixels
    made: Pixels = np.rot90(mirrored, _turns(view), (1, 2))
    return made


def _turns(view: int) -> int:
    # Half a turn first: with two and four views no direction weighs more than another.
    return (0, 2, 1, 3)[view // 2]


def _plain(outputs: Outputs, view: int) -> Outputs:
    maps: Float32 = np.rot90(outputs.maps, -_turns(view), (1, 2))
    if view % 2:
        maps = maps[:, :, ::-1]
    return Outputs(outputs.logits, outputs.embedding, maps)


def _mean(parts: list[Outputs]) -> Outputs:
    return Outputs(
        logits=np.mean([one.logits for one in parts], 0, dtype=np.float32),
        embedding=np.mean([one.embedding for one in parts], 0, dtype=np.float32),
        maps=np.mean([one.maps for one in parts], 0, dtype=np.float32),
    )
