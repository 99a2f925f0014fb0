"""The maps of one forward pass, held against Grad-CAM by gradients (Selvaraju et al. 2017)."""

import numpy as np
import pytest

pytestmark = pytest.mark.keras

CLASSES = 8


@pytest.fixture(scope="module", params=[("efficientnet_b4", 128), ("mobilenet_v3_small", 160)])
def network(request):
    """Return a model of random weights and random batch statistics, so that no class looks alike."""
    import keras

    from engine.train.child.architectures import batch_norms, build

    keras.utils.set_random_seed(3)
    architecture, size = request.param
    model = build(architecture, size, CLASSES)
    rng = np.random.default_rng(3)
    model.get_layer("classifier").set_weights(
        [
            rng.normal(0, 0.3, model.get_layer("classifier").kernel.shape),
            rng.normal(0, 0.3, CLASSES),
        ]
    )
    images = rng.integers(0, 256, (3, size // 16, size // 16, 3)).repeat(16, 1).repeat(16, 2)
    images = images.astype(np.float32)
    # Let the statistics be those of the images, or a deep random network saturates.
    for layer in batch_norms(model):
        layer.momentum = 0
    model(images, training=True)
    return model, images


def gradcam(model, images, number):
    """Return ReLU(sum_k a_k A_k) with a_k the mean gradient of the class logit: (n, h, w)."""
    import keras
    import tensorflow as tf

    features = model.get_layer("embedding").input
    split = keras.Model(model.input, [features, model.output])
    with tf.GradientTape() as tape:
        activations, _ = split(images, training=False)
        tape.watch(activations)
        # The head again, from the watched tensor.
        pooled = model.get_layer("embedding")(activations)
        logit = model.get_layer("classifier")(pooled)[:, number]
    weights = tf.reduce_mean(tape.gradient(logit, activations), (1, 2), keepdims=True)
    return np.maximum(tf.reduce_sum(weights * activations, -1).numpy(), 0)


def normalised(maps):
    peak = maps.max((-2, -1), keepdims=True)
    return np.divide(maps, peak, out=np.zeros_like(maps), where=peak > 0)


def test_maps_equal_gradcam_by_gradients(network):
    from engine.train.child.architectures import reading_model

    model, images = network
    maps = np.maximum(reading_model(model).predict(images, verbose=0)["maps"], 0)
    compared = 0
    for number in range(CLASSES):
        expected = normalised(gradcam(model, images, number))
        got = normalised(maps[..., number])
        np.testing.assert_allclose(got, expected, atol=1e-3)
        for one, other in zip(expected, got, strict=True):
            if one.std() > 0:
                assert np.corrcoef(one.ravel(), other.ravel())[0, 1] > 0.999
                compared += 1
    assert compared >= CLASSES


def test_the_mean_of_a_map_and_the_bias_are_the_logit(network):
    from engine.train.child.architectures import reading_model

    model, images = network
    outputs = reading_model(model).predict(images, verbose=0)
    bias = model.get_layer("classifier").get_weights()[1]
    np.testing.assert_allclose(
        outputs["maps"].mean((1, 2)) + bias, outputs["logits"], rtol=1e-3, atol=1e-3
    )
