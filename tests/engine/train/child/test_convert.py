"""Conversion to OpenVINO, in a separate process as in production."""

import pytest
from child_helpers import run_script

pytestmark = pytest.mark.keras

SCRIPT = """
import io, json, os, sys
from pathlib import Path
import numpy as np
from engine.train.child import convert, weights
from engine.train.child.architectures import build_model
from engine.child.channel import Channel

folder = Path(sys.argv[1])
weights.save_weights(build_model("mobilenet_v3_small", 32, 3), folder / "weights.npz")
request = {
    "architecture": "mobilenet_v3_small", "size": 32, "classes": 3,
    "weights": str(folder / "weights.npz"), "out": str(folder),
    "images": np.random.default_rng(0).integers(0, 256, (3, 32, 32, 3), np.uint8),
}
requests, _unwritten = os.pipe()
results = convert.run(request, Channel(os.fdopen(requests, "rb"), io.BytesIO()))
results["telemetry"] = [
    name for name, module in sys.modules.items() if module and name.startswith("openvino_telemetry")
]
print(json.dumps(results))
"""


def test_converted_network_agrees_and_sends_no_telemetry(tmp_path):
    results = run_script(SCRIPT, tmp_path)
    assert (tmp_path / "model.xml").exists()
    assert (tmp_path / "model.bin").exists()
    assert len(results["bias"]) == 3
    assert results["embedding_size"] == 576
    assert results["map_size"] == [1, 1]
    assert results["largest_difference"] < 0.02
    assert results["telemetry"] == []
