"""Heads: from a feature map (n, h, w, k) to the embedding, and the class maps of each head.

Every head ends in dropout and a dense layer on an embedding. The map of class c is the gradient of its
logit times the activation, summed over channels at each position (HiResCAM, Draelos and Carin 2020). With
average pooling the gradient is the dense kernel for every image, so that this is Grad-CAM and CAM. The
other heads are short, so that their gradient is written out with plain operations: every backend and
OpenVINO compute it in the same forward pass. A test compares it with automatic differentiation.
"""

from typing import Any

import keras
from keras import ops

HIDDEN_UNITS = (512, 256)
"""Units of the dense layers of the head `dense`."""


class Positions(keras.layers.Layer):  # type: ignore[misc]  # Keras has no types
    """Learned position embedding for a fixed number of tokens."""

    def build(self, shape: tuple[int, ...]) -> None:
        """Create the table (tokens, depth)."""
        self.table = self.add_weight(shape=shape[1:], initializer="random_normal", name="table")

    def call(self, tokens: Any) -> Any:
        """Return tokens (n, tokens, depth) plus their position embedding."""
        return tokens + ops.cast(self.table, tokens.dtype)


class AttentionPooling(keras.layers.Layer):  # type: ignore[misc]
    """Attention pooling: average over positions, weighted by a learned direction (after Ilse et al. 2018)."""

    def build(self, shape: tuple[int, ...]) -> None:
        """Create the direction (k,)."""
        self.direction = self.add_weight(shape=shape[-1:], initializer="zeros", name="direction")

    def call(self, features: Any) -> Any:
        """Pool a feature map (n, h, w, k) to (n, k)."""
        _, height, width, depth = features.shape
        places = ops.reshape(features, (-1, height * width, depth))
        weights = ops.softmax(ops.matmul(places, ops.cast(self.direction, places.dtype)), axis=-1)
        return ops.sum(places * weights[..., None], axis=1)


def pooled_embedding(features: Any) -> Any:
    """Return the embedding by global average pooling."""
    return keras.layers.GlobalAveragePooling2D(name="embedding")(features)


def dense_embedding(features: Any) -> Any:
    """Return the embedding by two dense layers on the flattened map, as in VGG."""
    x = keras.layers.Flatten(name="flatten")(features)
    x = keras.layers.Dense(HIDDEN_UNITS[0], activation="relu", name="hidden")(x)
    return keras.layers.Dense(HIDDEN_UNITS[1], activation="relu", name="embedding")(x)


def attention_embedding(features: Any) -> Any:
    """Return the embedding by attention pooling."""
    return AttentionPooling(name="embedding")(features)


HEADS = {"pooled": pooled_embedding, "dense": dense_embedding, "attention": attention_embedding}


class ClassMaps(keras.layers.Layer):  # type: ignore[misc]
    """Class maps (n, h, w, c): gradient times activation for every class.

    Copies the weights of the layers of `model` and has none of its own.
    """

    def __init__(self, model: keras.Model) -> None:
        super().__init__(name="maps", dtype="float32", trainable=False)
        # Copied as arrays: the layer must not track the weights of other layers.
        self._kernel = _to_numpy(model.get_layer("classifier").kernel)
        self._dense = head_kind(model) == "dense"
        if self._dense:
            self._first = _to_numpy(model.get_layer("hidden").kernel)
            self._second = _to_numpy(model.get_layer("embedding").kernel)
        else:
            self._direction = _to_numpy(model.get_layer("embedding").direction)

    def call(self, inputs: list[Any]) -> Any:
        """Take [features, hidden values, embedding], the hidden values only for the head `dense`."""
        _, height, width, depth = inputs[0].shape
        places = ops.reshape(inputs[0], (-1, height * width, depth))
        maps = (self._dense_maps if self._dense else self._attention_maps)(places, *inputs[1:])
        return ops.reshape(maps, (-1, height, width, self._kernel.shape[-1]))

    def _dense_maps(self, places: Any, first: Any, second: Any) -> Any:
        # Backpropagation through both layers, with the ReLUs as masks. The features come last, so that
        # no array is larger than the layers' kernels.
        gradient = ops.cast(second > 0, "float32")[..., None] * self._kernel
        gradient = ops.matmul(self._second, gradient) * ops.cast(first > 0, "float32")[..., None]
        _, count, depth = places.shape
        kernel = ops.reshape(self._first, (count, depth, -1))
        return ops.matmul(ops.einsum("npk,pkd->npd", places, kernel), gradient)

    def _attention_maps(self, places: Any, embedding: Any) -> Any:
        # With a = softmax(x v), z = sum a_i x_i and logit = w z:
        # d logit / d x_i = a_i w + a_i (w x_i - w z) v.
        scores = ops.matmul(places, self._direction)
        weights = ops.softmax(scores, axis=-1)[..., None]
        logits_at_places = ops.matmul(places, self._kernel)
        pooled_logits = ops.matmul(embedding, self._kernel)[:, None]
        return weights * (logits_at_places + (logits_at_places - pooled_logits) * scores[..., None])


def head_kind(model: keras.Model) -> str:
    """Return the name in `HEADS` of a classifier's head."""
    layer = model.get_layer("embedding")
    if isinstance(layer, AttentionPooling):
        return "attention"
    return "dense" if isinstance(layer, keras.layers.Dense) else "pooled"


def _to_numpy(variable: Any) -> Any:
    return ops.convert_to_numpy(variable.value).astype("float32")
