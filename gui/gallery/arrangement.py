"""Arrangement: the images that match a query, sorted and grouped into bands."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.gallery.bands import Band
    from gui.gallery.query import Query
    from gui.state.image_columns import Rows
    from gui.state.image_table import ImageTable

Counts = dict[str, dict[str, int]]
"""The number of images of each facet, by group and key."""


class Arrangement:
    """Sorts once and filters each time: until `forget_order`, no image changes its place among others."""

    # NumPy and the query are imported late: the window appears before they are needed.

    def __init__(self) -> None:
        self._sorted: Rows | None = None

    @property
    def sorted_count(self) -> int:
        """The number of images whose order is decided."""
        return len(self._sorted) if self._sorted is not None else 0

    def forget_order(self) -> None:
        """Let the next `arrange` sort."""
        self._sorted = None

    def append(self, added: "Rows") -> None:
        """Append the rows that were added at the end of the table."""
        import numpy as np

        self._sorted = added if self._sorted is None else np.concatenate([self._sorted, added])

    def arrange(
        self, table: "ImageTable", query: "Query", class_positions: dict[str, int]
    ) -> "tuple[Rows, list[Band], Counts]":
        """Return the table rows that match a query, their bands, and the counts of the facets.

        `class_positions` are the display positions of the classes. The bands have no titles yet.
        """
        import numpy as np

        from gui.gallery.banding import group_into_bands
        from gui.gallery.query import apply_query
        from gui.gallery.row_order import sort_rows

        if self._sorted is None:
            self._sorted = sort_rows(table, query.order, class_positions, query.only_rows)
        elif len(self._sorted) < len(table):
            self.append(np.arange(len(self._sorted), len(table)))
        matches, counts = apply_query(table, query)
        rows, bands = group_into_bands(
            table,
            self._sorted[matches[self._sorted]],
            query.bands,
            class_positions,
            with_empty_fields=not query.is_filtered,
        )
        return rows, bands, counts
