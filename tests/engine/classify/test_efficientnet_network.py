"""Networks of EfficientNets built from weights: equal to Keras, checked, without a child process."""

import numpy as np
import pytest
from child_helpers import write_small_model

from engine.classify.bundle import CHECK_FILE, NETWORK_FILE, WEIGHTS_FILE
from engine.classify.efficientnet_network import build_network
from engine.classify.network_check import check_logits
from engine.classify.openvino_library import import_openvino
from engine.classify.openvino_network import write_efficientnet
from engine.messages import Problem

pytestmark = pytest.mark.keras

CLASSES = 3


@pytest.fixture(
    scope="module",
    params=[("efficientnet_lite0", 33), ("efficientnet_b4", 64)],
    ids=lambda param: f"{param[0]}-{param[1]}",
)
def model(request, tmp_path_factory):
    """Return architecture, size and folder of a random network with outputs of Keras."""
    architecture, size = request.param
    folder = tmp_path_factory.mktemp("model")
    write_small_model(folder, size, CLASSES, architecture)
    return architecture, size, folder


def run(architecture, size, folder, images):
    with np.load(folder / WEIGHTS_FILE) as arrays:
        network = build_network(architecture, size, dict(arrays))
    settings = {"INFERENCE_PRECISION_HINT": "f32"}
    return import_openvino().Core().compile_model(network, "CPU", settings)(images)


def test_the_logits_are_those_of_keras(model, tmp_path):
    architecture, size, folder = model
    write_efficientnet(architecture, size, folder / WEIGHTS_FILE, tmp_path)
    with np.load(folder / CHECK_FILE) as check:
        images, expected = check["images"], check["logits"]
    check_logits(tmp_path / NETWORK_FILE, images, expected)
    # Before folded weights are stored in half precision, nothing differs.
    logits = run(architecture, size, folder, images)["logits"]
    assert np.allclose(logits, expected, atol=1e-4 * np.abs(expected).max())
    assert (
        np.ptp(expected, axis=0).max() > 0.1
    )  # The images differ, so that agreement means something.
    with pytest.raises(Problem) as problem:
        check_logits(tmp_path / NETWORK_FILE, images, expected, -expected)
    assert problem.value.message.id == "convert.differs"


def test_maps_average_to_the_logits(model):
    architecture, size, folder = model
    with np.load(folder / WEIGHTS_FILE) as arrays:
        weights = dict(arrays)
    images = np.random.default_rng(1).integers(0, 256, (2, size, size, 3), np.uint8)
    outputs = run(architecture, size, folder, images)
    maps, logits = outputs["maps"], outputs["logits"]
    assert maps.shape[0] == 2
    assert maps.shape[3] == CLASSES
    means = maps.mean((1, 2)) + weights["classifier/bias"]
    assert np.allclose(means, logits, atol=1e-3 * max(1, np.abs(logits).max()))
    kernel = weights["classifier/kernel"].astype(np.float32)
    embedding = outputs["embedding"]
    assert np.allclose(embedding @ kernel + weights["classifier/bias"], logits, atol=1e-3)


def test_weights_of_another_network_are_refused(model, tmp_path):
    architecture, size, folder = model
    other = "efficientnet_lite2" if architecture == "efficientnet_lite0" else "efficientnet_lite0"
    with pytest.raises(Problem) as problem:
        write_efficientnet(other, size, folder / WEIGHTS_FILE, tmp_path)
    assert problem.value.message.id == "weights.mismatch"
