"""Network growth: a larger network with the same function, from weights alone."""

import json

import numpy as np
import pytest
from child_helpers import run_script

from engine.classify.architectures import EFFICIENTNET_SHAPES
from engine.classify.efficientnet import B4, LITE0, LITE2, EfficientNetShape
from engine.train.growth import GATE_BIAS, grow_weights

SCRIPT = """
import json, sys
from pathlib import Path
import keras, numpy as np
from engine.classify.architectures import EFFICIENTNET_SHAPES
from engine.train.child import weights
from engine.train.child.architectures import build_model
from engine.train.growth import grow_weights

keras.utils.set_random_seed(1)
old, new = "efficientnet_lite0", "efficientnet_b4"
donor = build_model(old, 65, 3)
rng = np.random.default_rng(1)
images = rng.integers(0, 256, (3, 5, 5, 3), np.uint8).repeat(13, 1).repeat(13, 2).astype("float32")
# Statistics of real input; else a deep random network gives the same output for all images.
for layer in donor.layers:
    if isinstance(layer, keras.layers.BatchNormalization):
        layer.momentum = 0
        layer.gamma.assign(rng.uniform(0.5, 1.5, layer.gamma.shape))
        layer.beta.assign(rng.uniform(-0.5, 0.5, layer.beta.shape))
donor(images, training=True)
arrays = {v.path: np.asarray(v.value, np.float32) for v in donor.weights}

def grown(noise):
    grown_weights = grow_weights(arrays, EFFICIENTNET_SHAPES[old], EFFICIENTNET_SHAPES[new], noise=noise)
    np.savez(sys.argv[1], **grown_weights)
    model = build_model(new, 65, 3)
    weights.load_weights(model, Path(sys.argv[1]))
    for layer in model.layers:
        if isinstance(layer, keras.layers.Activation) and layer.activation is keras.activations.silu:
            layer.activation = keras.activations.relu6
    return model

def every_block(model):
    names = [layer.name for layer in model.layers]
    ends = []
    for block in EFFICIENTNET_SHAPES[old].blocks():
        name = f"{block.name}_add"
        ends.append(name if name in names else f"{block.name}_project_bn")
    probe = keras.Model(model.input, [model.get_layer(n).output for n in ends] + [model.output])
    return [np.asarray(out, np.float64) for out in probe(images)]

exact = grown(0.0)
width = lambda value, like: value[..., : like.shape[-1]]
def cosine(a, b):
    return float((a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum()))
before, after = every_block(donor), every_block(exact)
noisy = grown(0.01)
print(json.dumps({
    "blocks": [cosine(width(a, b), b) for a, b in zip(after, before)],
    "noisy": cosine(every_block(noisy)[-1], before[-1]),
}))
"""


@pytest.mark.keras
def test_grown_network_computes_the_same_as_its_donor(tmp_path):
    found = run_script(SCRIPT, tmp_path / "grown.npz")
    assert len(found["blocks"]) == len(LITE0.blocks()) + 1
    # The first channels of each block are those of the donor.
    assert min(found["blocks"]) > 0.999
    assert 0.5 < found["noisy"] < 0.9999


def _weights(shape: EfficientNetShape) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(0)
    arrays = {"stem_conv/kernel": rng.normal(size=(3, 3, 3, shape.stem))}

    def norm(name, width):
        for part in ("gamma", "beta", "moving_mean", "moving_variance"):
            arrays[f"{name}/{part}"] = rng.uniform(0.5, 1, width)

    norm("stem_bn", shape.stem)
    for block in shape.blocks():
        inside = block.input_channels * block.expansion
        if block.expansion > 1:
            arrays[f"{block.name}_expand_conv/kernel"] = rng.normal(
                size=(1, 1, block.input_channels, inside)
            )
            norm(f"{block.name}_expand_bn", inside)
        kernel = (block.kernel, block.kernel, inside, 1)
        arrays[f"{block.name}_dwconv/kernel"] = rng.normal(size=kernel)
        norm(f"{block.name}_bn", inside)
        arrays[f"{block.name}_project_conv/kernel"] = rng.normal(
            size=(1, 1, inside, block.output_channels)
        )
        norm(f"{block.name}_project_bn", block.output_channels)
    last = shape.widths[-1]
    arrays["top_conv/kernel"] = rng.normal(size=(1, 1, last, shape.top))
    norm("top_bn", shape.top)
    return arrays


@pytest.mark.parametrize("old", [LITE0, LITE2])
def test_added_blocks_are_identities_and_gates_are_constant(old):
    grown = grow_weights(_weights(old), old, B4)
    known = {block.name for block in old.blocks()}
    added = [block for block in B4.blocks() if block.name not in known]
    assert len(added) == len(B4.blocks()) - len(old.blocks())
    for block in added:
        assert block.is_residual
        assert not grown[f"{block.name}_project_bn/gamma"].any()
        assert not grown[f"{block.name}_project_bn/beta"].any()
        assert grown[f"{block.name}_project_conv/kernel"].any()
    for block in B4.blocks():
        assert not grown[f"{block.name}_se_expand/kernel"].any()
        assert (grown[f"{block.name}_se_expand/bias"] == GATE_BIAS).all()
        assert grown[f"{block.name}_se_reduce/kernel"].any()
    assert "classifier/kernel" not in grown
    assert all(value.dtype == np.float32 and np.isfinite(value).all() for value in grown.values())


def test_network_cannot_shrink():
    with pytest.raises(ValueError, match="grow"):
        grow_weights(_weights(LITE2), LITE2, LITE0)
    with pytest.raises(ValueError, match="grow"):
        grow_weights({}, B4, B4)


def test_missing_weight_is_named():
    weights = _weights(LITE0)
    del weights["block3b_dwconv/kernel"]
    with pytest.raises(KeyError, match="block3b_dwconv/kernel"):
        grow_weights(weights, LITE0, B4)


def test_shapes_belong_to_known_architectures():
    assert (
        json.dumps(sorted(EFFICIENTNET_SHAPES))
        == '["efficientnet_b4", "efficientnet_lite0", "efficientnet_lite2"]'
    )
