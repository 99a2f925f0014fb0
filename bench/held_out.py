"""Held-out images of a model, split again as its recipe did, and inference on arbitrary images.

The split is a function of the recipe and the images, so it can be reproduced; a fingerprint in the card
tells whether these are the training images.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.classify.bundle import Bundle
from engine.classify.calibrator import Calibrator
from engine.classify.devices import choose_device
from engine.classify.inference import infer_batches
from engine.classify.reading import Float16, Float32
from engine.classify.runtime import open_runtime
from engine.classify.training_images import TrainingImages
from engine.images.class_set import load_class_set
from engine.images.record import ImageRecord, Pixels
from engine.images.resize import resize_to_square
from engine.images.source import open_source
from engine.jobs import Job
from engine.train import dataset
from engine.train.data_split import split_images

_CHUNK = 256


@dataclass(frozen=True, slots=True)
class LabelledImages:
    """Labelled images in memory, at the size of their files.

    `labels` (n,) are indices into `classes`; `part` (n,) is 0 training, 1 validation, 2 held out.
    """

    pixels: list[Pixels]
    labels: np.ndarray
    part: np.ndarray
    paths: tuple[str, ...]
    classes: tuple[str, ...]

    def where(self, selection: np.ndarray) -> "LabelledImages":
        """Return the images selected by a mask or by indices."""
        rows = np.arange(len(self.labels))[selection]
        return LabelledImages(
            [self.pixels[row] for row in rows],
            self.labels[rows],
            self.part[rows],
            tuple(self.paths[row] for row in rows),
            self.classes,
        )

    def sample(self, count: int, seed: int = 0) -> "LabelledImages":
        """Return up to `count` images, drawn evenly from all classes."""
        rng = np.random.default_rng(seed)
        rank_in_class = np.empty(len(self.labels))
        for label in np.unique(self.labels):
            rows = np.flatnonzero(self.labels == label)
            rank_in_class[rows] = rng.permutation(len(rows))
        return self.where(np.sort(np.lexsort((self.labels, rank_in_class))[:count]))


def load_labelled_images(model: Bundle, folder: Path) -> LabelledImages:
    """Return all images of a folder with their part in the model's training.

    Exits the program if the classes differ or the parts cannot be determined.
    """
    card, job = model.card, Job()
    recipe, class_set = card.recipe, load_class_set(card.class_set)
    source = open_source(folder, class_set)
    with tempfile.TemporaryDirectory() as name:
        data = dataset.build_dataset(job, source, class_set, card.preprocessing.size, Path(name))
    if data.classes != card.classes:
        sys.exit("these images have other classes than the model")
    if data.fingerprint == card.training_data.fingerprint:
        shares = (float(str(recipe["validation"])), float(str(recipe["test"])))
        part = split_images(data.labels, data.groups, shares, int(str(recipe["seed"])))
    else:
        print("these are not quite the images that it was trained on", file=sys.stderr)
        part = np.full(len(data.labels), 2)
    learned = TrainingImages.from_bundle(model)
    if learned.is_complete:
        # More reliable than the reproduced split: the bundle records its training images.
        part = np.where(learned.contains(data.keys), np.where(part == 2, 0, part), 2)
    elif not (part < 2).any():
        sys.exit("nobody can tell which of these images the model learned from")
    records = {item.path: item for item in source.scan(job) if isinstance(item, ImageRecord)}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        pixels = list(pool.map(lambda path: source.load(records[path]).pixels, data.paths))
    return LabelledImages(pixels, data.labels, part, data.paths, data.classes)


class ModelReader:
    """Inference with one model on images of any size; a context manager."""

    def __init__(self, model: Bundle) -> None:
        self.model = model
        self._calibrator = Calibrator.of_bundle(model)
        self._size = model.card.preprocessing.size
        self._runtime = open_runtime(model, choose_device("cpu"), Job())
        self._pool = ThreadPoolExecutor(os.cpu_count())

    def __enter__(self) -> "ModelReader":
        return self

    def __exit__(self, *_: object) -> None:
        self._runtime.close()
        self._pool.shutdown()

    def read(self, count: int, load: Callable[[int], Pixels]) -> tuple[Float32, Float16]:
        """Return the logits (n, c) and embeddings (n, d) of images that `load` returns by index, on demand."""
        return infer_batches(Job(), self._runtime, self._batches(count, load))

    def read_probabilities(self, count: int, load: Callable[[int], Pixels]) -> Float32:
        """Return the calibrated probabilities (n, c) of images that `load` returns by index."""
        return self._calibrator.probabilities(*self.read(count, load))

    def _batches(self, count: int, load: Callable[[int], Pixels]) -> Iterator[Pixels]:
        step = self._runtime.batch_size
        for start in range(0, count, _CHUNK):
            rows = range(start, min(start + _CHUNK, count))
            images = list(self._pool.map(lambda row: resize_to_square(load(row), self._size), rows))
            for first in range(0, len(images), step):
                yield np.stack(images[first : first + step])
