"""Task `probe`: the Keras backend and its device."""

from typing import Any

import keras

from engine.child.channel import Channel


def run(_request: dict[str, Any], _channel: Channel) -> dict[str, str]:
    """Return `backend` (tensorflow, jax or torch) and `device` (gpu or cpu)."""
    return {"backend": keras.backend.backend(), "device": detect_device()}


def detect_device() -> str:
    """Return `gpu` if the backend has a GPU, else `cpu`."""
    match keras.backend.backend():
        case "tensorflow":
            import tensorflow as tf

            has_gpu = bool(tf.config.list_physical_devices("GPU"))
        case "jax":
            import jax

            has_gpu = jax.default_backend() == "gpu"
        case _:
            import torch

            has_gpu = torch.cuda.is_available()
    return "gpu" if has_gpu else "cpu"
