"""Scripts run in a child process, for packages that the window never loads: Keras and Arrow.

A process may load about sixty libraries with thread-local variables before the GNU C library must allocate
more space, and a thread that starts at that moment crashes the process ("Inconsistency detected by ld.so:
dl-tls.c", seen in glibc 2.36). TensorFlow and Arrow have fifteen of them; without these two a test worker
stays below the limit, like the program.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from engine.paths import program_dir

# Exits without the seconds that TensorFlow needs to shut down.
EXIT_SCRIPT = "\nimport os, sys\nsys.stdout.flush()\nos._exit(0)\n"

SMALL_MODEL_SCRIPT = """
import json, os, sys
from pathlib import Path
import keras, numpy as np
from engine.train.child import weights
from engine.train.child.architectures import batch_norm_layers, build_model

folder, size, classes = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
architecture = sys.argv[4]

def images(count):
    return np.random.default_rng(0).integers(0, 256, (count, size, size, 3), np.uint8)

keras.utils.set_random_seed(1)
model = build_model(architecture, size, classes)
head = model.get_layer("classifier")
head.set_weights([10 * value + 0.1 for value in head.get_weights()])
# Batch statistics of real input; without them a random network gives one output for all images.
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
    """Run a script that can import the program; return the JSON object in its last line of output."""
    done = subprocess.run(
        [sys.executable, "-c", script + EXIT_SCRIPT, *map(str, arguments)],
        check=True,
        cwd=program_dir(),
        stdout=subprocess.PIPE,
    )
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def write_small_model(
    folder: Path, size: int, classes: int, architecture: str = "mobilenet_v3_small"
) -> None:
    """Write a random network for small images, whose outputs differ between images.

    Writes `weights.npz`, `check.npz` with six images and their logits, and `bias.npy` of the last layer.
    """
    run_script(SMALL_MODEL_SCRIPT, folder, size, classes, architecture)
