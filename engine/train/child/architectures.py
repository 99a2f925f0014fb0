"""Classifiers as Keras models: a backbone, a head, and a dense layer on the embedding."""

import keras

from engine.classify.architectures import find_architecture as described
from engine.messages import Problem
from engine.train.child.backbones import BACKBONES, PretrainedWeights
from engine.train.child.depthwise import use_shifted_depthwise
from engine.train.child.heads import HEADS, ClassMaps, head_kind


def build_model(
    architecture: str,
    size: int,
    classes: int,
    dropout: float = 0.2,
    start: PretrainedWeights = None,
) -> keras.Model:
    """Build a classifier: RGB 0-255 (n, size, size, 3) -> logits (n, classes).

    Layer `features` is the last feature map, `embedding` the input of the dense layer `classifier`. Raises
    `Problem` (`start.no_imagenet`) if there are no ImageNet weights.
    """
    # Keras numbers default layer names (`normalization_1`) across models; weights are stored by name.
    keras.utils.clear_session()
    kind = described(architecture)
    if start and not kind.has_imagenet_weights:
        raise Problem("start.no_imagenet", name=kind.name)
    backbone = BACKBONES[architecture](size, start)
    use_shifted_depthwise(backbone)
    # A fixed name, and float32 whatever the precision of the backbone.
    features = keras.layers.Activation("linear", name="features", dtype="float32")(backbone.output)
    embedding = HEADS[kind.head](features)
    dropped = keras.layers.Dropout(dropout, name="dropout")(embedding)
    logits = keras.layers.Dense(classes, name="classifier", dtype="float32")(dropped)
    return keras.Model(backbone.input, logits, name=architecture)


def inference_model(model: keras.Model) -> keras.Model:
    """Return a model on the same layers with outputs `logits`, `embedding` and `maps`.

    `maps` (n, h, w, classes) are gradient times activation, before the ReLU and without the bias; with
    average pooling `maps.mean((1, 2)) + bias == logits`.
    """
    features = model.get_layer("features").output
    embedding = model.get_layer("embedding").output
    head = head_kind(model)
    if head == "pooled":
        # The gradient is constant, so the map is a 1x1 convolution (CAM, Zhou et al. 2016).
        kernel, _ = model.get_layer("classifier").get_weights()
        to_maps = keras.layers.Conv2D(
            kernel.shape[1], 1, use_bias=False, name="maps", dtype="float32"
        )
        maps = to_maps(features)
        to_maps.set_weights([kernel[None, None]])
    else:
        hidden = [model.get_layer("hidden").output] if head == "dense" else []
        maps = ClassMaps(model)([features, *hidden, embedding])
    return keras.Model(model.input, {"logits": model.output, "embedding": embedding, "maps": maps})


def batch_norm_layers(model: keras.Model) -> list[keras.layers.BatchNormalization]:
    """Return the batch normalisation layers of a model."""
    return [layer for layer in model.layers if isinstance(layer, keras.layers.BatchNormalization)]
