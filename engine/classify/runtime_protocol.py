"""The common interface of what runs a network: OpenVINO in this process, Keras in a child process."""

from collections.abc import Generator, Iterable
from typing import Protocol, TypeVar

from engine.classify.devices import Device
from engine.classify.reading import NetworkOutputs
from engine.images.record import Pixels
from engine.jobs import Job

BatchKey = TypeVar("BatchKey")


class Runtime(Protocol):
    """A loaded network, used by one thread at a time and closed by its opener."""

    @property
    def device(self) -> Device:
        """The device it runs on."""
        ...

    @property
    def batch_size(self) -> int:
        """The most efficient number of images in a batch; any number is accepted."""
        ...

    def stream(
        self, batches: Iterable[tuple[BatchKey, Pixels]], job: Job | None = None
    ) -> Generator[tuple[BatchKey, NetworkOutputs]]:
        """Read batches of images, uint8 (n, size, size, 3), and yield outputs in the same order.

        A key identifies its batch for the caller. Several batches are in flight; closing the generator
        drops them, and cancelling `job` raises `Cancelled` without waiting for them. The runtime can be
        used again after either. Raises `Problem` when the device fails.
        """
        ...

    def close(self) -> None:
        """Free the network's memory, or its process."""
        ...
