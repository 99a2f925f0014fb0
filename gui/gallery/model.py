"""Gallery model: the images of the session that match the query, in its order."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from gui.gallery.bands import UNKNOWN_KEY, Band
from gui.gallery.image_texts import ImageTexts
from gui.gallery.row_runs import consecutive_runs
from gui.state.session import Session
from gui.words import number

if TYPE_CHECKING:
    from gui.gallery.query import Query
    from gui.state.image_columns import Rows
    from gui.state.image_item import ImageItem
    from gui.state.image_table import ImageTable

ITEM_ROLE = Qt.ItemDataRole.UserRole

_Index = QModelIndex | QPersistentModelIndex


class GalleryModel(QAbstractListModel):
    """List model with one row per matching image.

    New predictions never move rows: they mark the order as stale, and the user triggers `sort_again`.
    Decisions move rows between facets and bands at once.
    """

    stale_changed = Signal()
    counted = Signal(object)
    """The number of images of each facet, by group and key."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.texts = ImageTexts(session, self)
        # The table of the current rows; updated together with them.
        self._table: ImageTable | None = None
        self._sorted: Rows | None = None
        self._rows: Rows | None = None
        self._view_rows: Rows | None = None
        self._count = 0
        self.query: Query | None = None
        self.bands: list[Band] = []
        self.band_kind = ""
        """The attribute that the current bands group by."""
        self.is_order_stale = False
        session.opened.connect(self._restart)
        session.added.connect(self._append)
        session.updated.connect(self._update)
        session.cells_redrawn.connect(self._redraw)
        session.decided.connect(self._decided)
        session.findings_changed.connect(self._flagged)
        session.readings_judged.connect(self._apply_query)
        session.classes_changed.connect(self._apply_query)
        session.model_changed.connect(self._apply_query)
        self._restart()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._count

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= self._count:
            return None
        match role:
            case _ if role == ITEM_ROLE:
                return self.item(index.row())
            case Qt.ItemDataRole.DisplayRole:
                return self.item(index.row()).name
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return self.texts.describe(self.item(index.row()))
        return None

    def item(self, row: int) -> "ImageItem":
        """Return the image in a row."""
        assert self._table is not None
        assert self._rows is not None
        return self._table.item(int(self._rows[row]))

    def path(self, row: int) -> str:
        """Return the path of the image in a row."""
        assert self._table is not None
        assert self._rows is not None
        return self._table.paths[int(self._rows[row])]

    def paths(self, first: int, last: int) -> Sequence[str]:
        """Return the paths of the images in rows `first` to `last`, inclusive."""
        if self._table is None or self._rows is None:
            return []
        paths = self._table.paths
        return [paths[row] for row in self._rows[first : last + 1].tolist()]

    def row_of(self, path: str) -> int | None:
        """Return the row of an image, None if it is not shown."""
        table_row = self._table.row(path) if self._table is not None else None
        if table_row is None or self._view_rows is None or table_row >= len(self._view_rows):
            return None
        row = int(self._view_rows[table_row])
        return row if row >= 0 else None

    def table_rows(self) -> "Rows":
        """Return the table rows that are shown, in display order."""
        import numpy as np

        return self._rows if self._rows is not None else np.empty(0, np.intp)

    @property
    def table(self) -> "ImageTable | None":
        """The table of the rows, None without images."""
        return self._table

    def rows_of(self, rows: "Rows") -> "Rows":
        """Return the view rows of table rows, -1 for hidden ones."""
        import numpy as np

        view_rows = np.full(len(rows), -1, np.intp)
        if self._view_rows is not None:
            in_range = rows < len(self._view_rows)
            view_rows[in_range] = self._view_rows[rows[in_range]]
        return view_rows

    def set_query(self, query: "Query") -> None:
        """Show the images that match a query, in its order."""
        needs_sorting = self.query is None or query.order != self.query.order
        self.query = query
        if needs_sorting:
            self.sort_again()
        else:
            self._apply_query()

    def sort_again(self) -> None:
        """Sort the rows; the current and selected images are kept."""
        self._sorted = None
        self._apply_query()
        self._set_stale(False)

    def recount(self) -> None:
        """Recount the facets without changing the rows."""
        if self._session.table is not None and self.query is not None:
            from gui.gallery import query as queries

            self.counted.emit(queries.apply_query(self._session.table, self.query)[1])

    def _restart(self) -> None:
        query = self.query
        self._sorted = None
        if query is not None:
            # Filters of one folder do not apply to the next.
            self.query = query.without_filters()
        self._apply_query()
        self._set_stale(False)

    def _apply_query(self) -> None:
        table = self._session.table
        if table is None or table.is_empty:
            self._set_rows(None, [], "")
            self.counted.emit({})
            return
        import numpy as np

        from gui.gallery import query as queries
        from gui.gallery.banding import group_into_bands
        from gui.gallery.row_order import sort_rows

        if self.query is None:
            self.query = queries.Query()
        positions = {
            class_id: position for position, class_id in enumerate(self._session.class_styles.ids)
        }
        if self._sorted is None:
            self._sorted = sort_rows(table, self.query.order, positions)
        elif len(self._sorted) < len(table):
            added = np.arange(len(self._sorted), len(table))
            self._sorted = np.concatenate([self._sorted, added])
        matches, counts = queries.apply_query(table, self.query)
        rows = self._sorted[matches[self._sorted]]
        rows, bands = group_into_bands(
            table,
            rows,
            self.query.bands,
            positions,
            with_empty_fields=not self.query.is_filtered,
        )
        bands = [self._with_title(band, rows) for band in bands]
        self._set_rows(rows, bands, self.query.bands)
        self.counted.emit(counts)

    def _set_rows(self, rows: "Rows | None", bands: list[Band], kind: str) -> None:
        if rows is not None:
            import numpy as np

            unchanged = (
                self._table is self._session.table
                and self._rows is not None
                and np.array_equal(rows, self._rows)
            )
            if unchanged and list(map(_extent, bands)) == list(map(_extent, self.bands)):
                # No row moves, but the grouping and the details of the bands may change.
                self.bands, self.band_kind = bands, kind
                if self._count:
                    self.dataChanged.emit(self.index(0), self.index(self._count - 1))
                return
        self.beginResetModel()
        self._rows, self.bands, self.band_kind = rows, bands, kind
        self._table = self._session.table
        self._count = len(rows) if rows is not None else 0
        self._view_rows = None
        if rows is not None:
            assert self._table is not None
            self._view_rows = np.full(len(self._table), -1, np.intp)
            self._view_rows[rows] = np.arange(len(rows))
        self.endResetModel()

    def _with_title(self, band: Band, rows: "Rows") -> Band:
        from gui.gallery import query as queries

        assert self.query is not None
        if not self.query.bands:
            return band
        if self.query.bands == queries.BAND_REVIEW:
            return replace(band, title=self.texts.review_title(band.key))
        if self.query.bands == queries.BAND_FIELD:
            return replace(
                band,
                title=band.key or self.tr("Not a cell of a field"),
                detail="" if band.count else self.tr("no cell found"),
            )
        table = self._session.table
        assert table is not None
        band_rows = rows[band.first : band.first + band.count]
        reviewed = int((table.column("label")[band_rows] != -1).sum())
        return replace(
            band,
            title=self.texts.class_title(band.key),
            detail=self.tr("{done} reviewed").format(done=number(reviewed)),
            accepts_drops=self.query.bands == queries.BAND_CLASS
            and band.key not in ("", UNKNOWN_KEY),
        )

    def _append(self, paths: list[str]) -> None:
        if not paths:
            return
        if self._rows is None or self.query is None or self.query.bands or self.query.is_filtered:
            self._apply_query()
            return
        import numpy as np

        assert self._session.table is not None
        total = len(self._session.table)
        first = total - len(paths)
        if first != len(self._sorted if self._sorted is not None else ()):
            self._apply_query()
            return
        # The usual case while a folder is scanned: append rows, nothing else moves.
        added = np.arange(first, total)
        self.beginInsertRows(QModelIndex(), self._count, self._count + len(added) - 1)
        view_rows = np.arange(self._count, self._count + len(added))
        self._sorted = np.concatenate([self._sorted, added])
        self._rows = np.concatenate([self._rows, added])
        self._view_rows = np.concatenate([self._view_rows, view_rows])
        self._count += len(added)
        self.bands = [Band("", "", 0, self._count, "")]
        self.endInsertRows()

    def _update(self, paths: list[str]) -> None:
        rows = sorted(row for path in paths if (row := self.row_of(path)) is not None)
        for first, last in consecutive_runs(rows):
            self.dataChanged.emit(self.index(first), self.index(last))
        if self.query is not None and (
            self.query.order not in ("name", "size") or self.query.bands or self.query.facets
        ):
            self._set_stale(True)

    def _redraw(self) -> None:
        # Added cells come beside those of their field; in other orders at the end, as those found last.
        if self.query is not None and self.query.order == "name":
            self._sorted = None

    def _decided(self, paths: list[str]) -> None:
        self._apply_query()

    def _flagged(self) -> None:
        if self.query is not None and self.query.order == "possible":
            self._set_stale(True)
        facets = self.query.facets if self.query is not None else ()
        if any(group == "found" or key == "doubtful" for group, key in facets):
            self._apply_query()
        elif self._count:
            self.dataChanged.emit(self.index(0), self.index(self._count - 1))

    def _set_stale(self, stale: bool) -> None:
        if stale != self.is_order_stale:
            self.is_order_stale = stale
            self.stale_changed.emit()


def _extent(band: Band) -> tuple[str, int, int]:
    return band.key, band.first, band.count
