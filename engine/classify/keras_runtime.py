"""Keras runtime: inference in a child process, for NVIDIA cards, which OpenVINO does not support."""

import itertools
from collections import deque
from collections.abc import Generator, Iterable
from typing import Any

import numpy as np

from engine.classify.architectures import find_architecture
from engine.classify.bundle import WEIGHTS_FILE, Bundle
from engine.classify.devices import Device
from engine.classify.network_input import prepare_batches
from engine.classify.reading import NetworkOutputs
from engine.classify.runtime_protocol import BatchKey
from engine.images.record import Pixels
from engine.jobs import Job
from engine.messages import Problem
from engine.processes import ChildProcess

_POLL_SECONDS = 0.02
_MAX_IN_FLIGHT = 3
_BATCH_PIXELS = 1 << 21
_MAX_BATCH = 64
# Take only the memory that is needed: the card may also draw the screen, or train.
_CHILD_ENVIRONMENT = {"TF_FORCE_GPU_ALLOW_GROWTH": "true", "XLA_PYTHON_CLIENT_PREALLOCATE": "false"}


class KerasRuntime:
    """A child process with a Keras model; if it died, the next `stream` starts it again."""

    def __init__(self, bundle: Bundle, device: Device, job: Job) -> None:
        self.device = device
        card = bundle.card
        self._preprocessing = card.preprocessing
        size = self._preprocessing.size
        self.batch_size = max(1, min(_MAX_BATCH, _BATCH_PIXELS // size**2))
        bundle.verify([WEIGHTS_FILE])
        self._request = {
            "architecture": find_architecture(card.architecture).id,
            "size": size,
            "classes": len(card.classes),
            "weights": str(bundle.folder / WEIGHTS_FILE),
            "batch": self.batch_size,
        }
        self._batch_ids = itertools.count()
        self._child: ChildProcess | None = self._start(job)

    def stream(
        self, batches: Iterable[tuple[BatchKey, Pixels]], job: Job | None = None
    ) -> Generator[tuple[BatchKey, NetworkOutputs]]:
        """Read batches with several in flight; see `Runtime.stream`."""
        job = job or Job()
        self._child = child = self._child or self._start(job)
        in_flight: deque[tuple[int, BatchKey]] = deque()
        for key, pixels in prepare_batches(batches, self._preprocessing):
            if len(in_flight) == _MAX_IN_FLIGHT:
                yield self._next_result(child, in_flight, job)
            batch_id = next(self._batch_ids)
            child.send({"read": batch_id, "batch": pixels})
            in_flight.append((batch_id, key))
        while in_flight:
            yield self._next_result(child, in_flight, job)

    def close(self) -> None:
        """End the child."""
        if self._child:
            self._child.close()
            self._child = None

    def _start(self, job: Job) -> ChildProcess:
        child = ChildProcess("read", self._request, _CHILD_ENVIRONMENT)
        try:
            while True:
                job.check()
                value = _receive_partial(child)
                if value and value.get("ready"):
                    return child
        except BaseException:
            child.close()
            raise

    def _next_result(
        self, child: ChildProcess, in_flight: deque[tuple[int, BatchKey]], job: Job
    ) -> tuple[BatchKey, NetworkOutputs]:
        batch_id, key = in_flight.popleft()
        while True:
            job.check()
            try:
                value = _receive_partial(child)
            except Problem:
                self.close()
                raise
            # Another id belongs to a stream that was closed early.
            if value and value["key"] == batch_id:
                return key, NetworkOutputs(
                    *(
                        np.asarray(value[name], np.float32)
                        for name in ("logits", "embedding", "maps")
                    )
                )


def _receive_partial(child: ChildProcess) -> dict[str, Any] | None:
    """Return the child's next partial result, or None if none came within a moment."""
    message = child.receive(_POLL_SECONDS)
    return message["value"] if message and message["kind"] == "partial" else None
