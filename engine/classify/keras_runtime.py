"""Reading with Keras in a child process: for NVIDIA cards, which OpenVINO does not reach."""

import itertools
from collections import deque
from collections.abc import Generator, Iterable
from typing import Any, TypeVar

import numpy as np

from engine.classify.architectures import architecture
from engine.classify.bundle import WEIGHTS, Bundle
from engine.classify.devices import Device
from engine.classify.reading import Outputs
from engine.images.record import Pixels
from engine.jobs import Job
from engine.messages import Problem
from engine.processes import ChildProcess

Key = TypeVar("Key")

_POLL_SECONDS = 0.02
_IN_FLIGHT = 3
_BATCH_PIXELS = 1 << 21
_MAX_BATCH = 64
# Only as much of the card as is needed: it may be drawing the screen, or training.
_ENV = {"TF_FORCE_GPU_ALLOW_GROWTH": "true", "XLA_PYTHON_CLIENT_PREALLOCATE": "false"}


class KerasRuntime:
    """A child process with a Keras model; one that died is started again by the next `stream`."""

    def __init__(self, bundle: Bundle, device: Device, job: Job) -> None:
        self.device = device
        card = bundle.card
        size = card.preprocessing.size
        self.batch_size = max(1, min(_MAX_BATCH, _BATCH_PIXELS // size**2))
        bundle.verify([WEIGHTS])
        self._request = {
            "architecture": architecture(card.architecture).id,
            "size": size,
            "classes": len(card.classes),
            "weights": str(bundle.folder / WEIGHTS),
            "batch": self.batch_size,
        }
        self._numbers = itertools.count()
        self._child: ChildProcess | None = self._start(job)

    def stream(
        self, batches: Iterable[tuple[Key, Pixels]], job: Job | None = None
    ) -> Generator[tuple[Key, Outputs]]:
        """Read batches with several in flight; see `Runtime.stream`."""
        job = job or Job()
        self._child = child = self._child or self._start(job)
        running: deque[tuple[int, Key]] = deque()
        for key, pixels in batches:
            if len(running) == _IN_FLIGHT:
                yield self._oldest(child, running, job)
            number = next(self._numbers)
            child.send({"read": number, "batch": pixels})
            running.append((number, key))
        while running:
            yield self._oldest(child, running, job)

    def close(self) -> None:
        """End the child."""
        if self._child:
            self._child.close()
            self._child = None

    def _start(self, job: Job) -> ChildProcess:
        child = ChildProcess("read", self._request, _ENV)
        try:
            while True:
                job.check()
                value = _partial(child)
                if value and value.get("ready"):
                    return child
        except BaseException:
            child.close()
            raise

    def _oldest(
        self, child: ChildProcess, running: deque[tuple[int, Key]], job: Job
    ) -> tuple[Key, Outputs]:
        number, key = running.popleft()
        while True:
            job.check()
            try:
                value = _partial(child)
            except Problem:
                self.close()
                raise
            # Another number is of a stream that was closed before its end.
            if value and value["key"] == number:
                return key, Outputs(
                    *(
                        np.asarray(value[name], np.float32)
                        for name in ("logits", "embedding", "maps")
                    )
                )


def _partial(child: ChildProcess) -> dict[str, Any] | None:
    """Return the child's next partial result, or None if none came for a moment."""
    message = child.receive(_POLL_SECONDS)
    return message["value"] if message and message["kind"] == "partial" else None
