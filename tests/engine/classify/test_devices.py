"""The choice of a device, on computers that are described by what their drivers answer."""

import time

import pytest

from engine.classify import devices, openvino_runtime
from engine.classify.devices import choose
from engine.messages import Problem, render


class Core:
    """Answers as OpenVINO does on a computer with some Intel graphics cards."""

    def __init__(self, cards, capabilities=("FP32",)):
        self.cards = cards
        self.available_devices = ["CPU", *cards]
        self._capabilities = capabilities

    def get_property(self, device, name):
        if name == "OPTIMIZATION_CAPABILITIES":
            return list(self._capabilities)
        if name == "DEVICE_TYPE":
            return f"Type.{self.cards[device]}"
        return f"Intel(R)  {device} "


@pytest.fixture
def computer(monkeypatch):
    """Return a function that describes this computer."""

    def describe(intel=None, nvidia=None, keras=None, capabilities=("FP32",)):
        core = Core(intel or {}, capabilities)
        monkeypatch.setattr(openvino_runtime, "core", lambda: core)
        monkeypatch.setattr(devices, "_nvidia", lambda: nvidia)
        monkeypatch.setattr(devices, "_keras_on_gpu", lambda job: keras)

    return describe


def said(device) -> str:
    sentence = render(device.note)
    assert device.name in sentence
    return sentence


def test_a_plain_computer_uses_its_processor_and_says_why(computer):
    computer()
    device = choose("auto")
    assert (device.kind, device.backend, device.id) == ("cpu", "openvino", "CPU")
    assert "float32" in said(device)
    assert "no graphics card was found" in said(device)


def test_half_precision_is_told(computer):
    computer(capabilities=("FP32", "BF16"))
    assert "bfloat16" in said(choose("cpu"))


@pytest.mark.parametrize("asked", ["auto", "gpu"])
def test_a_usable_nvidia_card_is_used(computer, asked):
    computer(nvidia="NVIDIA H200", keras="tensorflow", intel={"GPU": "DISCRETE"})
    device = choose(asked)
    assert (device.kind, device.backend, device.name) == ("gpu", "keras", "NVIDIA H200")
    assert device.insisted == (asked == "gpu")
    assert "tensorflow" in said(device)


def test_an_nvidia_card_that_keras_cannot_use_is_named(computer):
    computer(nvidia="NVIDIA GT 710")
    assert "NVIDIA GT 710" in said(choose("auto"))
    with pytest.raises(Problem, match="NVIDIA GT 710"):
        choose("gpu")


def test_an_intel_card_is_used_but_one_inside_the_processor_only_if_asked_for(computer):
    computer(intel={"GPU.0": "INTEGRATED", "GPU.1": "DISCRETE"})
    assert choose("auto").id == "GPU.1"
    computer(intel={"GPU": "INTEGRATED"})
    assert choose("auto").id == "CPU"
    assert "Intel(R) GPU" in said(choose("auto"))
    assert choose("gpu").id == "GPU"
    said(choose("gpu"))


def test_a_card_that_is_not_there_is_a_problem_only_if_asked_for(computer):
    computer()
    assert choose("auto").kind == "cpu"
    with pytest.raises(Problem) as caught:
        choose("gpu")
    assert caught.value.message.id == "device.no_gpu"
    render(caught.value.message)


def test_asked_for_the_processor_nothing_else_is_looked_for(computer, monkeypatch):
    computer(nvidia="NVIDIA H200", keras="tensorflow")
    monkeypatch.setattr(devices, "_nvidia", lambda: pytest.fail("looked for a card"))
    assert choose("cpu").kind == "cpu"


@pytest.fixture
def driver(tmp_path, monkeypatch):
    """Return a function that puts an `nvidia-smi` on the path that does as it is told."""

    def install(script):
        tool = tmp_path / "nvidia-smi"
        tool.write_text(f"#!/bin/sh\n{script}\n")
        tool.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
        monkeypatch.setattr(devices, "_SMI_SECONDS", 0.3)

    devices._nvidia.cache_clear()
    yield install
    devices._nvidia.cache_clear()


@pytest.mark.skipif("sys.platform == 'win32'", reason="a shell script stands in for the tool")
@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("echo 'NVIDIA H200'; echo 'NVIDIA T4'", "NVIDIA H200"),
        ("echo 'no devices were found'; exit 6", None),
        ("exit 0", None),
        ("exec sleep 5", None),
    ],
)
def test_the_driver_is_asked_and_may_answer_anything(driver, script, found):
    driver(script)
    began = time.monotonic()
    assert devices._nvidia() == found
    assert time.monotonic() - began < 2


def test_without_a_driver_the_choice_is_quick(monkeypatch):
    choose("cpu")
    monkeypatch.setenv("PATH", "")
    devices._nvidia.cache_clear()
    began = time.monotonic()
    choose("auto")
    assert time.monotonic() - began < 1  # measured 1 ms after the first call
    devices._nvidia.cache_clear()


@pytest.mark.keras
@pytest.mark.skipif("sys.platform == 'win32'", reason="a shell script stands in for the tool")
def test_keras_itself_is_asked_whether_it_can_use_a_card(driver, monkeypatch):
    monkeypatch.setattr(devices, "_keras_says", {})
    driver("echo 'NVIDIA Imaginary'")
    monkeypatch.setattr(devices, "_SMI_SECONDS", 5)
    began = time.monotonic()
    device = choose("auto")
    if device.kind == "gpu":
        pytest.skip("there is a card here")
    assert "NVIDIA Imaginary" in said(device)
    first = time.monotonic() - began
    began = time.monotonic()
    assert choose("auto") == device
    assert time.monotonic() - began < first / 2
