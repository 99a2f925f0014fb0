"""Kinds of open findings of the images of a table, a bit for each in the column `found`."""

from collections.abc import Collection, Mapping

import numpy as np

from gui.state.image_columns import ImageColumns, Mask, Rows


class FoundKinds:
    """The kinds of the last scan."""

    def __init__(self, columns: ImageColumns) -> None:
        self._columns = columns
        self.kinds: tuple[str, ...] = ()
        """The kinds in the order of their bits, from the lowest."""

    def set_rows(self, found: Mapping[str, Rows]) -> None:
        """Set the rows with open findings, by kind."""
        self.kinds = tuple(found)
        column = self._columns["found"]
        column[:] = 0
        for place, rows in enumerate(found.values()):
            column[rows] |= np.uint16(1 << place)

    def of(self, row: int) -> tuple[str, ...]:
        """Return the kinds of a row's open findings."""
        bits = int(self._columns["found"][row])
        return tuple(kind for place, kind in enumerate(self.kinds) if bits >> place & 1)

    def mask(self, kinds: Collection[str]) -> Mask:
        """Return which rows have an open finding of any of these kinds."""
        bits = sum(1 << place for place, kind in enumerate(self.kinds) if kind in kinds)
        mask: Mask = (self._columns.used("found") & np.uint16(bits)) != 0
        return mask
