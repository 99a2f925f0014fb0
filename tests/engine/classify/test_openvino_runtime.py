"""The OpenVINO runtime with a real network: right numbers, in any batch, and quick to stop."""

import itertools
import subprocess
import sys
import threading
import time

import numpy as np
import pytest
from tiny_model import CLASSES, make_tiny_bundle, picture

from engine.classify import bundle, openvino_runtime
from engine.classify.activation_maps import self_check
from engine.classify.bundle import FILES, Bundle
from engine.classify.devices import Device, choose
from engine.classify.openvino_runtime import batch_size, openvino
from engine.classify.runtime import open_runtime
from engine.jobs import Cancelled, Job
from engine.messages import Message, Problem
from engine.paths import cache_dir, program_dir


def images(count, size=32):
    return np.stack([picture(number % len(CLASSES), size, seed=number) for number in range(count)])


def read(runtime, pixels):
    ((_, outputs),) = runtime.stream([(None, pixels)])
    return outputs


def test_it_reads_what_is_there(runtime, tiny):
    outputs = read(runtime, images(40))
    assert outputs.logits.argmax(1).tolist() == [number % len(CLASSES) for number in range(40)]
    assert outputs.embedding.shape == (40, 3)
    assert outputs.maps.shape == (40, 4, 4, len(CLASSES))
    assert {outputs.logits.dtype, outputs.embedding.dtype, outputs.maps.dtype} == {np.dtype("f4")}
    assert self_check(outputs, tiny.card.bias)


def test_batches_of_any_size_come_back_in_order_with_their_keys(runtime):
    pixels = images(100)
    edges = [0, 1, 1, 17, 33, 34, 100]  # one of them empty, some more than a batch
    batches = [(start, pixels[start:end]) for start, end in itertools.pairwise(edges)]
    results = list(runtime.stream(iter(batches)))
    assert [key for key, _ in results] == edges[:-1]
    whole = read(runtime, pixels)
    for name in ("logits", "embedding", "maps"):
        parts = np.concatenate([getattr(outputs, name) for _, outputs in results])
        np.testing.assert_array_equal(parts, getattr(whole, name))


def test_an_image_gives_the_same_numbers_in_any_company(runtime):
    pixels = images(runtime.batch_size)
    together = read(runtime, pixels)
    for number, image in enumerate(pixels):
        np.testing.assert_array_equal(read(runtime, image[None]).logits[0], together.logits[number])


def test_no_batch_at_all(runtime):
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


def test_results_do_not_change_when_the_next_batch_is_read(runtime):
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
    opened = open_runtime(Bundle.open(folder), choose("cpu"), Job())
    list(opened.stream([(0, images(1, 256))]))
    yield opened
    opened.close()


def test_cancel_does_not_wait_for_what_is_in_flight(slow):
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
    # The runtime is as good as new.
    assert read(slow, pixels).logits.argmax(1).tolist() == [0, 1, 2, 3]


def test_closing_the_stream_leaves_nothing_running(slow):
    stream = slow.stream((number, images(4, 256)) for number in range(1000))
    next(stream)
    stream.close()
    assert read(slow, images(3, 256)).logits.argmax(1).tolist() == [0, 1, 2]


def test_a_cancelled_job_loads_nothing(tiny):
    job = Job()
    job.cancel()
    began = time.monotonic()
    with pytest.raises(Cancelled):
        open_runtime(tiny, choose("cpu"), job)
    assert time.monotonic() - began < 0.5


def test_an_error_of_who_gives_batches_comes_through(runtime):
    def batches():
        yield 0, images(1)
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        list(runtime.stream(batches()))
    assert len(read(runtime, images(2)).logits) == 2


def test_a_network_with_float_input_takes_bytes_all_the_same(tmp_path, tiny):
    float_input = _rewritten(
        tmp_path, tiny, lambda xml: xml.replace('"u8"', '"f32"').replace('"U8"', '"FP32"')
    )
    opened = open_runtime(float_input, choose("cpu"), Job())
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
def test_a_network_that_is_none_is_told(tmp_path, tiny, change, expected):
    with pytest.raises(Problem) as caught:
        open_runtime(_rewritten(tmp_path, tiny, change), choose("cpu"), Job())
    assert caught.value.message.id == expected
    assert "\n" not in str(caught.value)


def test_a_network_of_other_classes_than_the_card_is_told(tmp_path, tiny):
    other = Bundle.open(make_tiny_bundle(tmp_path / "other", classes=("red", "green")))
    mixed = bundle.write(tmp_path / "mixed", other.card, [tiny.folder / name for name in FILES])
    with pytest.raises(Problem) as caught:
        open_runtime(mixed, choose("cpu"), Job())
    assert caught.value.message.id == "bundle.other_network"


def test_damage_is_found_before_anything_is_loaded(tmp_path):
    folder = make_tiny_bundle(tmp_path / "model")
    data = bytearray((folder / "model.bin").read_bytes())
    data[100] ^= 1
    (folder / "model.bin").write_bytes(data)
    with pytest.raises(Problem) as caught:
        open_runtime(Bundle.open(folder), choose("cpu"), Job())
    assert caught.value.message.id == "bundle.damaged"


def test_a_card_that_fails_is_stood_in_for_unless_it_was_insisted_on(tiny, runtime):
    card = Device(
        "gpu", "openvino", "GPU.7", "No Such Card", Message("device.intel", {"name": "x"})
    )
    opened = open_runtime(tiny, card, Job())
    assert opened.device.kind == "cpu"
    assert "No Such Card" in opened.device.note.params.values()
    insisted = Device("gpu", "openvino", "GPU.7", "No Such Card", card.note, insisted=True)
    with pytest.raises(Problem) as caught:
        open_runtime(tiny, insisted, Job())
    assert caught.value.message.id == "device.failed"
    assert "\n" not in str(caught.value)


def test_compiled_networks_are_kept_but_not_without_end(tiny, tmp_path):
    compiled = cache_dir() / "openvino"
    compiled.mkdir()
    for number in range(30):
        (compiled / f"{number}.blob").touch()
    open_runtime(tiny, choose("cpu"), Job()).close()
    assert 0 < len(list(compiled.iterdir())) <= openvino_runtime._KEPT_COMPILED


@pytest.mark.parametrize(
    ("size", "batch"),
    [(32, 16), (96, 16), (128, 16), (160, 8), (192, 4), (224, 4), (300, 2), (380, 1), (1024, 1)],
)
def test_the_batch_rule(size, batch):
    assert batch_size(size) == batch


def test_openvino_says_nothing_to_its_makers():
    """In a process of its own: its telemetry module is never loaded."""
    code = (
        "import sys; from engine.classify.openvino_runtime import openvino; openvino();"
        "assert not [n for n, m in sys.modules.items() if m and n.startswith('openvino_telemetry')];"
        "assert 'tensorflow' not in sys.modules and 'keras' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], cwd=program_dir(), check=True)


def test_openvino_that_cannot_be_loaded_is_a_problem(monkeypatch):
    monkeypatch.setitem(sys.modules, "openvino", None)
    with pytest.raises(Problem) as caught:
        openvino()
    assert caught.value.message.id == "device.no_openvino"


def _rewritten(folder, tiny, change):
    """Return a whole bundle like `tiny` whose network's text was changed."""
    parts = folder / "parts"
    parts.mkdir()
    for name in FILES:
        (parts / name).write_bytes((tiny.folder / name).read_bytes())
    text = (parts / "model.xml").read_text(encoding="utf-8")
    assert change(text) != text
    (parts / "model.xml").write_text(change(text), encoding="utf-8")
    return bundle.write(folder / "changed", tiny.card, [parts / name for name in FILES])
