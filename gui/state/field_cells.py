"""Cells of fields among the images of a table: their fields, and the order of their rows."""

from collections.abc import Iterable

import numpy as np

from engine.fields.cell_path import split_cell_path
from gui.state.class_codes import NONE
from gui.state.image_columns import ImageColumns, Rows


class FieldCells:
    """The fields in the order of their numbers, and the rows of their cells."""

    def __init__(self, columns: ImageColumns) -> None:
        self._columns = columns
        self.paths: list[str] = []
        """The paths of the fields; the column `field` has indices into them."""
        self._numbers: dict[str, int] = {}
        self.are_redrawn = False
        """True once cells were added or withdrawn, so that rows are not in the source's order."""

    def place(self, path: str) -> tuple[int, int, int]:
        """Return the number of a cell's field, and the top and the left of its box.

        The number is `NONE` for an image that is not a cell of a field; a new field gets a new one.
        """
        parts = split_cell_path(path)
        if parts is None:
            return NONE, 0, 0
        field_path, box = parts
        return self._add(field_path), box.y, box.x

    def number(self, field_path: str) -> int | None:
        """Return the number of a field, None for an unknown one."""
        return self._numbers.get(field_path)

    def add(self, field_paths: Iterable[str]) -> None:
        """Number fields without a cell too, after those with cells."""
        for field_path in field_paths:
            self._add(field_path)

    def rows_of(self, field_path: str) -> list[int]:
        """Return the rows of the cells of a field."""
        number = self._numbers.get(field_path)
        if number is None:
            return []
        columns = self._columns
        rows = (columns.used("field") == number) & ~columns.used("withdrawn")
        return np.flatnonzero(rows).tolist()

    def listed_rows(self) -> Rows:
        """Return the rows of the images in the source's order: an added cell is beside those of its field."""
        columns = self._columns
        if not self.are_redrawn:
            return np.arange(columns.count)
        rows = np.lexsort((columns.used("left"), columns.used("top"), columns.used("field")))
        return np.asarray(rows[~columns.used("withdrawn")[rows]], np.intp)

    def _add(self, field_path: str) -> int:
        number = self._numbers.setdefault(field_path, len(self.paths))
        if number == len(self.paths):
            self.paths.append(field_path)
        return number
