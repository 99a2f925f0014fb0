"""Shown rows: which image of the table is in which row of the gallery."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.state.image_columns import Rows
    from gui.state.image_item import ImageItem
    from gui.state.image_table import ImageTable


class ShownRows:
    """Rows of an image table in display order; a view row is the position of a table row among them.

    `rows` is None where no image can be shown.
    """

    # NumPy is imported late: the window appears before it is needed.

    def __init__(self, table: "ImageTable | None" = None, rows: "Rows | None" = None) -> None:
        self.table = table
        self.rows = rows
        self._view_rows: Rows | None = None
        if rows is not None:
            import numpy as np

            assert table is not None
            self._view_rows = np.full(len(table), -1, np.intp)
            self._view_rows[rows] = np.arange(len(rows))

    def __len__(self) -> int:
        return len(self.rows) if self.rows is not None else 0

    def item(self, view_row: int) -> "ImageItem":
        """Return the image in a view row."""
        assert self.table is not None
        assert self.rows is not None
        return self.table.item(int(self.rows[view_row]))

    def path(self, view_row: int) -> str:
        """Return the path of the image in a view row."""
        assert self.table is not None
        assert self.rows is not None
        return self.table.paths[int(self.rows[view_row])]

    def paths(self, first: int, last: int) -> Sequence[str]:
        """Return the paths of the images in view rows `first` to `last`, inclusive."""
        if self.table is None or self.rows is None:
            return []
        paths = self.table.paths
        return [paths[row] for row in self.rows[first : last + 1].tolist()]

    def table_rows(self) -> "Rows":
        """Return the table rows, empty if there are none."""
        import numpy as np

        return self.rows if self.rows is not None else np.empty(0, np.intp)

    def view_row(self, path: str) -> int | None:
        """Return the view row of an image, None if it is not shown."""
        table_row = self.table.row(path) if self.table is not None else None
        if table_row is None or self._view_rows is None or table_row >= len(self._view_rows):
            return None
        row = int(self._view_rows[table_row])
        return row if row >= 0 else None

    def view_rows(self, table_rows: "Rows") -> "Rows":
        """Return the view rows of table rows, -1 for hidden ones."""
        import numpy as np

        view_rows = np.full(len(table_rows), -1, np.intp)
        if self._view_rows is not None:
            in_range = table_rows < len(self._view_rows)
            view_rows[in_range] = self._view_rows[table_rows[in_range]]
        return view_rows

    def is_same(self, table: "ImageTable | None", rows: "Rows") -> bool:
        """Return whether these are the rows of a table in the same order."""
        import numpy as np

        return self.table is table and self.rows is not None and np.array_equal(rows, self.rows)

    def append(self, added: "Rows") -> None:
        """Append the rows that were added at the end of the table."""
        import numpy as np

        assert self.rows is not None
        assert self._view_rows is not None
        new_view_rows = np.arange(len(self.rows), len(self.rows) + len(added))
        self.rows = np.concatenate([self.rows, added])
        self._view_rows = np.concatenate([self._view_rows, new_view_rows])
