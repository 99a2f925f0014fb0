"""Which processor reads the images, said in a way that a person can check."""

import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from typing import Literal

from engine.jobs import Job
from engine.messages import Message, Problem
from engine.processes import run_child

Asked = Literal["auto", "cpu", "gpu"]

_SMI_SECONDS = 5.0
_PRECISIONS = {"bf16": "bfloat16", "f16": "float16", "f32": "float32"}


@dataclass(frozen=True, slots=True)
class Device:
    """Where networks run: `backend` does it on hardware called `name`; `note` says so and why.

    `id` is the backend's own name of it. Where `insisted` is false the processor may stand in for it.
    """

    kind: Literal["cpu", "gpu"]
    backend: Literal["openvino", "keras"]
    id: str
    name: str
    note: Message
    insisted: bool = False


def choose(asked: Asked = "auto", job: Job | None = None) -> Device:
    """Return the device to read on: for `auto` an NVIDIA card, an Intel card, or the processor.

    Quick, but for two cases: the first call loads OpenVINO (about a second), and an NVIDIA card is
    asked of Keras in a child process. Raises `Problem` where `gpu` is asked for and cannot be had.
    """
    if asked == "cpu":
        return processor("device.cpu_asked")
    card = _nvidia()
    backend = _keras_on_gpu(job or Job()) if card else None
    if card and backend:
        note = Message("device.keras", {"name": card, "backend": backend})
        return Device("gpu", "keras", "gpu", card, note, insisted=asked == "gpu")
    intel = _intel()
    # One that is part of the processor shares its memory and power, and may well be slower.
    if intel and (asked == "gpu" or _discrete(intel)):
        name = _full_name(intel)
        note = Message("device.intel", {"name": name})
        return Device("gpu", "openvino", intel, name, note, insisted=asked == "gpu")
    if asked == "gpu":
        raise Problem("device.gpu_unusable", card=card) if card else Problem("device.no_gpu")
    if card:
        return processor("device.cpu_not_card", card=card)
    if intel:
        return processor("device.cpu_not_shared", card=_full_name(intel))
    return processor("device.cpu")


def processor(note: str, **why: str) -> Device:
    """Return the computer's processor, with the id of what to say of it and why it is used."""
    from engine.classify.openvino_runtime import precision

    name = _full_name("CPU")
    params = {"name": name, "precision": _PRECISIONS[precision("CPU")], **why}
    return Device("cpu", "openvino", "CPU", name, Message(note, params))


def _full_name(device: str) -> str:
    from engine.classify.openvino_runtime import core

    return " ".join(str(core().get_property(device, "FULL_DEVICE_NAME")).split())


def _intel() -> str | None:
    """Return OpenVINO's name of the best graphics card it has, or None."""
    from engine.classify.openvino_runtime import core

    cards = [name for name in core().available_devices if name.split(".")[0] == "GPU"]
    return max(cards, key=_discrete, default=None)


def _discrete(card: str) -> bool:
    from engine.classify.openvino_runtime import core

    return "DISCRETE" in str(core().get_property(card, "DEVICE_TYPE")).upper()


@cache
def _nvidia() -> str | None:
    """Return the name of the first NVIDIA card, or None; takes no time where there is no driver."""
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


_keras_says: dict[str, str | None] = {}


def _keras_on_gpu(job: Job) -> str | None:
    """Return the name of Keras's backend if it sees a graphics card, or None; asked only once."""
    if "backend" not in _keras_says:
        try:
            answer = run_child(job, "probe", {})
            _keras_says["backend"] = str(answer["backend"]) if answer["device"] == "gpu" else None
        except Problem:
            _keras_says["backend"] = None
    return _keras_says["backend"]
