"""Task `fit`: crash and resume, out of memory, divergence, frozen layers; in one Keras process."""

import pytest
from child_helpers import run_script

pytestmark = pytest.mark.keras

SCRIPT = """
import io, json, os, sys, msgspec
from pathlib import Path
import numpy as np
from engine.messages import Problem
from engine.train.child import fit
from engine.train.child.architectures import build_model
from engine.child.channel import Channel
from engine.train.child.optimisation import set_trainable
from engine.train.augmentation_recipe import Augmentation, Mixing
from engine.train.recipe import Phase, Recipe

folder = Path(sys.argv[1])
requests, _unwritten = os.pipe()
class RecordingChannel(Channel):
    parts, stop_at = [], None
    def partial(self, value):
        self.parts.append(value)
        if len([p for p in self.parts if "epoch" in p]) == self.stop_at:
            raise RuntimeError("killed here")
channel = RecordingChannel(os.fdopen(requests, "rb"), io.BytesIO())
rng = np.random.default_rng(0)
labels = np.arange(48) % 2
images = (rng.integers(0, 60, (48, 32, 32, 3)) + labels[:, None, None, None] * 120).astype(np.uint8)
np.save(folder / "images.npy", images)
split = np.where(np.arange(48) % 6 == 5, 1, 0)
recipe = Recipe(version=1, name="t", title="t", architecture="simple_cnn", size=32, batch=8,
    balance="oversample", augmentation=Augmentation(mixing=Mixing(mixup=0.3)),
    phases=(Phase(epochs=1, optimizer="lion", learning_rate=1e-4, trainable="head"),
            Phase(epochs=3, optimizer="adamw", learning_rate=1e-3, ema=0.9, schedule="plateau", patience=9)))
def request(out, resume=False, **changes):
    out = folder / out
    out.mkdir(exist_ok=True)
    return {"recipe": msgspec.to_builtins(msgspec.structs.replace(recipe, **changes)), "classes": 2,
        "images": str(folder / "images.npy"), "labels": labels, "split": split,
        "out": str(out / "weights.npz"), "start": None, "skip_head": False, "resume": resume}
results = {}
channel.stop_at, channel.parts = 3, []
try:
    fit.run(request("cut"), channel)
except RuntimeError:
    pass
channel.stop_at, channel.parts = None, []
fit.run(request("cut", resume=True), channel)
results["epochs"] = [p["epoch"] for p in channel.parts]
real, tries = fit._Attempt.run, []
def short(self):
    tries.append(self._state.batch)
    if self._state.batch > 2:
        raise type("ResourceExhaustedError", (Exception,), {})("no room")
    return real(self)
fit._Attempt.run = short
channel.parts = []
results["batch"] = fit.run(request("small"), channel)["batch"]
results["tries"] = tries
fit._Attempt.run = real

try:
    hot = (Phase(epochs=2, optimizer="adam", learning_rate=1e30),)
    fit.run(request("nan", phases=hot, balance="weights"), channel)
except Problem as problem:
    results["nan"] = problem.message.id

model = build_model("efficientnet_b4", 64, 2)
set_trainable(model, Phase(epochs=1, optimizer="lion", learning_rate=1, trainable="convolutions", frozen=100))
names = [layer.name for layer in model.layers]
learning = [layer.name for layer in model.layers if layer.trainable and layer.weights]
results["first"] = names.index(learning[0])
results["kinds"] = sorted({type(model.get_layer(n)).__name__ for n in learning})
print(json.dumps(results))
"""


def test_fit_survives_crash_memory_shortage_and_divergence(tmp_path):
    results = run_script(SCRIPT, tmp_path)
    assert results["epochs"] == [4]
    assert results["tries"] == [8, 4, 2]
    assert results["batch"] == 2
    assert results["nan"] == "train.not_a_number"
    # 474 layers without ImageNet weights: layer 100 of the report is number 99 here.
    assert 99 <= results["first"] < 110
    assert results["kinds"] == ["Conv2D", "Dense", "DepthwiseConv2D"]
