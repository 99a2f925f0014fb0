"""Which processor reads the images, said in a way that a person can check."""

from dataclasses import dataclass
from typing import Literal

from engine.messages import Message

Asked = Literal["auto", "cpu", "gpu"]


@dataclass(frozen=True, slots=True)
class Device:
    """Where networks run: `backend` does it on hardware called `name`; `note` says so and why."""

    kind: Literal["cpu", "gpu"]
    backend: Literal["openvino", "keras"]
    name: str
    note: Message


def choose(asked: Asked = "auto") -> Device:
    """Return the device to read on."""
    from engine.classify.openvino_runtime import core

    name = core().get_property("CPU", "FULL_DEVICE_NAME")
    return Device("cpu", "openvino", name, Message("device.cpu"))
