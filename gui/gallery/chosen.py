"""Which images are selected, without a list of 100,000 paths each time that changes."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
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

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> "Chosen": ...
    def __getitem__(self, place: int | slice) -> "str | Chosen":
        if isinstance(place, slice):
            return Chosen(self._table, self._rows[place])
        return self._table.paths[self._rows[place]]
