"""Class counts: the classes of the images of a table, and the number of images of each."""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from gui.state.image_table import ImageTable


def displayed_counts(table: "ImageTable") -> dict[str, int]:
    """Return for each class the number of images that have it now, by label or prediction."""
    codes = table.displayed_classes()
    counts = np.bincount(codes[codes >= 0], minlength=len(table.classes))
    return dict(zip(table.classes, counts.tolist(), strict=True))


def used_classes(table: "ImageTable") -> set[str]:
    """Return the classes that any image has as label, prediction or folder class."""
    columns = (table.column("label"), table.column("predicted"), table.column("given"))
    codes = np.unique(np.concatenate(columns))
    return {table.classes[code] for code in codes.tolist() if code >= 0}
