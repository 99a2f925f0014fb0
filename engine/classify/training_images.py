"""What a model learned from, by what each image shows: so that no figure is measured on it unawares."""

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine.classify.bundle import TRAINING, Bundle
from engine.images.perceptual_hash import Keys, among
from engine.messages import Problem


@dataclass(frozen=True, slots=True)
class Learned:
    """The images that a model and its parents learned or were calibrated from.

    `keys` (n,) are those of `engine.images.perceptual_hash`. Unless `complete` there may be others: an older
    bundle does not say, nor does a model that began with one.
    """

    keys: Keys
    complete: bool

    @classmethod
    def of(cls, model: Bundle) -> "Learned":
        """Read what a bundle says; raises `Problem` where its file is damaged."""
        if TRAINING not in model.card.files:
            return NOT_KNOWN
        model.verify([TRAINING])
        try:
            return cls.read(model.folder / TRAINING)
        except (OSError, ValueError) as error:
            raise Problem("bundle.damaged", name=model.card.name, file=TRAINING) from error

    @classmethod
    def read(cls, file: Path) -> "Learned":
        """Read what `save` wrote; raises `OSError`, and `ValueError` where it is something else."""
        try:
            with np.load(file, allow_pickle=False) as arrays:
                if "keys" not in arrays:
                    return NOT_KNOWN
                keys, complete = arrays["keys"], arrays["complete"]
        except (KeyError, EOFError, AttributeError, zipfile.BadZipFile) as error:
            raise ValueError(str(file)) from error
        if keys.dtype != np.uint64 or keys.ndim != 1 or complete.shape != ():
            raise ValueError(str(file))
        return cls(keys, bool(complete))

    def save(self, file: Path) -> None:
        """Write them as a bundle keeps them."""
        np.savez_compressed(file, keys=np.unique(self.keys), complete=np.bool_(self.complete))

    def and_of(self, parent: "Learned | None") -> "Learned":
        """Return these together with those of the model that the training began with."""
        if parent is None:
            return self
        keys = np.union1d(self.keys, parent.keys).astype(np.uint64)
        return Learned(keys, self.complete and parent.complete)

    def has(self, keys: Sequence[int | None] | Keys) -> npt.NDArray[np.bool_]:
        """Return which images (n,) are among them; of one that cannot be read no key is known."""
        readable = np.array([key is not None for key in keys], np.bool_)
        found = np.zeros(len(keys), np.bool_)
        found[readable] = among(
            np.array([key for key in keys if key is not None], np.uint64), self.keys
        )
        return found

    def seen(self, keys: Sequence[int | None] | Keys) -> list[bool | None]:
        """Return of each image whether it was learned from, None where nobody knows."""
        return [True if one else False if self.complete else None for one in self.has(keys)]


NOT_KNOWN = Learned(np.empty(0, np.uint64), complete=False)


def by_any(models: Iterable[Learned], keys: Sequence[int | None] | Keys) -> npt.NDArray[np.bool_]:
    """Return which images (n,) one of several models learned from."""
    found = np.zeros(len(keys), np.bool_)
    for one in models:
        found |= one.has(keys)
    return found
