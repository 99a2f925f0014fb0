"""Scripts in a process of their own, for what the program's window never has in its process: Keras, Arrow.

A process may load some sixty libraries with thread-local variables before the GNU C library has to make
room for more, and a thread that starts in that moment ends the process without a word ("Inconsistency
detected by ld.so: dl-tls.c", seen in glibc 2.36). TensorFlow and Arrow have fifteen of them; without these
two a test worker stays below, as the program does.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from engine.paths import program_dir

# At the end of a script: without the seconds that TensorFlow takes to go.
LEAVE = "\nimport os, sys\nsys.stdout.flush()\nos._exit(0)\n"

SMALL = """
import json, os, sys
from pathlib import Path
import keras, numpy as np
from engine.train.child import weights
from engine.train.child.architectures import batch_norm_layers, build_model

folder, size, classes = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])

def images(count):
    return np.random.default_rng(0).integers(0, 256, (count, size, size, 3), np.uint8)

keras.utils.set_random_seed(1)
model = build_model("mobilenet_v3_small", size, classes)
head = model.get_layer("classifier")
head.set_weights([10 * value + 0.1 for value in head.get_weights()])
# Statistics of real input, or a deep random network gives one answer to all images.
for layer in batch_norm_layers(model):
    layer.momentum = 0
model(images(64).astype(np.float32), training=True)
weights.save_weights(model, folder / "weights.npz")
weights.load_weights(model, folder / "weights.npz")
logits = model.predict(images(6).astype(np.float32), verbose=0)
np.savez_compressed(folder / "check.npz", images=images(6), logits=logits)
np.save(folder / "bias.npy", head.get_weights()[1])
print("{}")
"""


def run_script(script: str, *arguments: object) -> dict[str, Any]:
    """Run a script with the program's modules; return the JSON object of its last printed line."""
    done = subprocess.run(
        [sys.executable, "-c", script + LEAVE, *map(str, arguments)],
        check=True,
        cwd=program_dir(),
        stdout=subprocess.PIPE,
    )
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def make_small(folder: Path, size: int, classes: int) -> None:
    """Write the weights of a small random MobileNetV3Small that tells images apart, and what it gives.

    `weights.npz`; `check.npz` with six images and their logits; `bias.npy` of the last layer.
    """
    run_script(SMALL, folder, size, classes)
