"""Where a map's cells lie, held against the layers of the networks themselves."""

import pytest
from child_help import run_script

from engine.classify.architectures import ARCHITECTURES
from engine.classify.map_placement import placed

SIZES = (96, 100, 128, 129)

# The centre of a layer's output cell, in cells of its input, from its own padding and kernel.
SCRIPT = """
import json, sys
import keras
from engine.train.child.architectures import build

found = {}
for name in sys.argv[2:]:
    for size in map(int, sys.argv[1].split(",")):
        model = build(name, size, 3)
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
def test_cells_lie_where_the_layers_put_them():
    names = [name for name in ARCHITECTURES if name not in ("resnet101", "densenet169")]
    found = run_script(SCRIPT, ",".join(map(str, SIZES)), *names)
    assert len(found) == len(names) * len(SIZES)
    for key, (origin, step, _cells) in found.items():
        name, size = key.split()
        placement = placed(ARCHITECTURES[name].halvings, int(size))
        assert (placement.origin, placement.step) == (origin, step), key


@pytest.mark.keras
@pytest.mark.every_network
def test_cells_of_the_large_networks_lie_where_the_layers_put_them():
    # Parallel strided layers of a residual block would be counted twice: one edge, one halving.
    found = run_script(SCRIPT, "128,129", "resnet101", "densenet169")
    for key, (origin, step, _cells) in found.items():
        name, size = key.split()
        placement = placed(ARCHITECTURES[name].halvings, int(size))
        assert (placement.origin, placement.step) == (origin, step), key


def test_sizes_of_32_k_plus_one_have_their_corners_at_the_image_s():
    assert placed(("same",) * 5, 129).origin == 0
    assert placed(("same",) * 5, 129).step * 4 == 128
    assert placed(("same",) * 5, 128).origin == 31
