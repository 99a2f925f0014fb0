"""What reads images: the one interface of OpenVINO here and Keras in a child process."""

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from engine.classify.bundle import Bundle
from engine.classify.devices import Device
from engine.classify.reading import Outputs
from engine.images.record import Pixels
from engine.jobs import Job

Key = TypeVar("Key")


class Runtime(Protocol):
    """A loaded network; used by one thread at a time and closed by whoever opened it."""

    @property
    def device(self) -> Device:
        """Where it runs."""
        ...

    @property
    def batch_size(self) -> int:
        """How many images a batch is best made of; any number is read."""
        ...

    def stream(
        self, batches: Iterable[tuple[Key, Pixels]], job: Job | None = None
    ) -> Iterator[tuple[Key, Outputs]]:
        """Read batches of images, uint8 (n, size, size, 3), and yield outputs in the same order.

        A key is whatever tells its batch for the caller. Several batches are in flight; closing the
        iterator drops them, and cancelling `job` raises `Cancelled` without waiting for them.
        """
        ...

    def close(self) -> None:
        """Free the network's memory, or its process."""
        ...


def open_runtime(bundle: Bundle, device: Device, job: Job) -> Runtime:
    """Load a network on a device; raises `Problem` when its files are damaged, and `Cancelled`."""
    from engine.classify.openvino_runtime import OpenVINORuntime

    return OpenVINORuntime(bundle, device, job)
