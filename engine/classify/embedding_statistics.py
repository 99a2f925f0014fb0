"""Statistics of the embeddings of a model's training images: `statistics.npz` of a bundle."""

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from engine.classify.bundle import STATISTICS_FILE, Bundle
from engine.classify.reading import Float16, Float32
from engine.damaged_data import DamagedData, decoding
from engine.messages import Problem


@dataclass(frozen=True, slots=True)
class EmbeddingStatistics:
    """Embedding statistics of c classes, in k principal components of d dimensions.

    `mean` (d,) and `components` (d, k) are the projection; in it `class_means` (c, k), one shared
    `covariance` (k, k) around them, and `variance` (k,) around the overall mean. `residual` is the mean
    squared distance from the subspace; `scale` (c,) the median distance of each class's
    images (see `engine.explore.ood`); `quantiles` (101,) are the percentiles of the
    distance of validation images, which were not fitted.
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
        """Write an npz file of plain arrays."""
        np.savez(file, **{field.name: getattr(self, field.name) for field in fields(self)})


def load_statistics(bundle: Bundle) -> EmbeddingStatistics | None:
    """Read a bundle's statistics, None where it has none; raises `Problem` if they are damaged."""
    if STATISTICS_FILE not in bundle.card.files:
        return None
    bundle.verify([STATISTICS_FILE])
    try:
        with decoding(), np.load(bundle.folder / STATISTICS_FILE, allow_pickle=False) as arrays:
            statistics = EmbeddingStatistics(
                **{field.name: arrays[field.name] for field in fields(EmbeddingStatistics)}
            )
    except (OSError, DamagedData) as error:
        raise _damaged_problem(bundle) from error
    if not _has_expected_shapes(statistics, bundle):
        raise _damaged_problem(bundle)
    return statistics


def _has_expected_shapes(statistics: EmbeddingStatistics, bundle: Bundle) -> bool:
    d, c = bundle.card.embedding_size, len(bundle.card.classes)
    k = statistics.components.shape[-1] if statistics.components.ndim == 2 else 0
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
        getattr(statistics, name).shape == shape
        and getattr(statistics, name).dtype.kind == "f"
        and bool(np.isfinite(getattr(statistics, name)).all())
        for name, shape in shapes.items()
    )


def _damaged_problem(bundle: Bundle) -> Problem:
    return Problem("bundle.damaged", name=bundle.card.name, file=STATISTICS_FILE)
