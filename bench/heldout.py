"""The fifth of the images that a model never saw, as its own recipe split them, and reading any picture.

A model is judged on its own fifth: the split is a function of the recipe and of the images, so it can be
made again, and a fingerprint in the card tells whether these are the images.
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
from engine.classify.devices import choose
from engine.classify.learned import Learned
from engine.classify.reading import Float16, Float32
from engine.classify.runtime import open_runtime
from engine.images.classes import load_class_set
from engine.images.record import ImageRecord, Pixels
from engine.images.resize import square
from engine.images.source import open_source
from engine.jobs import Job
from engine.train import dataset
from engine.train.split import split

_CHUNK = 256


@dataclass(frozen=True, slots=True)
class Images:
    """Labelled pictures in memory, at the size of their files.

    `labels` (n,) are indices into `classes`; `part` (n,) is 0 learned from, 1 validation, 2 held out.
    """

    pictures: list[Pixels]
    labels: np.ndarray
    part: np.ndarray
    paths: tuple[str, ...]
    classes: tuple[str, ...]

    def where(self, chosen: np.ndarray) -> "Images":
        """Return those that a mask or an index chooses."""
        rows = np.arange(len(self.labels))[chosen]
        return Images(
            [self.pictures[row] for row in rows],
            self.labels[rows],
            self.part[rows],
            tuple(self.paths[row] for row in rows),
            self.classes,
        )

    def some(self, count: int, seed: int = 0) -> "Images":
        """Return up to `count` of them, drawn evenly from all classes."""
        rng = np.random.default_rng(seed)
        turn = np.empty(len(self.labels))
        for one in np.unique(self.labels):
            rows = np.flatnonzero(self.labels == one)
            turn[rows] = rng.permutation(len(rows))
        return self.where(np.sort(np.lexsort((self.labels, turn))[:count]))


def images_of(model: Bundle, folder: Path) -> Images:
    """Return all images of a folder and what the model knows of each; ends the program if it cannot tell."""
    card, job = model.card, Job()
    recipe, class_set = card.recipe, load_class_set(card.class_set)
    source = open_source(folder, class_set)
    with tempfile.TemporaryDirectory() as name:
        data = dataset.build(job, source, class_set, card.preprocessing.size, Path(name))
    if data.classes != card.classes:
        sys.exit("these images have other classes than the model")
    if data.fingerprint == card.training_data.fingerprint:
        shares = (float(str(recipe["validation"])), float(str(recipe["test"])))
        part = split(data.labels, data.groups, shares, int(str(recipe["seed"])))
    else:
        print("these are not quite the images that it was trained on", file=sys.stderr)
        part = np.full(len(data.labels), 2)
    learned = Learned.of(model)
    if learned.complete:
        # Surer than the split: the bundle says what it saw.
        part = np.where(learned.has(data.keys), np.where(part == 2, 0, part), 2)
    elif not (part < 2).any():
        sys.exit("nobody can tell which of these images the model learned from")
    records = {one.path: one for one in source.scan(job) if isinstance(one, ImageRecord)}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        pictures = list(pool.map(lambda path: source.load(records[path]).pixels, data.paths))
    return Images(pictures, data.labels, part, data.paths, data.classes)


class Reader:
    """A model that reads pictures of any size; a context manager."""

    def __init__(self, model: Bundle) -> None:
        self.model = model
        self.temperature = model.card.calibration.temperature
        self._size = model.card.preprocessing.size
        self._runtime = open_runtime(model, choose("cpu"), Job())
        self._pool = ThreadPoolExecutor(os.cpu_count())

    def __enter__(self) -> "Reader":
        return self

    def __exit__(self, *_: object) -> None:
        self._runtime.close()
        self._pool.shutdown()

    def read(self, count: int, picture: Callable[[int], Pixels]) -> tuple[Float32, Float16]:
        """Return logits (n, c) and embeddings (n, d) of pictures, each made when its turn comes."""
        logits, embeddings = [], []
        for _, outputs in self._runtime.stream(
            (None, one) for one in self._batches(count, picture)
        ):
            logits.append(outputs.logits)
            embeddings.append(outputs.embedding.astype(np.float16))
        return np.concatenate(logits), np.concatenate(embeddings)

    def _batches(self, count: int, picture: Callable[[int], Pixels]) -> Iterator[Pixels]:
        step = self._runtime.batch_size
        for start in range(0, count, _CHUNK):
            rows = range(start, min(start + _CHUNK, count))
            made = list(self._pool.map(lambda row: square(picture(row), self._size), rows))
            for first in range(0, len(made), step):
                yield np.stack(made[first : first + step])
