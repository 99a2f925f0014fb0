"""The OpenVINO runtime with a real network: correct outputs in any batch, and quick cancellation."""

import itertools
import threading
import time

import numpy as np
import pytest
from tiny_model import CLASSES, class_image, make_tiny_bundle

from engine.classify import bundle, openvino_runtime
from engine.classify.activation_maps import maps_match_logits
from engine.classify.bundle import BUNDLE_FILES, Bundle
from engine.classify.devices import Device, choose_device
from engine.classify.openvino_runtime import best_batch_size
from engine.classify.runtime import open_runtime
from engine.jobs import Cancelled, Job
from engine.messages import Message, Problem
from engine.paths import cache_dir


def images(count, size=32):
    return np.stack(
        [class_image(number % len(CLASSES), size, seed=number) for number in range(count)]
    )


def read(runtime, pixels):
    ((_, outputs),) = runtime.stream([(None, pixels)])
    return outputs


def test_classes_are_predicted(runtime, tiny):
    outputs = read(runtime, images(40))
    assert outputs.logits.argmax(1).tolist() == [number % len(CLASSES) for number in range(40)]
    assert outputs.embedding.shape == (40, 3)
    assert outputs.maps.shape == (40, 4, 4, len(CLASSES))
    assert {outputs.logits.dtype, outputs.embedding.dtype, outputs.maps.dtype} == {np.dtype("f4")}
    assert maps_match_logits(outputs, tiny.card.bias)


def test_batches_of_any_size_come_back_in_order_with_their_keys(runtime):
    pixels = images(100)
    edges = [0, 1, 1, 17, 33, 34, 100]  # one part is empty, some are larger than a batch
    batches = [(start, pixels[start:end]) for start, end in itertools.pairwise(edges)]
    results = list(runtime.stream(iter(batches)))
    assert [key for key, _ in results] == edges[:-1]
    expected = read(runtime, pixels)
    for name in ("logits", "embedding", "maps"):
        parts = np.concatenate([getattr(outputs, name) for _, outputs in results])
        np.testing.assert_array_equal(parts, getattr(expected, name))


def test_outputs_do_not_depend_on_the_batch(runtime):
    pixels = images(runtime.batch_size)
    together = read(runtime, pixels)
    for number, image in enumerate(pixels):
        np.testing.assert_array_equal(read(runtime, image[None]).logits[0], together.logits[number])


def test_no_batches_give_no_outputs(runtime):
    assert list(runtime.stream([])) == []


def test_several_batches_are_in_flight(runtime):
    taken = []

    def batches():
        for number in range(20):
            taken.append(number)
            yield number, images(1)

    stream = runtime.stream(batches())
    next(stream)
    assert 1 < len(taken) < 20
    stream.close()


def test_next_batch_does_not_change_earlier_outputs(runtime):
    stream = runtime.stream(
        (number, images(16) if number % 2 else images(16)[::-1]) for number in range(9)
    )
    first = next(stream)[1]
    before = first.logits.copy()
    list(stream)
    np.testing.assert_array_equal(first.logits, before)


@pytest.fixture(scope="module")
def slow(tmp_path_factory):
    folder = make_tiny_bundle(tmp_path_factory.mktemp("slow") / "slow", size=256, slow=8)
    opened = open_runtime(Bundle.open(folder), choose_device("cpu"), Job())
    list(opened.stream([(0, images(1, 256))]))
    yield opened
    opened.close()


def test_cancel_does_not_wait_for_batches_in_flight(slow):
    job = Job()
    pixels = images(4, 256)
    began = time.monotonic()
    list(slow.stream((number, pixels) for number in range(4)))
    unhurried = time.monotonic() - began
    threading.Timer(0.05, job.cancel).start()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        list(slow.stream(((number, pixels) for number in range(1000)), job))
    assert time.monotonic() - began < max(1.0, 1.5 * unhurried)
    # The runtime can still be used.
    assert read(slow, pixels).logits.argmax(1).tolist() == [0, 1, 2, 3]


def test_closing_the_stream_leaves_nothing_running(slow):
    stream = slow.stream((number, images(4, 256)) for number in range(1000))
    next(stream)
    stream.close()
    assert read(slow, images(3, 256)).logits.argmax(1).tolist() == [0, 1, 2]


def test_cancelled_job_loads_nothing(tiny):
    job = Job()
    job.cancel()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        open_runtime(tiny, choose_device("cpu"), job)
    assert time.monotonic() - began < 0.5


def test_error_in_the_batches_is_raised(runtime):
    def batches():
        yield 0, images(1)
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        list(runtime.stream(batches()))
    assert len(read(runtime, images(2)).logits) == 2


def test_network_with_float_input_accepts_bytes(tmp_path, tiny):
    float_input = _with_changed_network(
        tmp_path, tiny, lambda xml: xml.replace('"u8"', '"f32"').replace('"U8"', '"FP32"')
    )
    opened = open_runtime(float_input, choose_device("cpu"), Job())
    assert read(opened, images(8)).logits.argmax(1).tolist() == list(range(8))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda xml: xml[: len(xml) // 2], "bundle.bad_network"),
        (lambda xml: "<html>no network</html>", "bundle.bad_network"),
        (lambda xml: xml.replace('"embedding"', '"something"'), "bundle.bad_network"),
        (lambda xml: xml.replace('"image"', '"picture"'), "bundle.bad_network"),
        (lambda xml: xml.replace('type="AvgPool"', 'type="Unheard"'), "bundle.bad_network"),
    ],
)
def test_invalid_network_is_a_problem(tmp_path, tiny, change, expected):
    with pytest.raises(Problem) as caught:
        open_runtime(_with_changed_network(tmp_path, tiny, change), choose_device("cpu"), Job())
    assert caught.value.message.id == expected
    assert "\n" not in str(caught.value)


def test_network_with_other_classes_than_the_card_is_a_problem(tmp_path, tiny):
    other = Bundle.open(make_tiny_bundle(tmp_path / "other", classes=("red", "green")))
    mixed = bundle.write_bundle(
        tmp_path / "mixed", other.card, [tiny.folder / name for name in BUNDLE_FILES]
    )
    with pytest.raises(Problem) as caught:
        open_runtime(mixed, choose_device("cpu"), Job())
    assert caught.value.message.id == "bundle.other_network"


def test_damage_is_detected_before_loading(tmp_path):
    folder = make_tiny_bundle(tmp_path / "model")
    data = bytearray((folder / "model.bin").read_bytes())
    data[100] ^= 1
    (folder / "model.bin").write_bytes(data)
    with pytest.raises(Problem) as caught:
        open_runtime(Bundle.open(folder), choose_device("cpu"), Job())
    assert caught.value.message.id == "bundle.damaged"


def test_failing_card_is_replaced_unless_required(tiny, runtime):
    card = Device(
        "gpu", "openvino", "GPU.7", "No Such Card", Message("device.intel", {"name": "x"})
    )
    opened = open_runtime(tiny, card, Job())
    assert opened.device.kind == "cpu"
    assert "No Such Card" in opened.device.note.params.values()
    required_device = Device(
        "gpu", "openvino", "GPU.7", "No Such Card", card.note, is_required=True
    )
    with pytest.raises(Problem) as caught:
        open_runtime(tiny, required_device, Job())
    assert caught.value.message.id == "device.failed"
    assert "\n" not in str(caught.value)


def test_number_of_cached_compiled_networks_is_limited(tiny, tmp_path):
    compiled = cache_dir() / "openvino"
    compiled.mkdir()
    for number in range(30):
        (compiled / f"{number}.blob").touch()
    open_runtime(tiny, choose_device("cpu"), Job()).close()
    assert 0 < len(list(compiled.iterdir())) <= openvino_runtime._MAX_COMPILED


@pytest.mark.parametrize(
    ("size", "batch"),
    [(32, 16), (96, 16), (128, 16), (160, 8), (192, 4), (224, 4), (300, 2), (380, 1), (1024, 1)],
)
def test_best_batch_size(size, batch):
    assert best_batch_size(size) == batch


def _with_changed_network(folder, tiny, change):
    """Return a bundle like `tiny` with a changed network file."""
    parts = folder / "parts"
    parts.mkdir()
    for name in BUNDLE_FILES:
        (parts / name).write_bytes((tiny.folder / name).read_bytes())
    text = (parts / "model.xml").read_text(encoding="utf-8")
    assert change(text) != text
    (parts / "model.xml").write_text(change(text), encoding="utf-8")
    return bundle.write_bundle(
        folder / "changed", tiny.card, [parts / name for name in BUNDLE_FILES]
    )
