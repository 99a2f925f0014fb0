"""The task `probe`: which backend Keras has here, and whether it sees a graphics card."""

from typing import Any

import keras

from engine.train.child.channel import Channel


def run(_request: dict[str, Any], _channel: Channel) -> dict[str, str]:
    """Return `backend` (tensorflow, jax or torch) and `device` (gpu or cpu)."""
    return {"backend": keras.backend.backend(), "device": device()}


def device() -> str:
    """Return `gpu` if the backend sees a graphics card, else `cpu`."""
    match keras.backend.backend():
        case "tensorflow":
            import tensorflow as tf

            seen = bool(tf.config.list_physical_devices("GPU"))
        case "jax":
            import jax

            seen = jax.default_backend() == "gpu"
        case _:
            import torch

            seen = torch.cuda.is_available()
    return "gpu" if seen else "cpu"
