"""Images to label: those that were read and have no label, from a person or a folder, yet."""

import numpy as np

from gui.state.class_codes import NONE
from gui.state.image_columns import Mask
from gui.state.image_table import ImageTable


def can_be_labelled(table: ImageTable) -> Mask:
    """Return which images can be suggested for labelling (n,)."""
    excluded = table.column("bad") | table.column("removed") | table.column("withdrawn")
    mask: Mask = table.read & ~excluded & (table.labelled_classes() == NONE)
    return mask


def are_all_removed(table: ImageTable) -> bool:
    """Return whether a person removed every image that could have a label."""
    removed = table.column("removed")
    gone = removed | table.column("bad") | table.column("withdrawn")
    return bool(removed.any() and gone.all())


def count_to_label(table: ImageTable | None) -> int:
    """Return how many images can be suggested for labelling."""
    return 0 if table is None else int(np.count_nonzero(can_be_labelled(table)))
