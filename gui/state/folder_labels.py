"""Folder labels: the classes that images get from mapped folder names."""

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.images.folder_names import FolderNames
    from engine.images.record import ImageRecord


class FolderLabels:
    """The unknown folder names of the images, and the records as they were scanned."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[tuple[str, ...], str | None]] = Counter()
        """The number of images by unknown folder names and the label that the scan gave them."""
        self._scanned: dict[int, ImageRecord] = {}
        """The records as scanned of rows whose label follows a mapped folder name."""

    def count(self, record: "ImageRecord") -> None:
        """Count a scanned record if its folder names are unknown."""
        if record.folder_names:
            self.counts[record.folder_names, record.label] += 1

    def relabel(
        self, row: int, record: "ImageRecord", folder_names: "FolderNames"
    ) -> "ImageRecord":
        """Return the record of a row with the label that the mapped folder names give it."""
        from engine.images.folder_names import label_by_folder_names

        scanned = self._scanned.pop(row, record)
        labelled = label_by_folder_names(scanned, folder_names)
        if labelled is not scanned:
            self._scanned[row] = scanned
        return labelled

    def forget(self, row: int) -> None:
        """Forget the scanned record of a row that is withdrawn."""
        self._scanned.pop(row, None)
