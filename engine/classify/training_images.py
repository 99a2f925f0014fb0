"""Training images of a model, by content keys, so that no metric is measured on them unnoticed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine.classify.bundle import TRAINING_FILE, Bundle
from engine.damaged_data import DamagedData, decoding
from engine.images.perceptual_hash import Hashes, match_any
from engine.messages import Problem


@dataclass(frozen=True, slots=True)
class TrainingImages:
    """The images that a model and its parents were trained or calibrated on.

    `keys` (n,) are those of `engine.images.perceptual_hash`. Unless `is_complete` there may be others: older
    bundles do not list them, nor do models whose training began with one.
    """

    keys: Hashes
    is_complete: bool

    @classmethod
    def from_bundle(cls, model: Bundle) -> "TrainingImages":
        """Read a bundle's list; raises `Problem` where the file is damaged."""
        if TRAINING_FILE not in model.card.files:
            return UNKNOWN_TRAINING_IMAGES
        model.verify([TRAINING_FILE])
        try:
            return cls.load(model.folder / TRAINING_FILE)
        except (OSError, ValueError) as error:
            raise Problem("bundle.damaged", name=model.card.name, file=TRAINING_FILE) from error

    @classmethod
    def load(cls, file: Path) -> "TrainingImages":
        """Read a file written by `save`; raises `OSError`, and `ValueError` for anything else."""
        try:
            with decoding(), np.load(file, allow_pickle=False) as arrays:
                if "keys" not in arrays:
                    return UNKNOWN_TRAINING_IMAGES
                keys, complete = arrays["keys"], arrays["complete"]
        except DamagedData as error:
            raise ValueError(str(file)) from error
        if keys.dtype != np.uint64 or keys.ndim != 1 or complete.shape != ():
            raise ValueError(str(file))
        return cls(keys, bool(complete))

    def save(self, file: Path) -> None:
        """Write the file that a bundle contains."""
        np.savez_compressed(file, keys=np.unique(self.keys), complete=np.bool_(self.is_complete))

    def merged_with(self, parent: "TrainingImages | None") -> "TrainingImages":
        """Return the union with the training images of the model that the training began with."""
        if parent is None:
            return self
        keys = np.union1d(self.keys, parent.keys).astype(np.uint64)
        return TrainingImages(keys, self.is_complete and parent.is_complete)

    def contains(self, keys: Sequence[int | None] | Hashes) -> npt.NDArray[np.bool_]:
        """Return which images (n,) are training images; False for unreadable ones (key None)."""
        readable = np.array([key is not None for key in keys], np.bool_)
        found = np.zeros(len(keys), np.bool_)
        found[readable] = match_any(
            np.array([key for key in keys if key is not None], np.uint64), self.keys
        )
        return found

    def is_training_image(self, keys: Sequence[int | None] | Hashes) -> list[bool | None]:
        """Return for each image whether it is a training image, None where that is unknown."""
        return [
            True if contained else False if self.is_complete else None
            for contained in self.contains(keys)
        ]


UNKNOWN_TRAINING_IMAGES = TrainingImages(np.empty(0, np.uint64), is_complete=False)


def trained_on_by_any(
    models: Iterable[TrainingImages], keys: Sequence[int | None] | Hashes
) -> npt.NDArray[np.bool_]:
    """Return which images (n,) at least one of the models was trained on."""
    found = np.zeros(len(keys), np.bool_)
    for model in models:
        found |= model.contains(keys)
    return found
