"""The task `read`: give logits, embeddings and activation maps of batches until the parent goes away."""

from pathlib import Path
from typing import Any

import keras
import numpy as np

from engine.images.record import Pixels
from engine.train.child import weights
from engine.train.child.architectures import build, reading_model
from engine.train.child.channel import Channel
from engine.train.child.probe import device


def run(request: dict[str, Any], channel: Channel) -> None:
    """Load `weights` into an `architecture` of `size` and `classes` (a number), then read.

    First says `{"ready": True, "device": "gpu" | "cpu"}`; then answers each `{"read": key, "batch":
    uint8 (n, size, size, 3)}` with `{"key", "logits", "embedding", "maps"}`, in order, float32. Never
    returns: `Cancelled` ends it.
    """
    size = int(request["size"])
    model = build(request["architecture"], size, int(request["classes"]))
    weights.load(model, Path(request["weights"]))
    reader = reading_model(model)
    batch = int(request["batch"])
    # The graph is made here, not while the first image is waited for.
    _read(reader, np.zeros((1, size, size, 3), np.uint8), batch)
    channel.partial({"ready": True, "device": device()})
    while True:
        message = channel.request()
        outputs = _read(reader, message["batch"], batch)
        channel.partial({"key": message["read"], **outputs})


def _read(reader: keras.Model, pixels: Pixels, batch: int) -> dict[str, Any]:
    # One shape, whatever comes: another one would be traced, and tuned for, anew.
    missing = max(0, batch - len(pixels))
    padded = np.pad(pixels, ((0, missing), (0, 0), (0, 0), (0, 0)))
    # Made floats over there: bytes are a quarter of the way to the card.
    images = keras.ops.cast(keras.ops.convert_to_tensor(padded), "float32")
    outputs = reader.predict_on_batch(images)
    return {name: np.asarray(value)[: len(pixels)] for name, value in outputs.items()}
