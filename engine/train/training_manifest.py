"""Training manifest: recipe, parent, labels and split of an unfinished training, for resuming it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import msgspec
import numpy as np
import numpy.typing as npt

from engine.classify.training_images import UNKNOWN_TRAINING_IMAGES, TrainingImages
from engine.damaged_data import DamagedData, decoding
from engine.images.class_set import CellClass, ClassSet
from engine.images.record import BadFile, ImageRecord
from engine.images.source import Source
from engine.images.wrapped_source import WrappedSource
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.train.dataset import Dataset
from engine.train.image_store import CHECKPOINT_FILE
from engine.train.recipe import Recipe

_MANIFEST_FILE = "begun.json"
_PARENT_FILE = "parent.npz"


@dataclass(frozen=True, slots=True)
class TrainingManifest:
    """Inputs of a training that was started.

    `parent` is the id of the model it started from, None for none; `parent_images` are that model's
    training images, and those of the `teacher`, which is the id of the model that teaches, None for none.
    `classes` are the class ids of the network's outputs, in order. `images` are (path, label, split index).
    `grouped_by` is the origin of the `SplitGroups`, empty for none.
    """

    recipe: Recipe
    parent: str | None
    parent_images: TrainingImages | None
    classes: tuple[str, ...]
    images: tuple[tuple[str, str, int], ...]
    grouped_by: str = ""
    teacher: str | None = None

    def save(self, work: Path) -> None:
        """Save into the work folder of the training; raises `OSError`."""
        if self.parent_images is not None:
            self.parent_images.save(work / _PARENT_FILE)
        record = {
            "recipe": msgspec.to_builtins(self.recipe),
            "parent": self.parent,
            "classes": self.classes,
            "images": self.images,
            "grouped_by": self.grouped_by,
            "teacher": self.teacher,
        }
        (work / _MANIFEST_FILE).write_text(json.dumps(record), encoding="utf-8")

    @property
    def class_set(self) -> ClassSet:
        """The classes at the start; only the ids are real, the rest are placeholders."""
        letters = [chr(ord("A") + index) for index in range(len(self.classes))]
        cells = [
            CellClass(class_id, class_id, letter, index + 1, f"#{index:06X}")
            for index, (class_id, letter) in enumerate(zip(self.classes, letters, strict=True))
        ]
        return ClassSet("begun", "", tuple(cells))

    def restore_source(self, source: Source) -> Source:
        """Return a source limited to the images of this manifest, with the labels recorded in it."""
        return _ManifestSource(source, self.images)

    def parts_of(self, paths: Sequence[str]) -> npt.NDArray[np.intp]:
        """Return the split index (n,) of each path."""
        part_of = {path: part for path, _, part in self.images}
        return np.array([part_of[path] for path in paths], np.intp)


def create_manifest(
    recipe: Recipe,
    parent: str | None,
    parent_images: TrainingImages | None,
    data: Dataset,
    parts: npt.NDArray[np.intp],
    grouped_by: str = "",
    teacher: str | None = None,
) -> TrainingManifest:
    """Create the manifest of a training on these images."""
    labels = [data.classes[label] for label in data.labels.tolist()]
    images = zip(data.paths, labels, parts.tolist(), strict=True)
    return TrainingManifest(
        recipe, parent, parent_images, data.classes, tuple(images), grouped_by, teacher
    )


def load_manifest(work: Path) -> TrainingManifest | None:
    """Load the manifest from a work folder; None without a checkpoint or a readable manifest."""
    if not (work / CHECKPOINT_FILE).exists():
        return None
    try:
        with decoding():
            record: dict[str, Any] = json.loads((work / _MANIFEST_FILE).read_bytes())
            stored = msgspec.convert(record, _StoredManifest)
    except (OSError, DamagedData):
        return None
    return TrainingManifest(
        stored.recipe,
        stored.parent,
        _load_parent_images(work) if stored.parent or stored.teacher else None,
        stored.classes,
        stored.images,
        stored.grouped_by,
        stored.teacher,
    )


def _load_parent_images(work: Path) -> TrainingImages:
    try:
        return TrainingImages.load(work / _PARENT_FILE)
    except (OSError, ValueError):
        return UNKNOWN_TRAINING_IMAGES


class _StoredManifest(msgspec.Struct):
    recipe: Recipe
    parent: str | None
    classes: tuple[str, ...]
    images: tuple[tuple[str, str, Annotated[int, msgspec.Meta(ge=0, le=2)]], ...]
    grouped_by: str = ""
    teacher: str | None = None


class _ManifestSource(WrappedSource):
    """A source limited to the images of a manifest."""

    def __init__(self, source: Source, images: Sequence[tuple[str, str, int]]) -> None:
        super().__init__(source)
        self._images = images

    @property
    def roots(self) -> dict[str, Path] | None:
        """Roots by name, for a combined source."""
        roots: dict[str, Path] | None = getattr(self._source, "roots", None)
        return roots

    def scan(self, job: Job) -> Iterator[ImageRecord | BadFile]:
        """Yield the images in the order of the manifest; missing ones as `BadFile`."""
        present = {entry.path: entry for entry in self._source.scan(job)}
        for path, label, _ in self._images:
            job.check()
            found = present.get(path)
            if isinstance(found, ImageRecord):
                yield replace(found, label=label)
            else:
                yield found or BadFile(path, Message("train.gone"))


def check_manifest(
    manifest: TrainingManifest,
    recipe: Recipe,
    parent: str | None,
    teacher: str | None,
    data: Dataset,
    work: Path,
) -> None:
    """Check that a training can be resumed with these inputs.

    Raises `Problem` (`train.other_recipe`, `train.classes_gone`); the work folder is kept.
    """
    if (
        _as_json(manifest.recipe) != _as_json(recipe)
        or (parent is not None and parent != manifest.parent)
        or teacher != manifest.teacher
    ):
        raise Problem("train.other_recipe", folder=str(work), name=manifest.recipe.name)
    if data.classes != manifest.classes:
        missing = ", ".join(
            class_id for class_id in manifest.classes if class_id not in data.classes
        )
        raise Problem("train.classes_gone", folder=str(work), names=missing)


def _as_json(recipe: Recipe) -> Any:
    # As stored: JSON turns tuples into lists.
    return json.loads(json.dumps(msgspec.to_builtins(recipe)))
