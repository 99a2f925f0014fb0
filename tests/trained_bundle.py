"""Bundles that list their training images."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from engine.classify import bundle
from engine.classify.bundle import TRAINING_FILE, Bundle
from engine.classify.training_images import TrainingImages
from engine.images.decoder import decode
from engine.images.perceptual_hash import compute_hash


def write_trained_bundle(model: Path, images: Sequence[Path], out: Path) -> Path:
    """Write the model to `out` with these training images, and return `out`."""
    made = Bundle.open(model)
    keys = [compute_hash(decode(image.read_bytes()).pixels) for image in images]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / TRAINING_FILE
        TrainingImages(np.array(keys, np.uint64), is_complete=True).save(file)
        bundle.write_bundle(
            out, made.card, [*(made.folder / name for name in made.card.files), file]
        )
    return out
