"""Devices that run networks: the processor or a graphics card, with the reason for the choice."""

import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from typing import Literal

from engine.jobs import Job
from engine.messages import Message, Problem
from engine.processes import run_child

DeviceChoice = Literal["auto", "cpu", "gpu"]

_SMI_SECONDS = 5.0
_PRECISIONS = {"bf16": "bfloat16", "f16": "float16", "f32": "float32"}


@dataclass(frozen=True, slots=True)
class Device:
    """A device that runs networks: `backend` uses the hardware called `name`; `note` says why.

    `id` is the backend's name for it. Unless `is_required`, the processor may replace it when it fails.
    """

    kind: Literal["cpu", "gpu"]
    backend: Literal["openvino", "keras"]
    id: str
    name: str
    note: Message
    is_required: bool = False


def choose_device(choice: DeviceChoice = "auto", job: Job | None = None) -> Device:
    """Return the device to use: for `auto` an NVIDIA card, an Intel card or the processor, in this order.

    The first call loads OpenVINO (about a second), and an NVIDIA card is probed by Keras in a child
    process. Raises `Problem` where `gpu` is requested but unavailable.
    """
    if choice == "cpu":
        return cpu_device("device.cpu_asked")
    nvidia = _find_nvidia_card()
    keras_backend = _keras_on_gpu(job or Job()) if nvidia else None
    if nvidia and keras_backend:
        note = Message("device.keras", {"name": nvidia, "backend": keras_backend})
        return Device("gpu", "keras", "gpu", nvidia, note, is_required=choice == "gpu")
    intel = _find_intel_card()
    # An integrated card shares the processor's memory and power, and may be slower.
    if intel and (choice == "gpu" or _is_discrete(intel)):
        name = _full_name(intel)
        note = Message("device.intel", {"name": name})
        return Device("gpu", "openvino", intel, name, note, is_required=choice == "gpu")
    if choice == "gpu":
        raise Problem("device.gpu_unusable", card=nvidia) if nvidia else Problem("device.no_gpu")
    if nvidia:
        return cpu_device("device.cpu_not_card", card=nvidia)
    if intel:
        return cpu_device("device.cpu_not_shared", card=_full_name(intel))
    return cpu_device("device.cpu")


def cpu_device(note_id: str, **reasons: str) -> Device:
    """Return the processor as a device; `note_id` is the message id of why it is used."""
    from engine.classify.openvino_library import inference_precision

    name = _full_name("CPU")
    params = {"name": name, "precision": _PRECISIONS[inference_precision("CPU")], **reasons}
    return Device("cpu", "openvino", "CPU", name, Message(note_id, params))


def _full_name(device: str) -> str:
    from engine.classify.openvino_library import openvino_core

    return " ".join(str(openvino_core().get_property(device, "FULL_DEVICE_NAME")).split())


def _find_intel_card() -> str | None:
    """Return OpenVINO's name of its best graphics card, or None."""
    from engine.classify.openvino_library import openvino_core

    cards = [name for name in openvino_core().available_devices if name.split(".")[0] == "GPU"]
    return max(cards, key=_is_discrete, default=None)


def _is_discrete(card: str) -> bool:
    from engine.classify.openvino_library import openvino_core

    return "DISCRETE" in str(openvino_core().get_property(card, "DEVICE_TYPE")).upper()


@cache
def _find_nvidia_card() -> str | None:
    """Return the name of the first NVIDIA card, or None; immediate where there is no driver."""
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return None
    try:
        answer = subprocess.run(
            [tool, "--query-gpu=name", "--format=csv,noheader"],
            capture_output=True,
            text=True,
            timeout=_SMI_SECONDS,
            check=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.SubprocessError):
        return None
    names = answer.stdout.strip().splitlines()
    return names[0].strip() if names else None


_keras_backend_cache: dict[str, str | None] = {}


def _keras_on_gpu(job: Job) -> str | None:
    """Return the name of Keras's backend if it has a graphics card, or None; probed only once."""
    if "backend" not in _keras_backend_cache:
        try:
            answer = run_child(job, "probe", {})
            _keras_backend_cache["backend"] = (
                str(answer["backend"]) if answer["device"] == "gpu" else None
            )
        except Problem:
            _keras_backend_cache["backend"] = None
    return _keras_backend_cache["backend"]
