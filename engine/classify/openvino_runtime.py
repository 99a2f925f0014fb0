"""OpenVINO runtime: inference in this process, on processors and Intel graphics cards."""

import contextlib
import hashlib
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import numpy as np

from engine.cache_entries import keep_newest, open_sealed_folder, seal_folder
from engine.classify.bundle import NETWORK_FILE, Bundle
from engine.classify.card import Card
from engine.classify.devices import Device
from engine.classify.network_input import prepare_batches
from engine.classify.openvino_library import import_openvino, inference_precision, openvino_core
from engine.classify.openvino_network import prepare_network
from engine.classify.reading import NetworkOutputs
from engine.classify.runtime_protocol import BatchKey
from engine.images.record import Pixels
from engine.jobs import Job
from engine.messages import Problem
from engine.paths import cache_dir

_POLL_MS = 20
_OUTPUT_NAMES = ("logits", "embedding", "maps")
_BATCH_PIXELS = 1 << 18
_MAX_BATCH = 16
_MAX_COMPILED = 12


def best_batch_size(size: int) -> int:
    """Return how many images of `size` x `size` pixels go into a batch: 16 at 128, 4 at 192, 1 at 380.

    Measured on two cores with bfloat16, for two architectures: within 3% of the best of 1 to 32. Small
    images need larger batches to be worth a request; large ones exceed the processor's cache.
    """
    max_images = max(1, _BATCH_PIXELS // size**2)
    return int(min(_MAX_BATCH, 1 << (max_images.bit_length() - 1)))


class OpenVINORuntime:
    """A network compiled for one OpenVINO device.

    The batch size is fixed, which is a tenth faster than a dynamic one, and smaller batches are padded;
    so an image gives the same outputs in any batch. With `exact` it calculates in float32.
    """

    def __init__(self, bundle: Bundle, device: Device, job: Job, *, exact: bool = False) -> None:
        self.device, self._exact = device, exact
        self._preprocessing = bundle.card.preprocessing
        self.batch_size = best_batch_size(self._preprocessing.size)
        folder = prepare_network(bundle, job)
        # In a separate thread, since a compilation cannot be stopped.
        loader = ThreadPoolExecutor(1, "openvino-load")
        compilation = loader.submit(self._load, bundle.card, folder)
        loader.shutdown(wait=False)
        while not compilation.done():
            job.check()
            wait([compilation], _POLL_MS / 1000)
        network = compilation.result()
        # One more than run at once, to be filled while the others run.
        count = network.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS") + 1
        self._requests = [network.create_infer_request() for _ in range(count)]

    def stream(
        self, batches: Iterable[tuple[BatchKey, Pixels]], job: Job | None = None
    ) -> Generator[tuple[BatchKey, NetworkOutputs]]:
        """Read batches with several in flight; see `Runtime.stream`."""
        parts: list[NetworkOutputs] = []
        with contextlib.closing(self._infer(self._split(batches), job)) as results:
            for key, is_last, outputs in results:
                parts.append(outputs)
                if is_last:
                    yield key, parts[0] if len(parts) == 1 else _concatenate(parts)
                    parts = []

    def close(self) -> None:
        """Free the network."""
        self._requests = []

    def _split(
        self, batches: Iterable[tuple[BatchKey, Pixels]]
    ) -> Iterator[tuple[BatchKey, bool, Pixels]]:
        """Split batches into parts of at most `batch_size`; yield key, whether it is the last, and part."""
        for key, pixels in prepare_batches(batches, self._preprocessing):
            starts = range(0, max(len(pixels), 1), self.batch_size)
            for start in starts:
                yield key, start == starts[-1], pixels[start : start + self.batch_size]

    def _infer(
        self, parts: Iterator[tuple[BatchKey, bool, Pixels]], job: Job | None
    ) -> Generator[tuple[BatchKey, bool, NetworkOutputs]]:
        idle = list(self._requests)
        in_flight: deque[tuple[BatchKey, bool, int, Any]] = deque()

        def next_result() -> tuple[BatchKey, bool, NetworkOutputs]:
            key, is_last, count, request = in_flight[0]
            while not self._done(request, _POLL_MS):
                if job:
                    job.check()
            in_flight.popleft()
            idle.append(request)
            return key, is_last, _copy_outputs(request, count)

        try:
            for key, is_last, pixels in parts:
                while in_flight and (not idle or self._done(in_flight[0][-1], 0)):
                    yield next_result()
                request = idle.pop()
                request.start_async({"image": _padded(pixels, self.batch_size)})
                in_flight.append((key, is_last, len(pixels), request))
            while in_flight:
                yield next_result()
        finally:
            for *_, request in in_flight:
                request.cancel()
            for *_, request in in_flight:
                with contextlib.suppress(RuntimeError):
                    request.wait()

    def _done(self, request: Any, wait_ms: int) -> bool:
        try:
            return bool(request.wait_for(wait_ms))
        except RuntimeError as error:
            reason = str(error).strip().splitlines()[-1]
            raise Problem("device.failed", name=self.device.name, reason=reason) from error

    def _load(self, card: Card, folder: Path) -> Any:
        network = _read_network(card, folder, self.batch_size)
        # OpenVINO itself takes a compiled network as it is, whatever became of its bytes.
        cache_key = f"{card.model_id} {self.batch_size} {self.device.id}"
        if self._exact:
            cache_key += " f32"
        compiled = cache_dir() / "openvino" / hashlib.sha256(cache_key.encode()).hexdigest()[:32]
        try:
            settings = {
                "PERFORMANCE_HINT": "THROUGHPUT",
                "INFERENCE_PRECISION_HINT": "f32"
                if self._exact
                else inference_precision(self.device.id),
            }
            if open_sealed_folder(compiled):
                # The cache itself may fail: another process clears it, or its disk is full.
                with contextlib.suppress(RuntimeError):
                    cache_settings = {**settings, "CACHE_DIR": str(compiled)}
                    return openvino_core().compile_model(network, self.device.id, cache_settings)
            return openvino_core().compile_model(network, self.device.id, settings)
        except RuntimeError as error:
            reason = str(error).strip().splitlines()[-1]
            raise Problem("device.failed", name=self.device.name, reason=reason) from error
        finally:
            seal_folder(compiled)
            keep_newest(compiled.parent, _MAX_COMPILED)


def _read_network(card: Card, folder: Path, batch: int) -> Any:
    """Read the network with a fixed batch size and uint8 input; check it against the card."""
    ov = import_openvino()
    from openvino.preprocess import PrePostProcessor

    size = card.preprocessing.size
    try:
        network = openvino_core().read_model(folder / NETWORK_FILE)
        network.reshape({"image": [batch, size, size, 3]})
        if network.input("image").element_type != ov.Type.u8:
            steps = PrePostProcessor(network)
            steps.input("image").tensor().set_element_type(ov.Type.u8)
            steps.input("image").preprocess().convert_element_type(ov.Type.f32)
            network = steps.build()
        shapes = [list(network.output(name).shape) for name in _OUTPUT_NAMES]
    except RuntimeError as error:
        raise Problem("bundle.bad_network", name=card.name) from error
    if shapes != _expected_shapes(card, batch):
        raise Problem("bundle.other_network", name=card.name)
    return network


def _expected_shapes(card: Card, batch: int) -> list[list[int]]:
    classes = len(card.classes)
    return [[batch, classes], [batch, card.embedding_size], [batch, *card.map_size, classes]]


def _padded(pixels: Pixels, batch: int) -> Pixels:
    if len(pixels) == batch:
        return pixels
    padded = np.zeros((batch, *pixels.shape[1:]), np.uint8)
    padded[: len(pixels)] = pixels
    return padded


def _copy_outputs(request: Any, count: int) -> NetworkOutputs:
    # Copied, since the request's next batch overwrites its memory.
    return NetworkOutputs(
        *(np.array(request.get_tensor(name).data[:count], np.float32) for name in _OUTPUT_NAMES)
    )


def _concatenate(parts: list[NetworkOutputs]) -> NetworkOutputs:
    return NetworkOutputs(
        logits=np.concatenate([part.logits for part in parts]),
        embedding=np.concatenate([part.embedding for part in parts]),
        maps=np.concatenate([part.maps for part in parts]),
    )
