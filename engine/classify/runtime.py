"""Runtimes: the common interface of OpenVINO in this process and Keras in a child process."""

from collections.abc import Generator, Iterable
from typing import Protocol, TypeVar

from engine.classify.bundle import Bundle
from engine.classify.devices import Device, cpu_device
from engine.classify.reading import NetworkOutputs
from engine.images.record import Pixels
from engine.jobs import Job
from engine.messages import Problem

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


def open_runtime(bundle: Bundle, device: Device, job: Job, *, exact: bool = False) -> Runtime:
    """Load a network; raises `Cancelled`, and `Problem` when its files are damaged.

    If a graphics card fails that is not required, the processor replaces it, and the runtime's device
    says so. With `exact` the processor calculates in float32.
    """
    try:
        return _open(bundle, device, job, exact)
    except Problem as problem:
        if device.kind == "cpu" or device.is_required or problem.message.id.startswith("bundle."):
            raise
        return _open(bundle, cpu_device("device.cpu_card_failed", card=device.name), job, exact)


def _open(bundle: Bundle, device: Device, job: Job, exact: bool) -> Runtime:
    if device.backend == "keras":
        from engine.classify.keras_runtime import KerasRuntime

        return KerasRuntime(bundle, device, job)
    from engine.classify.openvino_runtime import OpenVINORuntime

    return OpenVINORuntime(bundle, device, job, exact=exact)
