"""Teacher: its softened probabilities for the same view replace part of the labels, and reach the network."""

import pytest
from child_helpers import run_script

pytestmark = pytest.mark.keras

SCRIPT = """
import io, json, os, sys, msgspec
from pathlib import Path
import numpy as np
from engine.child.channel import Channel
from engine.images.resize import resize_to_square
from engine.train.augmentation_recipe import Augmentation, Geometry
from engine.train.child import fit, weights
from engine.train.child.architectures import build_model
from engine.train.child.batches import Batches
from engine.train.child.teacher import Teacher
from engine.train.recipe import Distillation, Phase, Recipe

folder = Path(sys.argv[1])
rng = np.random.default_rng(0)
network = build_model("simple_cnn", 40, 3)
head = network.get_layer("classifier")
# Sure of its last class, whatever the image shows.
head.set_weights([rng.normal(0, 0.02, head.kernel.shape), np.array([0.0, -1.0, 5.0])])
weights.save_weights(network, folder / "teacher.npz")
lessons = {"architecture": "simple_cnn", "size": 40, "classes": 3,
           "weights": str(folder / "teacher.npz"), "columns": [2, 0]}
result = {}

images = rng.integers(0, 256, (24, 32, 32, 3)).astype(np.uint8)
labels = np.arange(24) % 2
teacher = Teacher(lessons, Distillation(share=0.25, temperature=2.0))
larger = np.stack([resize_to_square(image, 40) for image in images]).astype(np.float32)
logits = network.predict_on_batch(larger)[:, [2, 0]] / 2
expected = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
result["soft"] = float(np.abs(teacher.soft_labels(images) - expected).max())

augmentation = Augmentation(geometry=Geometry(rotation=90))
options = dict(classes=2, batch_size=8, augmentation=augmentation, seed=3)
plain, taught = (Batches(images, labels, np.arange(24), teacher=t, **options)[0] for t in (None, teacher))
mixed = 0.75 * plain[1] + 0.25 * teacher.soft_labels(plain[0])
result["view"] = bool((plain[0] == taught[0]).all())
result["mixed"] = float(np.abs(taught[1] - mixed).max())

np.save(folder / "images.npy", images)
recipe = Recipe(version=1, name="t", title="t", architecture="simple_cnn", size=32, batch=8, keep="last",
    phases=(Phase(epochs=4, optimizer="adam", learning_rate=3e-3),), augmentation=augmentation)
def train(name, **changes):
    out = folder / name
    out.mkdir()
    request = {"recipe": msgspec.to_builtins(msgspec.structs.replace(recipe, **changes)), "classes": 2,
        "images": str(folder / "images.npy"), "labels": labels, "split": np.where(labels > 9, 1, 0),
        "out": str(out / "weights.npz"), "start": None, "skip_head": False, "resume": False,
        "teacher": lessons}
    request["split"][:4] = 1
    fit.run(request, Channel(os.fdopen(os.pipe()[0], "rb"), io.BytesIO()))
    student = build_model("simple_cnn", 32, 2)
    weights.load_weights(student, out / "weights.npz")
    return (student.predict_on_batch(images.astype(np.float32)).argmax(1) == 0).mean()
result["follows"] = float(train("taught", distillation=Distillation(share=1.0, temperature=1.0)))
print(json.dumps(result))
"""


def test_a_network_learns_from_its_teacher(tmp_path):
    result = run_script(SCRIPT, tmp_path)
    assert result["soft"] < 1e-4
    assert result["view"]
    assert result["mixed"] < 1e-4
    # Half of the labels are of the other class.
    assert result["follows"] == 1.0
