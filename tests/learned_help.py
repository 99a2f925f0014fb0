"""A model that says which images it learned from."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from engine.classify import bundle
from engine.classify.bundle import TRAINING, Bundle
from engine.classify.training_images import Learned
from engine.images.decoder import decode
from engine.images.perceptual_hash import key_of


def teach(model: Path, images: Sequence[Path], out: Path) -> Path:
    """Write the model to `out` as one that learned from these images and no others, and return `out`."""
    made = Bundle.open(model)
    keys = [key_of(decode(image.read_bytes()).pixels) for image in images]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / TRAINING
        Learned(np.array(keys, np.uint64), complete=True).save(file)
        bundle.write(out, made.card, [*(made.folder / name for name in made.card.files), file])
    return out
