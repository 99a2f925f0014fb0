"""Task `export`: a bundle's weights as a standalone Keras or ONNX file."""

from pathlib import Path
from typing import Any

import keras
import numpy as np

from engine.child.channel import Channel
from engine.images.record import Pixels
from engine.train.child import weights
from engine.train.child.architectures import build_model


def run(request: dict[str, Any], channel: Channel) -> dict[str, Any]:
    """Write the classifier to the file `out`, `kind` "keras" or "onnx", and open it again.

    Takes `architecture`, `size`, `classes` (a number), `weights` (a file), `temperature` and `images`
    (uint8, (n, size, size, 3)). The network in the file takes RGB 0-255 as float32 (n, size, size, 3) and
    returns calibrated probabilities (n, classes). Returns the `probabilities` of the images by the loaded
    Keras file; None for ONNX, which the caller checks.
    """
    size, classes = int(request["size"]), int(request["classes"])
    model = build_model(request["architecture"], size, classes)
    weights.load_weights(model, Path(request["weights"]))
    network = _with_probabilities(model, float(request["temperature"]))
    channel.progress(1, 3, "model_export.network")
    out = str(request["out"])
    if request["kind"] == "onnx":
        _make_constants(model)
        # The exporter requires a network that was called once.
        network(keras.ops.zeros((1, size, size, 3)))
        network.export(out, format="onnx", verbose=False)
        return {"probabilities": None}
    network.save(out)
    channel.progress(2, 3, "model_export.network")
    return {"probabilities": _predict(out, request["images"])}


def _make_constants(model: keras.Model) -> None:
    """Make the statistics of normalisation layers constants; the ONNX exporter makes inputs of tensors."""
    for layer in model.layers:
        if isinstance(layer, keras.layers.Normalization):
            layer.mean = keras.ops.convert_to_numpy(layer.mean)
            layer.variance = keras.ops.convert_to_numpy(layer.variance)


def _with_probabilities(model: keras.Model, temperature: float) -> keras.Model:
    scaled = keras.layers.Rescaling(1.0 / temperature, name="temperature")(model.output)
    probabilities = keras.layers.Softmax(name="probabilities")(scaled)
    return keras.Model(model.input, probabilities, name=model.name)


def _predict(file: str, images: Pixels) -> Any:
    # Safe mode, as a recipient would use: no code from the file runs.
    loaded = keras.saving.load_model(file, compile=False, safe_mode=True)
    return np.asarray(loaded.predict(images.astype(np.float32), verbose=0), np.float32)
