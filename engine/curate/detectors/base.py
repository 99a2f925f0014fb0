"""Base class of detectors, and the context that they search."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from engine.classify.reading import Float32
from engine.curate.finding import Finding, FindingKind
from engine.curate.image_set import ImageSet
from engine.curate.model_contradictions import Contradictions
from engine.curate.npz_cache import Arrays
from engine.curate.outliers import OFF_TOPIC_SCORE


@dataclass(frozen=True, slots=True)
class DetectorContext:
    """An image set, the comparison of its images (`engine.curate.comparison`), and the label names.

    `unknown_ratios` (m,) are the unknown scores of its contents as multiples of the limit, None where the
    model has no limits; `contradictions` are those of the labels by the model.
    """

    image_set: ImageSet
    comparison: Arrays
    labels: tuple[str, ...]
    unknown_ratios: Float32 | None = None
    contradictions: Contradictions | None = None

    def images_by_content(self) -> dict[int, list[int]]:
        """Return the images of each content row, in order."""
        images_by_row: dict[int, list[int]] = {}
        for image, row in enumerate(self.image_set.content_rows.tolist()):
            images_by_row.setdefault(row, []).append(image)
        return images_by_row

    def is_off_topic(self, row: int) -> bool:
        """Return whether the image with this content row shows no stained cell."""
        return bool(self.comparison["outlier_scores"][row] >= OFF_TOPIC_SCORE)


class Detector(ABC):
    """A stateless search for findings of one or two kinds; see `registry` for how to add one."""

    kinds: ClassVar[tuple[FindingKind, ...]]

    @abstractmethod
    def find(self, context: DetectorContext) -> Iterator[Finding]:
        """Yield findings, in any order."""
