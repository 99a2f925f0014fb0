"""The differential count: how many cells of each class, before and after a person looked."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from msgspec import Struct

from engine.evaluate.intervals import wilson
from engine.images.class_set import DifferentialGroup

UNSURE_BELOW = 0.5
"""A prediction less confident than this is no majority of its own probability: "unidentified"."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One image as it is counted.

    `predicted` is the model's class and `confidence` its probability, both None where nothing was
    read. `reviewed` is a person's class, None until one acted. `not_classed`: a person looked and
    gave no class. `removed`: thrown out, so it is in no count.
    """

    path: str
    predicted: str | None
    confidence: float | None = None
    reviewed: str | None = None
    not_classed: bool = False
    removed: bool = False

    @property
    def counted_as(self) -> str | None:
        """The person's class, else the model's; None where the cell is in no count."""
        if self.removed or self.not_classed:
            return None
        return self.reviewed or self.predicted


class Counted(Struct, frozen=True):
    """One class of a count.

    `share` (0..1) is of all leukocytes for a leukocyte, with the 95% Wilson `interval`; both are None
    for other classes, and where there is no leukocyte. `per_100` are cells per 100 leukocytes, None
    where there is none. `predicted` is what the model alone counted in the same cells.
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

    `target` is how many leukocytes were asked for (None: all), `leukocytes` how many were found;
    `cells` are the paths it took, in order, `seen` how many images it went through. `not_classed`,
    `removed`, `unread`, `unreviewed` and `unidentified` count images among those seen; `unreviewed`
    are counted on the model's word alone, `unidentified` those of them below `UNSURE_BELOW`.
    """

    target: int | None
    leukocytes: int
    seen: int
    rows: tuple[Counted, ...]
    not_classed: int
    removed: int
    unread: int
    unreviewed: int
    unidentified: int
    cells: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether as many leukocytes were found as were asked for."""
        return self.target is None or self.leukocytes >= self.target


def differential(
    cells: Iterable[Cell],
    classes: Sequence[str],
    groups: Mapping[str, DifferentialGroup],
    target: int | None = None,
) -> Differential:
    """Count cells in the order they come, until `target` leukocytes are counted (None: all).

    As at the microscope, erythroblasts and platelets met on the way are counted beside them. Classes
    are listed in the order of `classes`, then those that only a cell has; one that `groups` does not
    know is `other`.
    """
    seen: list[Cell] = []
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
    waiting = [cell for cell in seen if cell.counted_as and not cell.reviewed]
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
        unreviewed=len(waiting),
        unidentified=sum((cell.confidence or 0.0) < UNSURE_BELOW for cell in waiting),
        cells=tuple(cell.path for cell in seen if cell.counted_as is not None),
    )


def _row(name: str, group: DifferentialGroup, n: int, predicted: int, leukocytes: int) -> Counted:
    per_100 = 100 * n / leukocytes if leukocytes else None
    if group != "leukocyte" or not leukocytes:
        return Counted(name, group, n, predicted, None, None, per_100)
    return Counted(name, group, n, predicted, n / leukocytes, wilson(n, leukocytes), per_100)
