"""The Keras runtime with a real child process and a real network, on the processor."""

import itertools
import threading
import time

import numpy as np
import pytest
from child_helpers import write_small_model

from engine.classify import bundle, openvino_runtime
from engine.classify.activation_maps import maps_match_logits
from engine.classify.bundle import BUNDLE_FILES, Bundle
from engine.classify.card import FORMAT, Calibration, Card, Preprocessing, TrainingData
from engine.classify.devices import Device, choose_device
from engine.classify.keras_runtime import KerasRuntime
from engine.classify.runtime import open_runtime
from engine.jobs import Cancelled, Job
from engine.messages import Message, Problem
from engine.processes import run_child

pytestmark = pytest.mark.keras

SIZE, CLASSES = 32, ("a", "b", "c")
DEVICE = Device("gpu", "keras", "gpu", "A Card", Message("device.cpu"), is_required=True)


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Bundle:
    """Return a MobileNetV3Small with random weights, converted like a trained one."""
    folder = tmp_path_factory.mktemp("small")
    write_small_model(folder, SIZE, len(CLASSES))
    request = {
        "architecture": "mobilenet_v3_small",
        "size": SIZE,
        "classes": len(CLASSES),
        "weights": str(folder / "weights.npz"),
        "out": str(folder),
        "images": images(8),
    }
    converted = run_child(Job(), "convert", request)
    card = Card(
        format=FORMAT,
        name="small",
        architecture="mobilenet_v3_small",
        classes=CLASSES,
        class_set="blood8",
        preprocessing=Preprocessing(SIZE),
        calibration=Calibration(),
        bias=tuple(converted["bias"]),
        embedding_size=converted["embedding_size"],
        map_size=tuple(converted["map_size"]),
        training_data=TrainingData("none", 0, {}),
        recipe={},
        metrics={},
        software={},
        files={},
    )
    return bundle.write_bundle(folder / "small", card, [folder / name for name in BUNDLE_FILES])


@pytest.fixture(scope="module")
def runtime(small):
    opened = open_runtime(small, DEVICE, Job())
    yield opened
    opened.close()


def images(count, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (count, SIZE, SIZE, 3), np.uint8)


def read(runtime, pixels):
    ((_, outputs),) = runtime.stream([(None, pixels)])
    return outputs


def test_keras_and_openvino_agree(runtime, small, monkeypatch):
    assert isinstance(runtime, KerasRuntime)
    monkeypatch.setattr(openvino_runtime, "inference_precision", lambda device: "f32")
    other = open_runtime(small, choose_device("cpu"), Job())
    pixels = images(70)
    ours, theirs = read(runtime, pixels), read(other, pixels)
    for name in ("logits", "embedding", "maps"):
        actual, expected = getattr(ours, name), getattr(theirs, name)
        assert actual.dtype == np.float32
        np.testing.assert_allclose(actual, expected, atol=0.02 * np.abs(expected).max())
    assert maps_match_logits(ours, small.card.bias)
    other.close()


def test_batches_of_any_size_come_back_in_order(runtime):
    pixels = images(200)
    edges = [0, 1, 66, 66, 130, 131, 132, 200]
    results = list(
        runtime.stream((start, pixels[start:end]) for start, end in itertools.pairwise(edges))
    )
    assert [key for key, _ in results] == edges[:-1]
    parts = np.concatenate([outputs.logits for _, outputs in results])
    np.testing.assert_allclose(parts, read(runtime, pixels).logits, atol=1e-4)


def test_results_of_a_closed_stream_are_dropped(runtime):
    stream = runtime.stream((number, images(8, number)) for number in range(100))
    next(stream)
    stream.close()
    expected = read(runtime, images(8, 999)).logits
    np.testing.assert_allclose(read(runtime, images(8, 999)).logits, expected, atol=1e-5)
    assert not np.allclose(read(runtime, images(8, 3)).logits, expected, atol=1e-5)


def test_cancel_is_immediate_and_keeps_the_child(runtime):
    job = Job()
    child = runtime._child
    threading.Timer(0.2, job.cancel).start()
    with pytest.raises(Cancelled):
        list(runtime.stream(((number, images(64)) for number in range(100_000)), job))
    assert runtime._child is child
    assert len(read(runtime, images(2)).logits) == 2


def test_dead_child_is_a_problem_once(runtime):
    runtime._child._process.kill()
    with pytest.raises(Problem) as caught:
        read(runtime, images(2))
    assert caught.value.message.id == "child.died"
    assert len(read(runtime, images(2)).logits) == 2


def test_cancel_while_the_child_starts(small):
    job = Job()
    threading.Timer(0.3, job.cancel).start()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        open_runtime(small, DEVICE, job)
    assert time.monotonic() - began < 4


def test_weights_of_another_network_are_a_problem(small, tmp_path):
    other = tmp_path / "weights.npz"
    np.savez(other, nothing=np.zeros(1))
    files = [small.folder / "model.xml", small.folder / "model.bin", other]
    with pytest.raises(Problem) as caught:
        open_runtime(bundle.write_bundle(tmp_path / "other", small.card, files), DEVICE, Job())
    assert caught.value.message.id == "weights.mismatch"
