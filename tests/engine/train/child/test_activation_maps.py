"""Activation maps of the forward pass, compared with Grad-CAM (Selvaraju et al. 2017)."""

import numpy as np
import pytest
from child_helpers import run_script

pytestmark = pytest.mark.keras

CLASSES = 8
SCRIPT = """
import os, sys
import keras, numpy as np, tensorflow as tf
from engine.train.child.architectures import batch_norm_layers, build_model, inference_model

file, architecture, size, classes = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
keras.utils.set_random_seed(3)
model = build_model(architecture, size, classes)
rng = np.random.default_rng(3)
# Random weights, so that all classes differ.
head = model.get_layer("classifier")
head.set_weights([rng.normal(0, 0.3, head.kernel.shape), rng.normal(0, 0.3, classes)])
images = rng.integers(0, 256, (3, size // 16, size // 16, 3)).repeat(16, 1).repeat(16, 2)
images = images.astype(np.float32)
# Statistics of the images; else a deep random network saturates.
for layer in batch_norm_layers(model):
    layer.momentum = 0
model(images, training=True)

# Grad-CAM: ReLU(sum_k a_k A_k) with a_k the mean gradient of the class logit.
split = keras.Model(model.input, [model.get_layer("embedding").input, model.output])
cams = []
for number in range(classes):
    with tf.GradientTape() as tape:
        activations, _ = split(images, training=False)
        tape.watch(activations)
        # The head again, from the watched tensor.
        logit = head(model.get_layer("embedding")(activations))[:, number]
    weights = tf.reduce_mean(tape.gradient(logit, activations), (1, 2), keepdims=True)
    cams.append(np.maximum(tf.reduce_sum(weights * activations, -1).numpy(), 0))

outputs = inference_model(model).predict(images, verbose=0)
np.savez(file, cams=np.stack(cams, -1), maps=outputs["maps"], logits=outputs["logits"],
         bias=head.get_weights()[1])
print("{}")
"""


@pytest.fixture(scope="module", params=[("efficientnet_b4", 128), ("mobilenet_v3_small", 160)])
def read(request, tmp_path_factory):
    """Return outputs of a model with random weights, and its Grad-CAM (n, h, w, classes)."""
    file = tmp_path_factory.mktemp("maps") / "read.npz"
    run_script(SCRIPT, file, *request.param, CLASSES)
    with np.load(file) as arrays:
        return dict(arrays)


def normalised(maps):
    peak = maps.max((-2, -1), keepdims=True)
    return np.divide(maps, peak, out=np.zeros_like(maps), where=peak > 0)


def test_maps_equal_grad_cam(read):
    compared = 0
    for number in range(CLASSES):
        expected = normalised(read["cams"][..., number])
        got = normalised(np.maximum(read["maps"][..., number], 0))
        np.testing.assert_allclose(got, expected, atol=1e-3)
        for item, other in zip(expected, got, strict=True):
            if item.std() > 0:
                assert np.corrcoef(item.ravel(), other.ravel())[0, 1] > 0.999
                compared += 1
    assert compared >= CLASSES


def test_logit_is_the_mean_of_the_map_plus_bias(read):
    means = read["maps"].mean((1, 2)) + read["bias"]
    np.testing.assert_allclose(means, read["logits"], rtol=1e-3, atol=1e-3)
