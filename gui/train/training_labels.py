"""Training labels: the images that have a class from their folder or from a person."""

from collections.abc import Collection

import numpy as np

from gui.clean.cleaning_summary import ClassCount
from gui.state.class_codes import NONE, Codes
from gui.state.class_styles import ClassStyles
from gui.state.image_table import ImageTable


def training_codes(table: ImageTable, class_ids: Collection[str]) -> Codes:
    """Return the class code with which each image is trained, `NONE` for excluded images.

    Excluded are removed, unreadable and not-classed images and those of no known class. Predictions
    are no labels.
    """
    labelled = table.labelled_classes()
    codes = [code for code, class_id in enumerate(table.classes) if class_id in class_ids]
    is_used = np.isin(labelled, codes) & ~table.column("bad")
    return np.where(is_used, labelled, np.int16(NONE))


def count_classes(table: ImageTable, class_styles: ClassStyles) -> tuple[ClassCount, ...]:
    """Return the images of each class by folder and for training now, without empty classes."""
    by_folder, current = table.folder_classes(), training_codes(table, class_styles.ids)
    codes = {class_id: code for code, class_id in enumerate(table.classes)}
    counts = [
        ClassCount(class_id, int((by_folder == code).sum()), int((current == code).sum()))
        for class_id in class_styles.ids
        if (code := codes.get(class_id)) is not None
    ]
    return tuple(count for count in counts if count.before or count.after)
