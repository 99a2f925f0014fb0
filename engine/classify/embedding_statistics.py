"""What the embeddings of a model's own training images look like: `statistics.npz` of a bundle."""

import zipfile
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from engine.classify.bundle import STATISTICS, Bundle
from engine.classify.reading import Float16, Float32
from engine.messages import Problem


@dataclass(frozen=True, slots=True)
class Statistics:
    """Embedding statistics of c classes in k principal components of d dimensions.

    `mean` (d,) and `components` (d, k) lead to the components; there `class_means` (c, k), one shared
    `covariance` (k, k) around them, and `variance` (k,) around the mean of all. `residual` is the mean
    squared distance from the components' space; `scale` (c,) the median distance of each class's
    images (see `engine.explore.ood`); `quantiles` (101,) of the distance of validation images, which
    were not fitted, at each per cent.
    """

    mean: Float32
    components: Float16
    class_means: Float32
    covariance: Float32
    variance: Float32
    residual: Float32
    scale: Float32
    quantiles: Float32

    def save(self, file: Path) -> None:
        """Write an npz of plain arrays."""
        np.savez(file, **{field.name: getattr(self, field.name) for field in fields(self)})


def load(bundle: Bundle) -> Statistics | None:
    """Read a bundle's statistics, None where it has none; raises `Problem` if they are damaged."""
    if STATISTICS not in bundle.card.files:
        return None
    bundle.verify([STATISTICS])
    try:
        with np.load(bundle.folder / STATISTICS, allow_pickle=False) as arrays:
            found = Statistics(**{field.name: arrays[field.name] for field in fields(Statistics)})
    except (OSError, EOFError, KeyError, ValueError, AttributeError, zipfile.BadZipFile) as error:
        raise _damaged(bundle) from error
    if not _fits(found, bundle):
        raise _damaged(bundle)
    return found


def _fits(found: Statistics, bundle: Bundle) -> bool:
    d, c = bundle.card.embedding_size, len(bundle.card.classes)
    k = found.components.shape[-1] if found.components.ndim == 2 else 0
    shapes = {
        "mean": (d,),
        "components": (d, k),
        "class_means": (c, k),
        "covariance": (k, k),
        "variance": (k,),
        "residual": (),
        "scale": (c,),
        "quantiles": (101,),
    }
    return k > 0 and all(
        getattr(found, name).shape == shape
        and getattr(found, name).dtype.kind == "f"
        and bool(np.isfinite(getattr(found, name)).all())
        for name, shape in shapes.items()
    )


def _damaged(bundle: Bundle) -> Problem:
    return Problem("bundle.damaged", name=bundle.card.name, file=STATISTICS)
