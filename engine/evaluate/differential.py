"""Differential count: cells of each class, as predicted and as reviewed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from msgspec import Struct

from engine.evaluate.intervals import wilson_interval
from engine.images.class_set import DifferentialGroup

MIN_IDENTIFIED_CONFIDENCE = 0.5
"""Least confidence of an identified cell: below it, the predicted class has no majority."""


@dataclass(frozen=True, slots=True)
class CountedImage:
    """One image of a count.

    `predicted` is the model's class and `confidence` its probability, both None where there is no
    prediction. `reviewed` is the person's class, None before a review. `not_classed`: reviewed and
    assigned to no class. `removed`: excluded from every count. `is_unknown`: it seems to be none of the model's
    classes.
    """

    path: str
    predicted: str | None
    confidence: float | None = None
    reviewed: str | None = None
    not_classed: bool = False
    removed: bool = False
    is_unknown: bool = False

    @property
    def counted_as(self) -> str | None:
        """The person's class, else the model's; None where the image is not counted."""
        if self.removed or self.not_classed:
            return None
        return self.reviewed or self.predicted


class DifferentialRow(Struct, frozen=True):
    """One class of a count.

    `share` (0..1) is the share of all leukocytes, with the 95% Wilson `interval`; both are None for
    other classes and without leukocytes. `per_100` is cells per 100 leukocytes, None without leukocytes.
    `predicted` is the model's own count of the same cells.
    """

    id: str
    group: DifferentialGroup
    n: int
    predicted: int
    share: float | None
    interval: tuple[float, float] | None
    per_100: float | None


class Differential(Struct, frozen=True):
    """A differential count.

    `target` is the requested number of leukocytes (None: all), `leukocytes` the number counted;
    `cells` are the paths of counted images in order, `seen` the number of images gone through.
    `not_classed`, `removed`, `unread`, `unreviewed` and `unidentified` count images among those;
    `unreviewed` images count as predicted, `unidentified` are those of them below
    `MIN_IDENTIFIED_CONFIDENCE` or of none of the classes.
    """

    target: int | None
    leukocytes: int
    seen: int
    rows: tuple[DifferentialRow, ...]
    not_classed: int
    removed: int
    unread: int
    unreviewed: int
    unidentified: int
    cells: tuple[str, ...]

    @property
    def examined(self) -> int:
        """The number of images examined, without removed ones."""
        return self.seen - self.removed

    @property
    def complete(self) -> bool:
        """True if the requested number of leukocytes was reached."""
        return self.target is None or self.leukocytes >= self.target


def count_differential(
    cells: Iterable[CountedImage],
    classes: Sequence[str],
    groups: Mapping[str, DifferentialGroup],
    target: int | None = None,
) -> Differential:
    """Count cells in order until `target` leukocytes are counted (None: all).

    As at the microscope, erythroblasts and platelets are counted beside the leukocytes. Rows follow
    `classes`, then any further classes of the cells; a class that is not in `groups` is `other`.
    """
    seen: list[CountedImage] = []
    leukocytes = 0
    for cell in cells:
        if target is not None and leukocytes >= target:
            break
        seen.append(cell)
        name = cell.counted_as
        leukocytes += name is not None and groups.get(name) == "leukocyte"
    counted = Counter(cell.counted_as for cell in seen)
    predicted = Counter(cell.predicted for cell in seen if cell.counted_as is not None)
    extra = sorted({name for name in (*counted, *predicted) if name} - set(classes))
    rows = tuple(
        _row(name, groups.get(name, "other"), counted[name], predicted[name], leukocytes)
        for name in (*classes, *extra)
    )
    unreviewed = [cell for cell in seen if cell.counted_as and not cell.reviewed]
    return Differential(
        target=target,
        leukocytes=leukocytes,
        seen=len(seen),
        rows=rows,
        not_classed=sum(cell.not_classed and not cell.removed for cell in seen),
        removed=sum(cell.removed for cell in seen),
        unread=sum(
            not (cell.removed or cell.not_classed or cell.counted_as is not None) for cell in seen
        ),
        unreviewed=len(unreviewed),
        unidentified=sum(
            cell.is_unknown or (cell.confidence or 0.0) < MIN_IDENTIFIED_CONFIDENCE
            for cell in unreviewed
        ),
        cells=tuple(cell.path for cell in seen if cell.counted_as is not None),
    )


def _row(
    name: str, group: DifferentialGroup, n: int, predicted: int, leukocytes: int
) -> DifferentialRow:
    per_100 = 100 * n / leukocytes if leukocytes else None
    if group != "leukocyte" or not leukocytes:
        return DifferentialRow(name, group, n, predicted, None, None, per_100)
    return DifferentialRow(
        name, group, n, predicted, n / leukocytes, wilson_interval(n, leukocytes), per_100
    )
