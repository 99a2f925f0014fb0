"""Backbones as Keras models: RGB 0-255 in, a feature map out.

Each includes the pixel scaling that the ImageNet weights of its family expect.
"""

from collections.abc import Callable
from typing import Any, Literal

import keras

from engine.train.child.efficientnet_lite import efficientnet_lite0, efficientnet_lite2
from engine.train.child.heads import Positions

PretrainedWeights = Literal["imagenet"] | None
Backbone = Callable[[int, PretrainedWeights], keras.Model]

_IMAGENET_MEAN = (0.485, 0.456, 0.406)
_IMAGENET_DEVIATION = (0.229, 0.224, 0.225)


def simple_cnn(size: int, _start: PretrainedWeights) -> keras.Model:
    """Return four convolutions with pooling between them."""
    image, x = _scaled_input(size)
    for number, filters in enumerate((32, 64, 128, 128), 1):
        x = _conv_bn_relu(x, filters, f"conv{number}")
        if number < 4:
            x = keras.layers.MaxPooling2D(name=f"pool{number}")(x)
    return keras.Model(image, x, name="simple_cnn")


def vgg_half(size: int, _start: PretrainedWeights) -> keras.Model:
    """Return VGG16's thirteen convolutions (Simonyan and Zisserman 2015) with half their filters."""
    image, x = _scaled_input(size)
    for block, (repeats, filters) in enumerate(((2, 32), (2, 64), (3, 128), (3, 256), (3, 256)), 1):
        for number in range(1, repeats + 1):
            x = _conv_bn_relu(x, filters, f"block{block}_conv{number}")
        x = keras.layers.MaxPooling2D(name=f"block{block}_pool")(x)
    return keras.Model(image, x, name="vgg_half")


def mobilenet_v3_small(size: int, start: PretrainedWeights) -> keras.Model:
    """Return MobileNetV3Small (Howard et al. 2019)."""
    backbone = keras.applications.MobileNetV3Small(
        include_top=False,
        weights=start,
        input_shape=(size, size, 3),
        include_preprocessing=True,
        name="mobilenet_v3_small",
    )
    # Keras uses 0.999, with which the moving statistics lag behind the weights for over ten epochs.
    for layer in backbone.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.momentum = 0.99
    return backbone


def resnet101(size: int, start: PretrainedWeights) -> keras.Model:
    """Return ResNet101 (He et al. 2016)."""
    image = keras.Input((size, size, 3))
    # Weights converted from Caffe: BGR, mean subtracted, not scaled.
    centred = keras.layers.Normalization(mean=(123.68, 116.779, 103.939), variance=(1, 1, 1))(image)
    x = centred[..., ::-1]
    return keras.applications.ResNet101(
        include_top=False, weights=start, input_tensor=x, name="resnet101"
    )


def densenet169(size: int, start: PretrainedWeights) -> keras.Model:
    """Return DenseNet169 (Huang et al. 2017)."""
    _image, x = _scaled_input(size)
    x = keras.layers.Normalization(
        mean=_IMAGENET_MEAN, variance=[d * d for d in _IMAGENET_DEVIATION]
    )(x)
    return keras.applications.DenseNet169(
        include_top=False, weights=start, input_tensor=x, name="densenet169"
    )


def efficientnet_b4(size: int, start: PretrainedWeights) -> keras.Model:
    """Return EfficientNetB4 (Tan and Le 2019)."""
    # Rescaling and normalisation are included. `weights` must not be a path: Keras would then leave out
    # a layer that its ImageNet weights expect and load them with the wrong input scale.
    return keras.applications.EfficientNetB4(
        include_top=False, weights=start, input_shape=(size, size, 3), name="efficientnet_b4"
    )


def hybrid_vit(size: int, _start: PretrainedWeights) -> keras.Model:
    """Return a small hybrid: four strided convolutions, then four transformer blocks on their grid.

    Convolutions instead of patches (Xiao et al. 2021, "Early convolutions help transformers see
    better"), blocks with the normalisation first (Dosovitskiy et al. 2021).
    """
    image, x = _scaled_input(size)
    for number, filters in enumerate((24, 48, 96, 192), 1):
        x = keras.layers.Conv2D(
            filters, 3, strides=2, padding="same", use_bias=False, name=f"stem{number}"
        )(x)
        x = keras.layers.BatchNormalization(momentum=0.99, name=f"stem{number}_bn")(x)
        x = keras.layers.Activation("relu", name=f"stem{number}_relu")(x)
    _, height, width, depth = x.shape
    tokens = keras.layers.Reshape((height * width, depth), name="tokens")(x)
    tokens = Positions(name="positions")(tokens)
    for number in range(1, 5):
        tokens = _transformer_block(tokens, depth, f"block{number}")
    tokens = keras.layers.LayerNormalization(epsilon=1e-6, name="norm")(tokens)
    grid = keras.layers.Reshape((height, width, depth), name="grid")(tokens)
    return keras.Model(image, grid, name="hybrid_vit")


BACKBONES: dict[str, Backbone] = {
    backbone.__name__: backbone
    for backbone in (
        simple_cnn,
        vgg_half,
        mobilenet_v3_small,
        resnet101,
        densenet169,
        efficientnet_b4,
        efficientnet_lite0,
        efficientnet_lite2,
        hybrid_vit,
    )
}
"""Backbones by architecture id."""


def _scaled_input(size: int) -> tuple[Any, Any]:
    image = keras.Input((size, size, 3))
    return image, keras.layers.Rescaling(1 / 255)(image)


def _conv_bn_relu(x: Any, filters: int, name: str) -> Any:
    # With batch normalisation, unlike the originals: without it thirteen layers hardly train from scratch.
    x = keras.layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name)(x)
    x = keras.layers.BatchNormalization(momentum=0.99, name=f"{name}_bn")(x)
    return keras.layers.Activation("relu", name=f"{name}_relu")(x)


def _transformer_block(tokens: Any, depth: int, name: str) -> Any:
    normed = keras.layers.LayerNormalization(epsilon=1e-6, name=f"{name}_norm1")(tokens)
    attended = keras.layers.MultiHeadAttention(3, depth // 3, name=f"{name}_attention")(
        normed, normed
    )
    tokens = keras.layers.Add(name=f"{name}_add1")([tokens, attended])
    normed = keras.layers.LayerNormalization(epsilon=1e-6, name=f"{name}_norm2")(tokens)
    hidden = keras.layers.Dense(2 * depth, activation="gelu", name=f"{name}_dense1")(normed)
    projected = keras.layers.Dense(depth, name=f"{name}_dense2")(hidden)
    return keras.layers.Add(name=f"{name}_add2")([tokens, projected])
