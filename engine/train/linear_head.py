"""Linear head: a new last layer fitted to cached embeddings, in seconds."""

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
class LinearHead:
    """A dense layer on embeddings: `kernel` (d, c), `bias` (c,), `classes` in output order."""

    kernel: Float32
    bias: Float32
    classes: tuple[str, ...]

    def logits(self, embeddings: Float16 | Float32) -> Float32:
        """Return logits (n, c) of embeddings (n, d)."""
        logits: Float32 = embeddings.astype(np.float32) @ self.kernel + self.bias
        return logits


def fit_linear_head(
    job: Job,
    embeddings: Float16 | Float32,
    labels: npt.NDArray[np.intp],
    classes: tuple[str, ...],
) -> LinearHead:
    """Fit a head to embeddings (n, d) with labels (n,), indices into `classes`, in a child process.

    Classes may be new to the model; each needs an image. Raises `Problem` (`quick.no_images`) and
    `Cancelled`.
    """
    missing = set(range(len(classes))) - set(np.unique(labels).tolist())
    if missing or len(classes) < 2:
        names = ", ".join(classes[index] for index in sorted(missing))
        raise Problem("quick.no_images", names=names)
    with tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder) / "embeddings.npy", Path(folder) / "head.npz"
        np.save(file, embeddings)
        run_child(job, "head", {"embeddings": str(file), "labels": labels, "out": str(out)})
        with np.load(out, allow_pickle=False) as arrays:
            return LinearHead(arrays["kernel"], arrays["bias"], classes)
