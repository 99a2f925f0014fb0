"""What can be learned from: the images that have a class by their folder or by a person, and no others."""

from collections.abc import Collection

import numpy as np

from gui.classes import ClassLooks
from gui.clean.tally import ClassCount
from gui.table import NONE, Codes, ImageTable


def held(table: ImageTable, known: Collection[str]) -> Codes:
    """Return the class by which each image is learned from, `NONE` for those that are not.

    Those are removed, bad, not classed, or of no known class; what a model says makes no label.
    """
    labelled = table.labelled()
    codes = [code for code, class_id in enumerate(table.classes) if class_id in known]
    learned = np.isin(labelled, codes) & ~table.column("bad")
    return np.where(learned, labelled, np.int16(NONE))


def counts(table: ImageTable, looks: ClassLooks) -> tuple[ClassCount, ...]:
    """Return how many images each class has by the folders, and to learn from now; without empty ones."""
    given, now = table.given(), held(table, looks.ids)
    places = {class_id: code for code, class_id in enumerate(table.classes)}
    found = [
        ClassCount(one, int((given == code).sum()), int((now == code).sum()))
        for one in looks.ids
        if (code := places.get(one)) is not None
    ]
    return tuple(one for one in found if one.before or one.after)


def relabelled(table: ImageTable) -> int:
    """Return how many images have another class by a person than by their folder."""
    given, label = table.given(), table.column("label")
    both = (given != NONE) & (label != NONE) & ~table.column("removed")
    return int((both & (label != given)).sum())
