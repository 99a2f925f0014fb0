"""Positions of activation map cells, against the layers of the networks themselves."""

import pytest
from child_helpers import run_script

from engine.classify.architectures import ARCHITECTURES
from engine.classify.map_placement import compute_placement

SIZES = (96, 100, 128, 129)

# Centre of a layer's output cell, in cells of its input, from its padding and kernel.
SCRIPT = """
import json, sys
import keras
from engine.train.child.architectures import build_model

found = {}
for name in sys.argv[2:]:
    for size in map(int, sys.argv[1].split(",")):
        model = build_model(name, size, 3)
        origin, step, padding, edge = 0.0, 1.0, 0, size
        for layer in model.layers:
            kernel = getattr(layer, "kernel_size", None) or getattr(layer, "pool_size", None)
            stride = (getattr(layer, "strides", None) or (1,))[0]
            if isinstance(layer, keras.layers.ZeroPadding2D):
                padding = layer.padding[0][0]
            if stride == 1 or layer.output.shape[1] == edge:
                continue
            if layer.padding == "same":
                before = layer.input.shape[1]
                total = max((layer.output.shape[1] - 1) * stride + kernel[0] - before, 0)
                padding = total // 2
            origin += step * ((kernel[0] - 1) / 2 - padding)
            step *= stride
            padding, edge = 0, layer.output.shape[1]
        cells = model.get_layer("features").output.shape[1]
        found[f"{name} {size}"] = [origin, step, cells]
print(json.dumps(found))
"""


@pytest.mark.keras
def test_placement_matches_the_layers():
    names = [name for name in ARCHITECTURES if name not in ("resnet101", "densenet169")]
    found = run_script(SCRIPT, ",".join(map(str, SIZES)), *names)
    assert len(found) == len(names) * len(SIZES)
    for key, (origin, step, _cells) in found.items():
        name, size = key.split()
        placement = compute_placement(ARCHITECTURES[name].downsampling, int(size))
        assert (placement.origin, placement.step) == (origin, step), key


@pytest.mark.keras
@pytest.mark.every_network
def test_placement_matches_the_layers_of_large_networks():
    # Parallel strided layers of a residual block must be counted once.
    found = run_script(SCRIPT, "128,129", "resnet101", "densenet169")
    for key, (origin, step, _cells) in found.items():
        name, size = key.split()
        placement = compute_placement(ARCHITECTURES[name].downsampling, int(size))
        assert (placement.origin, placement.step) == (origin, step), key


def test_corner_cells_are_at_the_corners_for_sizes_32_k_plus_1():
    assert compute_placement(("same",) * 5, 129).origin == 0
    assert compute_placement(("same",) * 5, 129).step * 4 == 128
    assert compute_placement(("same",) * 5, 128).origin == 31
