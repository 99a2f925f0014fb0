"""Selected paths as a lazy sequence, so that a selection of 100,000 images needs no list of paths."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, cast, overload

from PySide6.QtCore import QItemSelection, QItemSelectionRange

if TYPE_CHECKING:
    from gui.gallery.model import GalleryModel
    from gui.state.image_columns import Rows
    from gui.state.image_table import ImageTable


class SelectedPaths(Sequence[str]):
    """Paths of table rows, looked up on access.

    Table rows do not change while the source is open, so the sequence survives re-sorting of the gallery.
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
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> "SelectedPaths": ...
    def __getitem__(self, index: int | slice) -> "str | SelectedPaths":
        if isinstance(index, slice):
            return SelectedPaths(self._table, self._rows[index])
        return self._table.paths[int(self._rows[index])]


def row_ranges(selection: QItemSelection) -> list[tuple[int, int]]:
    """Return a selection as ranges of view rows, (first, last) each, in the order of selection."""
    # The type stubs do not declare that a selection is iterable.
    spans = cast("Iterable[QItemSelectionRange]", selection)
    return [(span.top(), span.bottom()) for span in spans]


def to_item_selection(model: "GalleryModel", rows: "Rows") -> QItemSelection:
    """Return table rows as a selection of the gallery model; hidden rows are omitted."""
    import numpy as np

    selection = QItemSelection()
    view_rows = np.sort(model.rows_of(rows))
    view_rows = view_rows[np.searchsorted(view_rows, 0) :]
    if len(view_rows):
        # One range per run of consecutive rows.
        breaks = np.flatnonzero(np.diff(view_rows) > 1)
        firsts = view_rows[np.concatenate([[0], breaks + 1])].tolist()
        lasts = view_rows[np.concatenate([breaks, [len(view_rows) - 1]])].tolist()
        for first, last in zip(firsts, lasts, strict=True):
            selection.select(model.index(first), model.index(last))
    return selection
