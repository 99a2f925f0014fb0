"""Task `read`: an inference server for logits, embeddings and activation maps, until the parent ends."""

from pathlib import Path
from typing import Any

import keras
import numpy as np

from engine.child.channel import Channel
from engine.images.record import Pixels
from engine.train.child import weights
from engine.train.child.architectures import build_model, inference_model
from engine.train.child.probe import detect_device


def run(request: dict[str, Any], channel: Channel) -> None:
    """Load `weights` into an `architecture` of `size` and `classes` (a number), then answer requests.

    Sends `{"ready": True, "device": "gpu" | "cpu"}`, then answers each `{"read": key, "batch": uint8
    (n, size, size, 3)}` with `{"key", "logits", "embedding", "maps"}`, in order, float32. Never returns;
    ended by `Cancelled`.
    """
    size = int(request["size"])
    model = build_model(request["architecture"], size, int(request["classes"]))
    weights.load_weights(model, Path(request["weights"]))
    reader = inference_model(model)
    batch = int(request["batch"])
    # Traces the graph now, not with the first image.
    _infer(reader, np.zeros((1, size, size, 3), np.uint8), batch)
    channel.partial({"ready": True, "device": detect_device()})
    while True:
        message = channel.request()
        outputs = _infer(reader, message["batch"], batch)
        channel.partial({"key": message["read"], **outputs})


def _infer(reader: keras.Model, pixels: Pixels, batch: int) -> dict[str, Any]:
    # Padded to one shape, since each new shape would be traced and tuned again.
    missing = max(0, batch - len(pixels))
    padded = np.pad(pixels, ((0, missing), (0, 0), (0, 0), (0, 0)))
    # Converted to float on the device: uint8 is a quarter of the transfer.
    images = keras.ops.cast(keras.ops.convert_to_tensor(padded), "float32")
    outputs = reader.predict_on_batch(images)
    return {name: np.asarray(value)[: len(pixels)] for name, value in outputs.items()}
