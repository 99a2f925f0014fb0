"""Columns of the image table: an array for each property, with a value for each row."""

from typing import Any

import numpy as np
import numpy.typing as npt

from gui.state.class_codes import NONE

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]

_COLUMNS: dict[str, tuple[Any, Any]] = {
    "given": (np.int16, NONE),
    "label": (np.int16, NONE),
    "predicted": (np.int16, NONE),
    "confidence": (np.float32, np.nan),
    "margin": (np.float32, np.nan),
    "unlike": (np.float32, np.nan),
    "unknown_score": (np.float32, np.nan),
    "possible": (np.uint8, 0),
    "size": (np.int64, 0),
    "field": (np.int32, NONE),
    "top": (np.int32, 0),
    "left": (np.int32, 0),
    "withdrawn": (np.bool_, False),
    "removed": (np.bool_, False),
    "noted": (np.bool_, False),
    "bad": (np.bool_, False),
    "found": (np.uint16, 0),
}
_READING_COLUMNS = ("predicted", "confidence", "margin", "unlike", "unknown_score", "possible")
_DECISION_COLUMNS = ("label", "removed", "noted")
_PLACE_COLUMNS = ("field", "top", "left")
_FIRST_CAPACITY = 1024


class ImageColumns:
    """The columns by name; each is longer than the table, so that rows can be added."""

    def __init__(self) -> None:
        self.count = 0
        """The number of rows of the table."""
        self._columns = {
            name: np.full(_FIRST_CAPACITY, empty, kind) for name, (kind, empty) in _COLUMNS.items()
        }

    def __getitem__(self, name: str) -> npt.NDArray[Any]:
        return self._columns[name]

    def used(self, name: str) -> npt.NDArray[Any]:
        """Return a view of a column, one value per row of the table; do not store it."""
        return self._columns[name][: self.count]

    @property
    def capacity(self) -> int:
        """The number of rows that the columns have room for."""
        return len(self._columns["given"])

    def grow(self, count: int) -> None:
        """Set the number of rows; room is made for them and for more."""
        self.count = count
        capacity = self.capacity
        if count <= capacity:
            return
        capacity = max(2 * capacity, count)
        for name, (kind, empty) in _COLUMNS.items():
            grown = np.full(capacity, empty, kind)
            old = self._columns[name]
            grown[: len(old)] = old
            self._columns[name] = grown

    def clear_readings(self) -> None:
        """Empty the columns that come from readings."""
        self._clear(*_READING_COLUMNS)

    def clear_decisions(self) -> None:
        """Empty the columns that come from decisions."""
        self._clear(*_DECISION_COLUMNS)

    def withdraw(self, row: int) -> None:
        """Mark a row as that of no image; its place in its field stays."""
        for name, (_, empty) in _COLUMNS.items():
            if name not in _PLACE_COLUMNS:
                self._columns[name][row] = empty
        self._columns["withdrawn"][row] = self._columns["bad"][row] = True

    def _clear(self, *names: str) -> None:
        for name in names:
            self._columns[name][:] = _COLUMNS[name][1]
