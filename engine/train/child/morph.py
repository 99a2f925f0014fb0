"""Activation morph: gradual change of a grown network's activations from ReLU6 to swish.

With ReLU6 instead of swish a grown network computes exactly the same as its donor; at the end of the morph
it is a plain EfficientNet.
"""

from typing import Any

import keras
from keras import ops

from engine.messages import Problem


class ActivationMorph(keras.callbacks.Callback):  # type: ignore[misc]  # Keras has no types
    """Replace swish by `share * swish + (1 - share) * ReLU6`, with `share` growing from 0 to 1.

    `steps` is the number of batches this takes, `done` that of the batches of earlier phases and epochs.
    Raises `Problem` (`recipe.morph_backend`) on JAX, which would compile in the first share as a constant.
    """

    def __init__(self, model: keras.Model, steps: int, done: int) -> None:
        super().__init__()
        if keras.backend.backend() == "jax":
            raise Problem("recipe.morph_backend")
        self._steps, self._done = max(1, steps), done
        self.share = keras.Variable(min(1.0, done / self._steps), trainable=False, dtype="float32")
        for layer in model.layers:
            if isinstance(layer, keras.layers.Activation) and _is_swish(layer):
                layer.activation = self._mixed_activation

    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
        if self._done <= self._steps:
            self.share.assign(min(1.0, self._done / self._steps))
        self._done += 1

    def _mixed_activation(self, x: Any) -> Any:
        share = ops.cast(self.share, x.dtype)
        clipped = ops.relu6(x)
        return clipped + share * (ops.silu(x) - clipped)


def _is_swish(layer: keras.layers.Activation) -> bool:
    return layer.activation in (keras.activations.silu, keras.activations.swish)
