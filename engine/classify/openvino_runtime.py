"""Reading with OpenVINO, in this process: processors of every maker, and Intel's graphics cards."""

import contextlib
import hashlib
import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from engine.cache_entries import seal_folder, keep_newest, open_sealed_folder
from engine.classify.bundle import NETWORK, Bundle
from engine.classify.card import Card
from engine.classify.devices import Device
from engine.classify.openvino_network import network_of
from engine.classify.reading import Outputs
from engine.images.record import Pixels
from engine.jobs import Job
from engine.messages import Problem
from engine.paths import cache_dir

Key = TypeVar("Key")

_POLL_MS = 20
_OUTPUTS = ("logits", "embedding", "maps")
_BATCH_PIXELS = 1 << 18
_MAX_BATCH = 16
_KEPT_COMPILED = 12


def openvino() -> Any:
    """Import OpenVINO with its telemetry off; the first call takes about a second."""
    # It reports its own import to Google Analytics; without this module it has a mute stub.
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    try:
        import openvino as ov
    except (ImportError, OSError) as error:
        raise Problem("device.no_openvino", reason=str(error)) from error
    return ov


@cache
def core() -> Any:
    """Return the process's OpenVINO core."""
    return openvino().Core()


def precision(device: str) -> str:
    """Return the precision to calculate in on an OpenVINO device: half where it is at home."""
    able = core().get_property(device, "OPTIMIZATION_CAPABILITIES")
    if device == "CPU":
        return "bf16" if "BF16" in able else "f32"
    return "f16" if "FP16" in able else "f32"


def batch_size(size: int) -> int:
    """Return how many images of `size` x `size` pixels go into a batch: 16 at 128, 4 at 192, 1 at 380.

    The best, or within 3% of it, of 1 to 32 for both architectures on two cores with bfloat16; small
    images want larger batches to be worth a request, large ones leave the cache.
    """
    fitting = max(1, _BATCH_PIXELS // size**2)
    return int(min(_MAX_BATCH, 1 << (fitting.bit_length() - 1)))


class OpenVINORuntime:
    """A network compiled for one OpenVINO device.

    The batch size is fixed, which is a tenth faster than an open one, and what is less is filled up;
    so an image gives the same numbers in whatever batch it comes. With `exact` it calculates in float32.
    """

    def __init__(self, bundle: Bundle, device: Device, job: Job, *, exact: bool = False) -> None:
        self.device, self._exact = device, exact
        self.batch_size = batch_size(bundle.card.preprocessing.size)
        folder = network_of(bundle, job)
        # In a thread of its own, since a compilation that has begun cannot be stopped.
        loader = ThreadPoolExecutor(1, "openvino-load")
        loading = loader.submit(self._load, bundle.card, folder)
        loader.shutdown(wait=False)
        while not loading.done():
            job.check()
            wait([loading], _POLL_MS / 1000)
        network = loading.result()
        # One more than run at once: it is filled while they are busy.
        count = network.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS") + 1
        self._requests = [network.create_infer_request() for _ in range(count)]

    def stream(
        self, batches: Iterable[tuple[Key, Pixels]], job: Job | None = None
    ) -> Generator[tuple[Key, Outputs]]:
        """Read batches with several in flight; see `Runtime.stream`."""
        parts: list[Outputs] = []
        with contextlib.closing(self._infer(self._split(batches), job)) as inferred:
            for key, last, outputs in inferred:
                parts.append(outputs)
                if last:
                    yield key, parts[0] if len(parts) == 1 else _join(parts)
                    parts = []

    def close(self) -> None:
        """Free the network."""
        self._requests = []

    def _split(self, batches: Iterable[tuple[Key, Pixels]]) -> Iterator[tuple[Key, bool, Pixels]]:
        """Cut batches to the size the network takes, at most; tells which part is a batch's last."""
        for key, pixels in batches:
            starts = range(0, max(len(pixels), 1), self.batch_size)
            for start in starts:
                yield key, start == starts[-1], pixels[start : start + self.batch_size]

    def _infer(
        self, parts: Iterator[tuple[Key, bool, Pixels]], job: Job | None
    ) -> Generator[tuple[Key, bool, Outputs]]:
        idle = list(self._requests)
        running: deque[tuple[Key, bool, int, Any]] = deque()

        def oldest() -> tuple[Key, bool, Outputs]:
            key, last, count, request = running[0]
            while not self._done(request, _POLL_MS):
                if job:
                    job.check()
            running.popleft()
            idle.append(request)
            return key, last, _outputs(request, count)

        try:
            for key, last, pixels in parts:
                while running and (not idle or self._done(running[0][-1], 0)):
                    yield oldest()
                request = idle.pop()
                request.start_async({"image": _filled(pixels, self.batch_size)})
                running.append((key, last, len(pixels), request))
            while running:
                yield oldest()
        finally:
            for *_, request in running:
                request.cancel()
            for *_, request in running:
                with contextlib.suppress(RuntimeError):
                    request.wait()

    def _done(self, request: Any, wait_ms: int) -> bool:
        try:
            return bool(request.wait_for(wait_ms))
        except RuntimeError as error:
            reason = str(error).strip().splitlines()[-1]
            raise Problem("device.failed", name=self.device.name, reason=reason) from error

    def _load(self, card: Card, folder: Path) -> Any:
        network = _network(card, folder, self.batch_size)
        # OpenVINO itself takes a compiled network as it is, whatever became of its bytes.
        made_of = f"{card.model_id} {self.batch_size} {self.device.id}"
        if self._exact:
            made_of += " f32"
        compiled = cache_dir() / "openvino" / hashlib.sha256(made_of.encode()).hexdigest()[:32]
        try:
            settings = {
                "PERFORMANCE_HINT": "THROUGHPUT",
                "INFERENCE_PRECISION_HINT": "f32" if self._exact else precision(self.device.id),
            }
            if open_sealed_folder(compiled):
                # The cache may be what fails: another program empties it, or its disk is full.
                with contextlib.suppress(RuntimeError):
                    kept = {**settings, "CACHE_DIR": str(compiled)}
                    return core().compile_model(network, self.device.id, kept)
            return core().compile_model(network, self.device.id, settings)
        except RuntimeError as error:
            reason = str(error).strip().splitlines()[-1]
            raise Problem("device.failed", name=self.device.name, reason=reason) from error
        finally:
            seal_folder(compiled)
            keep_newest(compiled.parent, _KEPT_COMPILED)


def _network(card: Card, folder: Path, batch: int) -> Any:
    """Read the network with a fixed batch size and bytes as input; checks it against the card."""
    ov = openvino()
    from openvino.preprocess import PrePostProcessor

    size = card.preprocessing.size
    try:
        network = core().read_model(folder / NETWORK)
        network.reshape({"image": [batch, size, size, 3]})
        if network.input("image").element_type != ov.Type.u8:
            steps = PrePostProcessor(network)
            steps.input("image").tensor().set_element_type(ov.Type.u8)
            steps.input("image").preprocess().convert_element_type(ov.Type.f32)
            network = steps.build()
        shapes = [list(network.output(name).shape) for name in _OUTPUTS]
    except RuntimeError as error:
        raise Problem("bundle.bad_network", name=card.name) from error
    if shapes != _shapes(card, batch):
        raise Problem("bundle.other_network", name=card.name)
    return network


def _shapes(card: Card, batch: int) -> list[list[int]]:
    classes = len(card.classes)
    return [[batch, classes], [batch, card.embedding_size], [batch, *card.map_size, classes]]


def _filled(pixels: Pixels, batch: int) -> Pixels:
    if len(pixels) == batch:
        return pixels
    whole = np.zeros((batch, *pixels.shape[1:]), np.uint8)
    whole[: len(pixels)] = pixels
    return whole


def _outputs(request: Any, count: int) -> Outputs:
    # Copies: the request's own memory is written by its next batch.
    return Outputs(
        *(np.array(request.get_tensor(name).data[:count], np.float32) for name in _OUTPUTS)
    )


def _join(parts: list[Outputs]) -> Outputs:
    return Outputs(
        logits=np.concatenate([part.logits for part in parts]),
        embedding=np.concatenate([part.embedding for part in parts]),
        maps=np.concatenate([part.maps for part in parts]),
    )
