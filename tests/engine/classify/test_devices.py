"""The choice of a device, on simulated computers."""

import time

import pytest

from engine.classify import devices, openvino_library
from engine.classify.devices import choose_device
from engine.messages import Problem, render


class Core:
    """A stand-in for OpenVINO's core on a computer with some Intel graphics cards."""

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
    """Return a function that sets the hardware of this computer."""

    def describe(intel=None, nvidia=None, keras=None, capabilities=("FP32",)):
        core = Core(intel or {}, capabilities)
        monkeypatch.setattr(openvino_library, "openvino_core", lambda: core)
        monkeypatch.setattr(devices, "_find_nvidia_card", lambda: nvidia)
        monkeypatch.setattr(devices, "_keras_on_gpu", lambda job: keras)

    return describe


def note_text(device) -> str:
    sentence = render(device.note)
    assert device.name in sentence
    return sentence


def test_computer_without_a_card_uses_the_processor(computer):
    computer()
    device = choose_device("auto")
    assert (device.kind, device.backend, device.id) == ("cpu", "openvino", "CPU")
    assert "float32" in note_text(device)
    assert "no graphics card was found" in note_text(device)


def test_note_names_half_precision(computer):
    computer(capabilities=("FP32", "BF16"))
    assert "bfloat16" in note_text(choose_device("cpu"))


@pytest.mark.parametrize("choice", ["auto", "gpu"])
def test_usable_nvidia_card_is_used(computer, choice):
    computer(nvidia="NVIDIA H200", keras="tensorflow", intel={"GPU": "DISCRETE"})
    device = choose_device(choice)
    assert (device.kind, device.backend, device.name) == ("gpu", "keras", "NVIDIA H200")
    assert device.is_required == (choice == "gpu")
    assert "tensorflow" in note_text(device)


def test_note_names_an_nvidia_card_that_keras_cannot_use(computer):
    computer(nvidia="NVIDIA GT 710")
    assert "NVIDIA GT 710" in note_text(choose_device("auto"))
    with pytest.raises(Problem, match="NVIDIA GT 710"):
        choose_device("gpu")


def test_integrated_card_is_used_only_if_requested(computer):
    computer(intel={"GPU.0": "INTEGRATED", "GPU.1": "DISCRETE"})
    assert choose_device("auto").id == "GPU.1"
    computer(intel={"GPU": "INTEGRATED"})
    assert choose_device("auto").id == "CPU"
    assert "Intel(R) GPU" in note_text(choose_device("auto"))
    assert choose_device("gpu").id == "GPU"
    note_text(choose_device("gpu"))


def test_missing_card_is_a_problem_only_if_requested(computer):
    computer()
    assert choose_device("auto").kind == "cpu"
    with pytest.raises(Problem) as caught:
        choose_device("gpu")
    assert caught.value.message.id == "device.no_gpu"
    render(caught.value.message)


def test_requested_processor_needs_no_other_probe(computer, monkeypatch):
    computer(nvidia="NVIDIA H200", keras="tensorflow")
    monkeypatch.setattr(devices, "_find_nvidia_card", lambda: pytest.fail("looked for a card"))
    assert choose_device("cpu").kind == "cpu"


@pytest.fixture
def driver(tmp_path, monkeypatch):
    """Return a function that puts a script on the path as `nvidia-smi`."""

    def install(script):
        tool = tmp_path / "nvidia-smi"
        tool.write_text(f"#!/bin/sh\n{script}\n")
        tool.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
        monkeypatch.setattr(devices, "_SMI_SECONDS", 0.3)

    devices._find_nvidia_card.cache_clear()
    yield install
    devices._find_nvidia_card.cache_clear()


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
def test_any_driver_output_is_handled(driver, script, found):
    driver(script)
    began = time.monotonic()
    assert devices._find_nvidia_card() == found
    assert time.monotonic() - began < 2


def test_choice_is_quick_without_a_driver(monkeypatch):
    choose_device("cpu")
    monkeypatch.setenv("PATH", "")
    devices._find_nvidia_card.cache_clear()
    began = time.monotonic()
    choose_device("auto")
    assert time.monotonic() - began < 1  # measured 1 ms after the first call
    devices._find_nvidia_card.cache_clear()


@pytest.mark.keras
@pytest.mark.skipif("sys.platform == 'win32'", reason="a shell script stands in for the tool")
def test_keras_is_probed_for_a_usable_card(driver, monkeypatch):
    monkeypatch.setattr(devices, "_keras_backend_cache", {})
    driver("echo 'NVIDIA Imaginary'")
    monkeypatch.setattr(devices, "_SMI_SECONDS", 5)
    began = time.monotonic()
    device = choose_device("auto")
    if device.kind == "gpu":
        pytest.skip("there is a card here")
    assert "NVIDIA Imaginary" in note_text(device)
    first = time.monotonic() - began
    began = time.monotonic()
    assert choose_device("auto") == device
    assert time.monotonic() - began < first / 2
