"""Draw of a competency test: equally many cells of each class, in random order."""

import random
from collections.abc import Iterable, Sequence

from engine.competency.truth import TruthCell


def draw_cells(cells: Iterable[TruthCell], count: int, seed: int) -> list[TruthCell]:
    """Return the drawn cells in random order; the same seed draws the same.

    Every class gives equally many, so that rare classes count; a class with fewer cells gives all of them,
    and the others make up for it. Of copies of one image only one can be drawn, none if their labels
    contradict each other.
    """
    generator = random.Random(seed)
    # Sorted, so that the draw does not depend on the order in which a folder is listed.
    ordered = _without_copies(sorted(cells, key=lambda cell: cell.path))
    generator.shuffle(ordered)
    by_class: dict[str, list[TruthCell]] = {}
    for cell in ordered:
        by_class.setdefault(cell.label, []).append(cell)
    drawn: list[TruthCell] = []
    # The smallest class first: what it lacks is shared by the others.
    names = sorted(by_class, key=lambda name: (len(by_class[name]), name))
    for position, name in enumerate(names):
        quota = max(count - len(drawn), 0) // (len(names) - position)
        drawn += by_class[name][:quota]
    # The draw would otherwise show in the order.
    generator.shuffle(drawn)
    return drawn


def _without_copies(ordered: Sequence[TruthCell]) -> list[TruthCell]:
    labels: dict[str, set[str]] = {}
    for cell in ordered:
        labels.setdefault(cell.content, set()).add(cell.label)
    taken: set[str] = set()
    different = []
    for cell in ordered:
        if cell.content and (cell.content in taken or len(labels[cell.content]) > 1):
            continue
        taken.add(cell.content)
        different.append(cell)
    return different
