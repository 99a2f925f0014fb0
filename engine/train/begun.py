"""What an unfinished training learns from, kept beside its checkpoint: with that it goes on."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from engine.classify.learned import NOT_KNOWN, Learned
from engine.images.classes import CellClass, ClassSet
from engine.images.record import BadFile, ImageRecord, Picture, Pixels
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.train.dataset import Dataset
from engine.train.recipe import Recipe

_FILE = "begun.json"
_PARENT = "parent.npz"
CHECKPOINT = "checkpoint.npz"


@dataclass(frozen=True, slots=True)
class Begun:
    """A training that was begun: its recipe, the model it began with, and each image's label and part.

    `parent` is that model's id, None without one; `parent_learned` what it had learned from. `classes` are
    the ids of the network's outputs, in order; `images` are path, label and part of the split.
    """

    recipe: Recipe
    parent: str | None
    parent_learned: Learned | None
    classes: tuple[str, ...]
    images: tuple[tuple[str, str, int], ...]

    def save(self, work: Path) -> None:
        """Write it into the folder of the training; raises `OSError`."""
        if self.parent_learned is not None:
            self.parent_learned.save(work / _PARENT)
        kept = {
            "recipe": msgspec.to_builtins(self.recipe),
            "parent": self.parent,
            "classes": self.classes,
            "images": self.images,
        }
        (work / _FILE).write_text(json.dumps(kept), encoding="utf-8")

    @property
    def class_set(self) -> ClassSet:
        """The classes as they were; only their ids matter to a training."""
        letters = [chr(ord("A") + at) for at in range(len(self.classes))]
        cells = [
            CellClass(one, one, letter, at + 1, f"#{at:06X}")
            for at, (one, letter) in enumerate(zip(self.classes, letters, strict=True))
        ]
        return ClassSet("begun", "", tuple(cells))

    def source(self, now: Source) -> Source:
        """Return the images that it learns from, with their labels of then, as they are there now."""
        return _AsBegun(now, self.images)

    def parts(self, paths: Sequence[str]) -> npt.NDArray[np.intp]:
        """Return the part (n,) of the split that each image is in."""
        part = {path: number for path, _, number in self.images}
        return np.array([part[path] for path in paths], np.intp)


def begin(
    recipe: Recipe,
    parent: str | None,
    parent_learned: Learned | None,
    data: Dataset,
    parts: npt.NDArray[np.intp],
) -> Begun:
    """Return a training of these images as it is kept."""
    labels = [data.classes[label] for label in data.labels.tolist()]
    images = zip(data.paths, labels, parts.tolist(), strict=True)
    return Begun(recipe, parent, parent_learned, data.classes, tuple(images))


def read(work: Path) -> Begun | None:
    """Return the training whose checkpoint lies in a folder, None where there is none to go on with."""
    if not (work / CHECKPOINT).exists():
        return None
    try:
        kept: dict[str, Any] = json.loads((work / _FILE).read_text(encoding="utf-8"))
        return Begun(
            msgspec.convert(kept["recipe"], Recipe),
            kept["parent"],
            _learned(work) if kept["parent"] else None,
            tuple(kept["classes"]),
            tuple((path, label, int(part)) for path, label, part in kept["images"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _learned(work: Path) -> Learned:
    try:
        return Learned.read(work / _PARENT)
    except (OSError, ValueError):
        return NOT_KNOWN


class _AsBegun:
    """A source of the images of a training and no others."""

    def __init__(self, source: Source, images: Sequence[tuple[str, str, int]]) -> None:
        self._source, self._images = source, images

    @property
    def root(self) -> Path:
        """Where the images are."""
        return self._source.root

    @property
    def roots(self) -> dict[str, Path] | None:
        """The folders by their names, where there are several."""
        found: dict[str, Path] | None = getattr(self._source, "roots", None)
        return found

    def scan(self, job: Job) -> Iterator[ImageRecord | BadFile]:
        """Give the images in the order of then; what is gone is a bad file."""
        there = {one.path: one for one in self._source.scan(job)}
        for path, label, _ in self._images:
            job.check()
            found = there.get(path)
            if isinstance(found, ImageRecord):
                yield replace(found, label=label)
            else:
                yield found or BadFile(path, Message("train.gone"))

    def load(self, record: ImageRecord) -> Picture:
        """Decode and hash one image; raises `Problem`."""
        return self._source.load(record)

    def digest(self, record: ImageRecord) -> str:
        """Return the hash that `load` gives."""
        return self._source.digest(record)

    def preview(self, record: ImageRecord, edge: int) -> Pixels:
        """Decode one image, smaller where that is quicker."""
        return self._source.preview(record, edge)


def check(begun: Begun, recipe: Recipe, parent: str | None, data: Dataset, work: Path) -> None:
    """Raise `Problem` where a training cannot go on as it is asked to; what it learned is kept."""
    if _plain(begun.recipe) != _plain(recipe) or (parent is not None and parent != begun.parent):
        raise Problem("train.other_recipe", folder=str(work), name=begun.recipe.name)
    if data.classes != begun.classes:
        gone = ", ".join(one for one in begun.classes if one not in data.classes)
        raise Problem("train.classes_gone", folder=str(work), names=gone)


def _plain(recipe: Recipe) -> Any:
    # As it is kept: JSON knows no tuples.
    return json.loads(json.dumps(msgspec.to_builtins(recipe)))
