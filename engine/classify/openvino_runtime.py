"""Reading with OpenVINO, in this process: processors of every maker, and Intel's graphics cards."""

import contextlib
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, TypeVar

import numpy as np

from engine.classify.bundle import NETWORK, Bundle
from engine.classify.devices import Device
from engine.classify.reading import Outputs
from engine.images.record import Pixels
from engine.jobs import Job
from engine.messages import Problem
from engine.paths import cache_dir

Key = TypeVar("Key")

_POLL_MS = 20
_OUTPUTS = ("logits", "embedding", "maps")


def openvino() -> Any:
    """Import OpenVINO with its telemetry off; the first call takes about a second."""
    # It reports its own import to Google Analytics; without this module it has a mute stub.
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import openvino as ov

    return ov


@cache
def core() -> Any:
    """Return the process's OpenVINO core, which keeps compiled networks in the cache folder."""
    made = openvino().Core()
    made.set_property({"CACHE_DIR": str(cache_dir() / "openvino")})
    return made


def precision(device: str) -> str:
    """Return the precision to calculate in on an OpenVINO device: half where it is at home."""
    able = core().get_property(device, "OPTIMIZATION_CAPABILITIES")
    if device == "CPU":
        return "bf16" if "BF16" in able else "f32"
    return "f16" if "FP16" in able else "f32"


class OpenVINORuntime:
    """A network compiled for one OpenVINO device."""

    def __init__(self, bundle: Bundle, device: Device, job: Job) -> None:
        self.device = device
        self.batch_size = 4
        self._size = bundle.card.preprocessing.size
        with ThreadPoolExecutor(1, "openvino-load") as loader:
            loading = loader.submit(self._load, bundle)
            while not loading.done():
                job.wait(_POLL_MS / 1000)
            self._network = loading.result()
        self._requests = [
            self._network.create_infer_request()
            for _ in range(self._network.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS") + 1)
        ]

    def stream(
        self, batches: Iterable[tuple[Key, Pixels]], job: Job | None = None
    ) -> Iterator[tuple[Key, Outputs]]:
        """Read batches with several in flight; see `Runtime.stream`."""
        idle = deque(self._requests)
        running: deque[tuple[Key, int, Any]] = deque()
        try:
            for key, pixels in batches:
                if not idle:
                    key_done, count, request = running.popleft()
                    _wait(request, job)
                    idle.append(request)
                    yield key_done, _outputs(request, count)
                request = idle.popleft()
                request.start_async({"image": pixels})
                running.append((key, len(pixels), request))
            while running:
                key_done, count, request = running.popleft()
                _wait(request, job)
                yield key_done, _outputs(request, count)
        finally:
            for _, _, request in running:
                request.cancel()
            for _, _, request in running:
                with contextlib.suppress(RuntimeError):
                    request.wait()

    def close(self) -> None:
        """Free the network."""
        self._requests = []
        self._network = None

    def _load(self, bundle: Bundle) -> Any:
        bundle.verify([NETWORK, "model.bin"])
        ov_device = "CPU" if self.device.kind == "cpu" else "GPU"
        try:
            network = core().read_model(bundle.folder / NETWORK)
            return core().compile_model(
                network,
                ov_device,
                {
                    "PERFORMANCE_HINT": "THROUGHPUT",
                    "INFERENCE_PRECISION_HINT": precision(ov_device),
                },
            )
        except RuntimeError as error:
            raise Problem("bundle.bad_network", name=bundle.card.name) from error


def _wait(request: Any, job: Job | None) -> None:
    while not request.wait_for(_POLL_MS):
        if job:
            job.check()


def _outputs(request: Any, count: int) -> Outputs:
    # Copies: the request's own memory is written by its next batch.
    return Outputs(
        *(np.array(request.get_tensor(name).data[:count], np.float32) for name in _OUTPUTS)
    )
