"""Shifted-product depthwise convolution equals Keras's own, forwards and backwards."""

import pytest
from child_helpers import run_script

pytestmark = pytest.mark.keras

SCRIPT = """
import json
import keras, numpy as np, tensorflow as tf
from engine.train.child.architectures import build_model
from engine.train.child.depthwise import ShiftedDepthwise, _is_plain

results = {}
for kernel, stride, padding in ((3, 1, "same"), (5, 1, "same"), (3, 2, "valid"), (5, 2, "valid")):
    image = keras.Input((13, 13, 6))
    layer = keras.layers.DepthwiseConv2D(kernel, stride, padding, use_bias=False)
    model = keras.Model(image, layer(image))
    x = tf.constant(np.random.default_rng(0).normal(size=(2, 13, 13, 6)).astype("float32"))
    seen = []
    assert _is_plain(layer)
    for kind in (keras.layers.DepthwiseConv2D, ShiftedDepthwise):
        layer.__class__ = kind
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = model(x)
            loss = tf.reduce_sum(y * tf.sin(y))
        seen.append([y, *tape.gradient(loss, [x, layer.kernel.value])])
    results[f"{kernel} {stride}"] = [float(np.abs(a - b).max()) for a, b in zip(*seen)]

layers = [one for one in build_model("efficientnet_b4", 64, 3).layers
          if type(one) is keras.layers.DepthwiseConv2D]
results["layers"] = [len(layers), sum(map(_is_plain, layers))]
results["biased"] = _is_plain(keras.layers.DepthwiseConv2D(3))
print(json.dumps(results))
"""


def test_shifted_products_equal_the_convolution():
    results = run_script(SCRIPT)
    assert results.pop("layers") == [32, 32]
    assert results.pop("biased") is False
    assert max(max(item) for item in results.values()) < 1e-4
