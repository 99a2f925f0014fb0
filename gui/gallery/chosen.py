"""Which images are selected, without a list of 100,000 paths each time that changes."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, overload

from PySide6.QtCore import QItemSelection

if TYPE_CHECKING:
    from gui.gallery.model import GalleryModel
    from gui.table import ImageTable, Rows


class Chosen(Sequence[str]):
    """The paths of rows of a table, looked up when they are asked for.

    Rows of a table never change while its source is open, so this stays true when the gallery's do.
    """

    def __init__(self, table: "ImageTable", rows: "Rows") -> None:
        self._table = table
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[str]:
        return map(self._table.paths.__getitem__, self._rows.tolist())

    def __contains__(self, path: object) -> bool:
        row = self._table.row(path) if isinstance(path, str) else None
        return row is not None and bool((self._rows == row).any())

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> "Chosen": ...
    def __getitem__(self, place: int | slice) -> "str | Chosen":
        if isinstance(place, slice):
            return Chosen(self._table, self._rows[place])
        return self._table.paths[self._rows[place]]


def selection_of(model: "GalleryModel", rows: "Rows") -> QItemSelection:
    """Return rows of the table as a selection of the model's; those that are not shown are left out."""
    import numpy as np

    selection = QItemSelection()
    places = np.sort(model.places(rows))
    places = places[np.searchsorted(places, 0) :]
    if len(places):
        # As runs of neighbours.
        breaks = np.flatnonzero(np.diff(places) > 1)
        firsts = places[np.concatenate([[0], breaks + 1])].tolist()
        lasts = places[np.concatenate([breaks, [len(places) - 1]])].tolist()
        for first, last in zip(firsts, lasts, strict=True):
            selection.select(model.index(first), model.index(last))
    return selection
