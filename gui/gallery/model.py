"""Gallery model: the images of the session that match the query, in its order."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from gui.gallery.arrangement import Arrangement
from gui.gallery.band_titles import BandTitles
from gui.gallery.bands import Band
from gui.gallery.image_texts import ImageTexts
from gui.gallery.row_runs import consecutive_runs
from gui.gallery.shown_rows import ShownRows
from gui.state.session import Session

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
        self._band_titles = BandTitles(self.texts, self)
        self._arrangement = Arrangement()
        self._shown_rows = ShownRows()
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
        session.assessments_changed.connect(self._apply_query)
        session.classes_changed.connect(self._apply_query)
        session.model_changed.connect(self._apply_query)
        self._restart()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown_rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= self.rowCount():
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
        return self._shown_rows.item(row)

    def path(self, row: int) -> str:
        """Return the path of the image in a row."""
        return self._shown_rows.path(row)

    def paths(self, first: int, last: int) -> Sequence[str]:
        """Return the paths of the images in rows `first` to `last`, inclusive."""
        return self._shown_rows.paths(first, last)

    def row_of(self, path: str) -> int | None:
        """Return the row of an image, None if it is not shown."""
        return self._shown_rows.view_row(path)

    def table_rows(self) -> "Rows":
        """Return the table rows that are shown, in display order."""
        return self._shown_rows.table_rows()

    @property
    def table(self) -> "ImageTable | None":
        """The table of the rows, None without images."""
        return self._shown_rows.table

    def rows_of(self, rows: "Rows") -> "Rows":
        """Return the view rows of table rows, -1 for hidden ones."""
        return self._shown_rows.view_rows(rows)

    def set_query(self, query: "Query") -> None:
        """Show the images that match a query, in its order."""
        needs_sorting = (
            self.query is None
            or query.order != self.query.order
            or (query.order == "suggestion" and query.only_rows != self.query.only_rows)
        )
        self.query = query
        if needs_sorting:
            self.sort_again()
        else:
            self._apply_query()

    def sort_again(self) -> None:
        """Sort the rows; the current and selected images are kept."""
        self._arrangement.forget_order()
        self._apply_query()
        self._set_stale(False)

    def recount(self) -> None:
        """Recount the facets without changing the rows."""
        if self._session.table is not None and self.query is not None:
            from gui.gallery import query as queries

            self.counted.emit(queries.apply_query(self._session.table, self.query)[1])

    def _restart(self) -> None:
        query = self.query
        self._arrangement.forget_order()
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
        if self.query is None:
            from gui.gallery.query import Query

            self.query = Query()
        positions = {
            class_id: position for position, class_id in enumerate(self._session.class_styles.ids)
        }
        rows, bands, counts = self._arrangement.arrange(table, self.query, positions)
        kind = self.query.bands
        bands = [self._band_titles.fill_in(band, kind, table, rows) for band in bands]
        self._set_rows(rows, bands, kind)
        self.counted.emit(counts)

    def _set_rows(self, rows: "Rows | None", bands: list[Band], kind: str) -> None:
        table = self._session.table
        unchanged = rows is not None and self._shown_rows.is_same(table, rows)
        if unchanged and list(map(_extent, bands)) == list(map(_extent, self.bands)):
            # No row moves, but the grouping and the details of the bands may change.
            self.bands, self.band_kind = bands, kind
            if self.rowCount():
                self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))
            return
        self.beginResetModel()
        self._shown_rows = ShownRows(table, rows)
        self.bands, self.band_kind = bands, kind
        self.endResetModel()

    def _append(self, paths: list[str]) -> None:
        if not paths:
            return
        query = self.query
        if self._shown_rows.rows is None or query is None or query.bands or query.is_filtered:
            self._apply_query()
            return
        import numpy as np

        assert self._session.table is not None
        total = len(self._session.table)
        first = total - len(paths)
        if first != self._arrangement.sorted_count:
            self._apply_query()
            return
        # The usual case while a folder is scanned: append rows, nothing else moves.
        added = np.arange(first, total)
        count = self.rowCount()
        self.beginInsertRows(QModelIndex(), count, count + len(added) - 1)
        self._arrangement.append(added)
        self._shown_rows.append(added)
        self.bands = [Band("", "", 0, self.rowCount(), "")]
        self.endInsertRows()

    def _update(self, paths: list[str]) -> None:
        rows = sorted(row for path in paths if (row := self.row_of(path)) is not None)
        for first, last in consecutive_runs(rows):
            self.dataChanged.emit(self.index(first), self.index(last))
        if self.query is not None and (
            self.query.order not in ("name", "size", "suggestion")
            or self.query.bands
            or self.query.facets
        ):
            self._set_stale(True)

    def _redraw(self) -> None:
        # Added cells come beside those of their field; in other orders at the end, as those found last.
        if self.query is not None and self.query.order == "name":
            self._arrangement.forget_order()

    def _decided(self, paths: list[str]) -> None:
        self._apply_query()

    def _flagged(self) -> None:
        if self.query is not None and self.query.order == "possible":
            self._set_stale(True)
        facets = self.query.facets if self.query is not None else ()
        if any(group == "found" or key == "doubtful" for group, key in facets):
            self._apply_query()
        elif self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    def _set_stale(self, stale: bool) -> None:
        if stale != self.is_order_stale:
            self.is_order_stale = stale
            self.stale_changed.emit()


def _extent(band: Band) -> tuple[str, int, int]:
    return band.key, band.first, band.count
