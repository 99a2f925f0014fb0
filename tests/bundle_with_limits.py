"""The tiny model with statistics and limits of the unknown score, and a cell of none of its classes."""

from pathlib import Path

import msgspec
import numpy as np
from PIL import Image
from tiny_model import CLASSES, class_image, make_tiny_bundle

from engine.classify import bundle
from engine.classify.bundle import BUNDLE_FILES, STATISTICS_FILE, Bundle
from engine.classify.devices import choose_device
from engine.classify.inference import infer_batches
from engine.classify.runtime import open_runtime
from engine.classify.unknown_score import FLAGGED_SHARES
from engine.images.resize import resize_to_square
from engine.jobs import Job
from engine.train.statistics_fitting import fit_statistics

LIMITS = dict(zip(FLAGGED_SHARES, (1.5, 1.0, 0.2, 0.1, 0.05), strict=True))
"""The foreign cell scores about 0.4, those of the classes nearly 0."""
_SIZE = 32
_IMAGES_PER_CLASS = 12


def make_bundle_with_limits(folder: Path) -> Path:
    """Create `folder`, write the bundle to it, and return it."""
    plain = Bundle.open(make_tiny_bundle(folder, size=_SIZE))
    labels = np.repeat(np.arange(len(CLASSES)), _IMAGES_PER_CLASS)
    images = np.stack(
        [
            resize_to_square(class_image(label, seed=seed), _SIZE)
            for seed, label in enumerate(labels.tolist())
        ]
    )
    runtime = open_runtime(plain, choose_device("cpu"), Job())
    try:
        _, embeddings = infer_batches(Job(), runtime, [images])
    finally:
        runtime.close()
    statistics_file = folder.with_name("statistics") / STATISTICS_FILE
    statistics_file.parent.mkdir()
    fit_statistics(embeddings, labels, embeddings, len(CLASSES)).save(statistics_file)
    card = msgspec.structs.replace(plain.card, unknown_limits=LIMITS)
    files = [*(plain.folder / name for name in BUNDLE_FILES), statistics_file]
    return bundle.write_bundle(plain.folder, card, files, replace=True).folder


def save_foreign_cell(path: Path, seed: int = 0) -> None:
    """Write an image as far from one class as from the others."""
    pixels = np.full((48, 48, 3), (215, 127, 127), np.int16)
    pixels += np.random.default_rng(seed).integers(-20, 21, pixels.shape, np.int16)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(path)
