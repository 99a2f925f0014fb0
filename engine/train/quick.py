"""The quick retrain: a new head on embeddings that were read already, in seconds and without pixels."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine.classify.reading import Float16, Float32
from engine.jobs import Job
from engine.messages import Problem
from engine.processes import run_child


@dataclass(frozen=True, slots=True)
class Head:
    """One dense layer on an embedding: `kernel` (d, c), `bias` (c,), `classes` in their order."""

    kernel: Float32
    bias: Float32
    classes: tuple[str, ...]

    def logits(self, embeddings: Float16 | Float32) -> Float32:
        """Return logits (n, c) of embeddings (n, d)."""
        out: Float32 = embeddings.astype(np.float32) @ self.kernel + self.bias
        return out


def refit(
    job: Job,
    embeddings: Float16 | Float32,
    labels: npt.NDArray[np.intp],
    classes: tuple[str, ...],
) -> Head:
    """Fit a head to embeddings (n, d) with labels (n,) into `classes`, in a child of its own.

    Classes may be new to the model; each needs an image. Raises `Problem` and `Cancelled`.
    """
    missing = set(range(len(classes))) - set(np.unique(labels).tolist())
    if missing or len(classes) < 2:
        names = ", ".join(classes[one] for one in sorted(missing))
        raise Problem("quick.no_images", names=names)
    with tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder) / "embeddings.npy", Path(folder) / "head.npz"
        np.save(file, embeddings)
        run_child(job, "head", {"embeddings": str(file), "labels": labels, "out": str(out)})
        with np.load(out, allow_pickle=False) as made:
            return Head(made["kernel"], made["bias"], classes)
