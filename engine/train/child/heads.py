"""From a feature map (n, h, w, k) to the embedding, and the class maps that belong to each way.

Every head ends in dropout and one dense layer on an embedding. The map of class c is the gradient of
its logit times the activation, summed over channels, place by place (HiResCAM, Draelos and Carin 2020).
Behind average pooling that is Grad-CAM and the class activation map: the dense kernel, whatever the
image. The other heads are short, so their gradient is written out here with plain operations: any
backend and OpenVINO run it in the one forward pass, and a test holds it against real gradients.
"""

from typing import Any

import keras
from keras import ops

HIDDEN = (512, 256)
"""Width of the dense layers of the head `dense`."""


class Positions(keras.layers.Layer):  # type: ignore[misc]  # Keras has no types
    """Add to each token of a fixed number what place it stands for."""

    def build(self, shape: tuple[int, ...]) -> None:
        """Make the table (tokens, depth)."""
        self.table = self.add_weight(shape=shape[1:], initializer="random_normal", name="table")

    def call(self, tokens: Any) -> Any:
        """Return tokens (n, tokens, depth) with their places."""
        return tokens + ops.cast(self.table, tokens.dtype)


class AttentionPooling(keras.layers.Layer):  # type: ignore[misc]
    """Average over places, weighted by a learned direction (after Ilse et al. 2018)."""

    def build(self, shape: tuple[int, ...]) -> None:
        """Make the direction (k,)."""
        self.direction = self.add_weight(shape=shape[-1:], initializer="zeros", name="direction")

    def call(self, features: Any) -> Any:
        """Return (n, k)."""
        _, height, width, depth = features.shape
        places = ops.reshape(features, (-1, height * width, depth))
        weights = ops.softmax(ops.matmul(places, ops.cast(self.direction, places.dtype)), axis=-1)
        return ops.sum(places * weights[..., None], axis=1)


def pooled(features: Any) -> Any:
    """Return the embedding by global average pooling."""
    return keras.layers.GlobalAveragePooling2D(name="embedding")(features)


def dense(features: Any) -> Any:
    """Return the embedding by two dense layers on all places, as VGG has them."""
    x = keras.layers.Flatten(name="flatten")(features)
    x = keras.layers.Dense(HIDDEN[0], activation="relu", name="hidden")(x)
    return keras.layers.Dense(HIDDEN[1], activation="relu", name="embedding")(x)


def attention(features: Any) -> Any:
    """Return the embedding by attention pooling."""
    return AttentionPooling(name="embedding")(features)


HEADS = {"pooled": pooled, "dense": dense, "attention": attention}


class ClassMaps(keras.layers.Layer):  # type: ignore[misc]
    """Gradient times activation for every class: (n, h, w, c) of the feature map and hidden values.

    Reads the layers of `model` and has no weights of its own.
    """

    def __init__(self, model: keras.Model) -> None:
        super().__init__(name="maps", dtype="float32", trainable=False)
        # Read once, as numbers: the layer must not own the weights of others.
        self._kernel = _numbers(model.get_layer("classifier").kernel)
        self._dense = head_of(model) == "dense"
        if self._dense:
            self._first = _numbers(model.get_layer("hidden").kernel)
            self._second = _numbers(model.get_layer("embedding").kernel)
        else:
            self._direction = _numbers(model.get_layer("embedding").direction)

    def call(self, inputs: list[Any]) -> Any:
        """Take [features, hidden values, embedding], the hidden values only for the head `dense`."""
        _, height, width, depth = inputs[0].shape
        places = ops.reshape(inputs[0], (-1, height * width, depth))
        maps = (self._of_dense if self._dense else self._of_attention)(places, *inputs[1:])
        return ops.reshape(maps, (-1, height, width, self._kernel.shape[-1]))

    def _of_dense(self, places: Any, first: Any, second: Any) -> Any:
        # Backwards through both layers, with the ReLUs as masks; the features last, so that no array
        # is larger than the layers themselves.
        back = ops.cast(second > 0, "float32")[..., None] * self._kernel
        back = ops.matmul(self._second, back) * ops.cast(first > 0, "float32")[..., None]
        _, count, depth = places.shape
        kernel = ops.reshape(self._first, (count, depth, -1))
        return ops.matmul(ops.einsum("npk,pkd->npd", places, kernel), back)

    def _of_attention(self, places: Any, embedding: Any) -> Any:
        # With a = softmax(x v), z = sum a_i x_i and logit = w z:
        # d logit / d x_i = a_i w + a_i (w x_i - w z) v.
        scores = ops.matmul(places, self._direction)
        weights = ops.softmax(scores, axis=-1)[..., None]
        speaks = ops.matmul(places, self._kernel)
        whole = ops.matmul(embedding, self._kernel)[:, None]
        return weights * (speaks + (speaks - whole) * scores[..., None])


def head_of(model: keras.Model) -> str:
    """Return which of `HEADS` a classifier has."""
    layer = model.get_layer("embedding")
    if isinstance(layer, AttentionPooling):
        return "attention"
    return "dense" if isinstance(layer, keras.layers.Dense) else "pooled"


def _numbers(variable: Any) -> Any:
    return ops.convert_to_numpy(variable.value).astype("float32")
