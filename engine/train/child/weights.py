"""Weights files: npz by variable path, kernels in half precision, no pickled code."""

from pathlib import Path

import keras
import numpy as np
import numpy.typing as npt

from engine.messages import Problem


def save_weights(model: keras.Model, path: Path) -> None:
    """Save all weights by variable path.

    Kernels are stored as float16; vectors (biases, batch statistics) as float32, as they are small and a
    variance may exceed the range of float16.
    """
    arrays = {}
    for variable in model.weights:
        value = np.asarray(keras.ops.convert_to_numpy(variable.value), np.float32)
        arrays[variable.path] = value.astype(np.float16) if value.ndim > 1 else value
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)
    partial.replace(path)


def load_weights(model: keras.Model, path: Path, *, skip_head: bool = False) -> None:
    """Load all weights from a file written by `save_weights` for the same architecture.

    With `skip_head` the layer `classifier` keeps its weights, for another set of classes. Raises `Problem`
    (`weights.mismatch`) if a weight is missing or has another shape; the model is then unchanged.
    """
    values: list[npt.NDArray[np.float32] | None] = []
    with np.load(path, allow_pickle=False) as arrays:
        for variable in model.weights:
            if skip_head and variable.path.startswith("classifier/"):
                values.append(None)
            elif variable.path not in arrays or arrays[variable.path].shape != variable.shape:
                raise Problem("weights.mismatch", file=path.name, weight=variable.path)
            else:
                values.append(arrays[variable.path].astype(np.float32))
    for variable, value in zip(model.weights, values, strict=True):
        if value is not None:
            variable.assign(value)
    for layer in model.layers:
        if isinstance(layer, keras.layers.Normalization):
            # It computes with a copy of these weights made when it was built.
            layer.finalize_state()
