"""Weights as a plain npz: by name, kernels in half precision, nothing that runs when it is loaded."""

from pathlib import Path

import keras
import numpy as np
import numpy.typing as npt

from engine.messages import Problem


def save(model: keras.Model, path: Path) -> None:
    """Write all weights by their path in the model.

    Kernels are halved; vectors (biases, batch statistics) stay float32: they are small, and a
    variance may lie outside half precision's range.
    """
    arrays = {}
    for variable in model.weights:
        value = np.asarray(keras.ops.convert_to_numpy(variable.value), np.float32)
        arrays[variable.path] = value.astype(np.float16) if value.ndim > 1 else value
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)
    partial.replace(path)


def load(model: keras.Model, path: Path, *, skip_head: bool = False) -> None:
    """Set all weights from a file that `save` wrote for the same architecture.

    With `skip_head` the layer `classifier` keeps its own, for another set of classes. Raises
    `Problem` when a weight is missing or of another shape; then the model is left as it was.
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
            # It calculates with a copy that it made of these weights when it was built.
            layer.finalize_state()
