"""Every architecture on small images: maps compared with gradients, logits with OpenVINO.

Three in every run, all with `-m every_network` (docs/training.md).
"""

import pytest
from child_helpers import run_script

from engine.classify.architectures import ARCHITECTURES

SCRIPT = """
import io, json, os, sys
from pathlib import Path
import numpy as np, keras, tensorflow as tf
from engine.train.child import convert, weights
from engine.train.child.architectures import build_model, inference_model
from engine.child.channel import Channel

requests, _unwritten = os.pipe()
channel = Channel(os.fdopen(requests, "rb"), io.BytesIO())
results = {}
for name in sys.argv[2:]:
    keras.utils.set_random_seed(3)
    model = build_model(name, 64, 3)
    rng = np.random.default_rng(3)
    for layer in ("classifier", "embedding"):
        layer = model.get_layer(layer)
        layer.set_weights([rng.normal(0, 0.3, one.shape) for one in layer.get_weights()])
    folder = Path(sys.argv[1], name)
    folder.mkdir()
    weights.save_weights(model, folder / "weights.npz")
    weights.load_weights(model, folder / "weights.npz")
    images = rng.integers(0, 256, (3, 4, 4, 3), np.uint8).repeat(16, 1).repeat(16, 2)
    request = {"architecture": name, "size": 64, "classes": 3,
               "weights": str(folder / "weights.npz"), "out": str(folder), "images": images}
    difference = convert.run(request, channel)["largest_difference"]
    features = keras.Model(model.input, model.get_layer("features").output)(images * 1.0)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(features)
        x, on = features, False
        for layer in model.layers:
            if on and layer.name != "dropout":
                x = layer(x)
            on |= layer.name == "features"
        logits = [x[:, one] for one in range(3)]
    real = np.stack([(tape.gradient(one, features) * features).numpy().sum(-1) for one in logits], -1)
    maps = inference_model(model).predict(images * 1.0, verbose=0)["maps"]
    pixels = maps.shape[1] * maps.shape[2] if model.get_layer("embedding").name == "embedding" and \
        isinstance(model.get_layer("embedding"), keras.layers.GlobalAveragePooling2D) else 1
    results[name] = [difference, float(np.abs(real * pixels - maps).max() / np.abs(maps).max()),
        list(maps.shape)]
print(json.dumps(results))
"""

FEW = ("simple_cnn", "vgg_half", "hybrid_vit")


@pytest.mark.keras
@pytest.mark.parametrize(
    "names",
    [FEW, pytest.param(tuple(set(ARCHITECTURES) - set(FEW)), marks=pytest.mark.every_network)],
    ids=["three", "the others"],
)
def test_maps_are_gradient_times_activation_and_openvino_agrees(names, tmp_path):
    results = run_script(SCRIPT, tmp_path, *names)
    assert set(results) == set(names)
    for difference, off, shape in results.values():
        assert difference < 0.1
        assert off < 1e-3
        assert shape[0] == 3
        assert shape[-1] == 3
