"""The networks, as Keras models: a backbone, a head, and one dense layer on the embedding."""

import keras

from engine.classify.architectures import architecture as described
from engine.messages import Problem
from engine.train.child.backbones import BACKBONES, Start
from engine.train.child.depthwise import suit_to_card
from engine.train.child.heads import HEADS, ClassMaps, head_of


def build(
    architecture: str, size: int, classes: int, dropout: float = 0.2, start: Start = None
) -> keras.Model:
    """Return the classifier: RGB 0-255 (n, size, size, 3) -> logits (n, classes).

    Layer `features` is the last feature map, `embedding` what the dense layer `classifier` reads. Raises
    `Problem` where there are no ImageNet weights.
    """
    # Keras numbers layers by what was built before (`normalization_1`); weights go by name, so a name
    # may not depend on that.
    keras.utils.clear_session()
    kind = described(architecture)
    if start and not kind.imagenet:
        raise Problem("start.no_imagenet", name=kind.name)
    backbone = BACKBONES[architecture](size, start)
    suit_to_card(backbone)
    # By a name of its own, and whole numbers whatever the backbone calculates in.
    features = keras.layers.Activation("linear", name="features", dtype="float32")(backbone.output)
    embedding = HEADS[kind.head](features)
    dropped = keras.layers.Dropout(dropout, name="dropout")(embedding)
    logits = keras.layers.Dense(classes, name="classifier", dtype="float32")(dropped)
    return keras.Model(backbone.input, logits, name=architecture)


def reading_model(model: keras.Model) -> keras.Model:
    """Return a model of the same layers with outputs `logits`, `embedding` and `maps`.

    `maps` (n, h, w, classes) are gradient times activation, before the ReLU and without the bias; behind
    average pooling `maps.mean((1, 2)) + bias == logits`.
    """
    features = model.get_layer("features").output
    embedding = model.get_layer("embedding").output
    head = head_of(model)
    if head == "pooled":
        # The same for every place and image: a 1x1 convolution (Zhou et al. 2016).
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


def batch_norms(model: keras.Model) -> list[keras.layers.BatchNormalization]:
    """Return all batch normalisation layers of a model."""
    return [layer for layer in model.layers if isinstance(layer, keras.layers.BatchNormalization)]
