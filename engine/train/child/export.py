"""The task `export`: a bundle's weights as one file that Keras or an ONNX runtime opens by itself."""

from pathlib import Path
from typing import Any

import keras
import numpy as np

from engine.images.record import Pixels
from engine.train.child import weights
from engine.train.child.architectures import build
from engine.train.child.channel import Channel


def run(request: dict[str, Any], channel: Channel) -> dict[str, Any]:
    """Write the classifier to the file `out`, `kind` "keras" or "onnx", and open it again.

    Takes `architecture`, `size`, `classes` (a number), `weights` (a file), `temperature` and `images`
    (uint8, (n, size, size, 3)). The file's network takes RGB 0-255 as float32 (n, size, size, 3) and
    gives calibrated probabilities (n, classes). Returns the `probabilities` of the images that the
    Keras file gives after it was loaded, and None for ONNX, which has readers of its own.
    """
    size, classes = int(request["size"]), int(request["classes"])
    model = build(request["architecture"], size, classes)
    weights.load(model, Path(request["weights"]))
    network = _with_probabilities(model, float(request["temperature"]))
    channel.progress(1, 3, "model_export.network")
    out = str(request["out"])
    if request["kind"] == "onnx":
        # The exporter wants a network that was used.
        network(keras.ops.zeros((1, size, size, 3)))
        network.export(out, format="onnx", verbose=False)
        return {"probabilities": None}
    network.save(out)
    channel.progress(2, 3, "model_export.network")
    return {"probabilities": _predict(out, request["images"])}


def _with_probabilities(model: keras.Model, temperature: float) -> keras.Model:
    cooled = keras.layers.Rescaling(1.0 / temperature, name="temperature")(model.output)
    probabilities = keras.layers.Softmax(name="probabilities")(cooled)
    return keras.Model(model.input, probabilities, name=model.name)


def _predict(file: str, images: Pixels) -> Any:
    # As whoever gets it will: no code of the file runs.
    loaded = keras.saving.load_model(file, compile=False, safe_mode=True)
    return np.asarray(loaded.predict(images.astype(np.float32), verbose=0), np.float32)
