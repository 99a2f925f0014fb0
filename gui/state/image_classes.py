"""Classes of the images of a table: by folder, by the model, by a person, and which of them counts."""

from typing import Any

import numpy as np
import numpy.typing as npt

from gui.state.class_codes import NONE, ClassCodes, Codes
from gui.state.image_columns import ImageColumns, Mask


class ImageClasses:
    """The classes by row, for 100,000 images at once."""

    def __init__(self) -> None:
        self.codes = ClassCodes()
        self.unknown_limit = float("inf")
        """The unknown score over which an unlabelled image is set apart."""
        self._columns = ImageColumns()

    def column(self, name: str) -> npt.NDArray[Any]:
        """Return a view of a column, one value per row; do not modify or store it."""
        return self._columns.used(name)

    @property
    def classes(self) -> list[str]:
        """The classes by code."""
        return self.codes.ids

    def code(self, class_id: str) -> int:
        """Return the code of a class; a new class gets a new code."""
        return self.codes.code(class_id)

    def class_id(self, code: int) -> str | None:
        """Return the class of a code, None for `NONE`."""
        return self.codes.class_id(code)

    @property
    def merged(self) -> dict[str, str]:
        """Merged classes: class id → id of the class it was merged into."""
        return self.codes.merged

    def displayed_classes(self) -> Codes:
        """Return the label of each image, else its predicted class, else `NONE`."""
        label = self.decided_classes()
        return np.where(label != NONE, label, self.predicted_classes())

    def decided_classes(self) -> Codes:
        """Return the label of each image, merged classes resolved (the column itself keeps them)."""
        return self.codes.resolve_all(self.column("label"))

    def predicted_classes(self) -> Codes:
        """Return the predicted class of each image, merged classes resolved."""
        return self.codes.resolve_all(self.column("predicted"))

    def folder_classes(self) -> Codes:
        """Return the class given by each image's folder, merged classes resolved."""
        return self.codes.resolve_all(self.column("given"))

    def decided(self) -> Mask:
        """Return which images were labelled or removed by a person."""
        mask: Mask = (self.column("label") != NONE) | self.column("removed")
        return mask

    def unknown(self) -> Mask:
        """Return which unlabelled images seem to be none of the model's classes."""
        mask: Mask = (self.column("unknown_score") > self.unknown_limit) & (
            self.column("label") == NONE
        )
        return mask

    def labelled_classes(self) -> Codes:
        """Return the label of each image, else its folder class; `NONE` for removed images."""
        label = self.decided_classes()
        labelled = np.where(label != NONE, label, self.folder_classes())
        return np.where(self.column("removed"), np.int16(NONE), labelled)

    def relabelled(self) -> Mask:
        """Return which images a person gave another class than their folder, or else than the model."""
        label, by_folder = self.decided_classes(), self.folder_classes()
        before = np.where(by_folder != NONE, by_folder, self.predicted_classes())
        is_changed = (label != NONE) & (before != NONE) & (label != before)
        mask: Mask = is_changed & ~self.column("removed")
        return mask

    def resolve_class(self, class_id: str) -> str:
        """Return the project's class for a class of the model, merged classes resolved."""
        return self.classes[self.codes.resolve(self.code(class_id))]
