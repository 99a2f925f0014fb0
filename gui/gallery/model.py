"""The gallery's rows: the session's images that fit the query, in its order; `data` only reads."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from engine.project.values import NOT_CLASSED
from gui.gallery.bands import Band
from gui.session import Session
from gui.words import number, percent, say

if TYPE_CHECKING:
    from gui.gallery.query import Query
    from gui.table import ImageTable, Item, Rows

ItemRole = Qt.ItemDataRole.UserRole

_Index = QModelIndex | QPersistentModelIndex


class GalleryModel(QAbstractListModel):
    """One row an image that fits the query.

    Results that come in never move a row by themselves: they make the order stale, which is told, and
    `sort_again` is the person's to ask for. What a person decides moves rows at once, in and out of
    facets and bands.
    """

    stale_changed = Signal()
    counted = Signal(object)
    """How many images each facet has, by group and key."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        # The rows are of this table, until they are told to be others.
        self._table: ImageTable | None = None
        self._sorted: Rows | None = None
        self._rows: Rows | None = None
        self._places: Rows | None = None
        self._count = 0
        self.query: Query | None = None
        self.bands: list[Band] = []
        self.kind = ""
        """What the bands go by that are there now."""
        self.stale = False
        session.opened.connect(self._restart)
        session.added.connect(self._append)
        session.updated.connect(self._update)
        session.decided.connect(self._decided)
        session.flagged.connect(self._flagged)
        session.classes_changed.connect(self._refit)
        session.engine_changed.connect(self._refit)
        self._restart()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._count

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= self._count:
            return None
        match role:
            case _ if role == ItemRole:
                return self.item(index.row())
            case Qt.ItemDataRole.DisplayRole:
                return self.item(index.row()).name
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._describe(self.item(index.row()))
        return None

    def item(self, row: int) -> "Item":
        """Return the image in a row."""
        assert self._table is not None
        assert self._rows is not None
        return self._table.item(int(self._rows[row]))

    def path(self, row: int) -> str:
        """Return the path of the image in a row."""
        assert self._table is not None
        assert self._rows is not None
        return self._table.paths[self._rows[row]]

    def paths(self, first: int, last: int) -> Sequence[str]:
        """Return the paths of the images in rows, the last one included."""
        if self._table is None or self._rows is None:
            return []
        known = self._table.paths
        return [known[row] for row in self._rows[first : last + 1].tolist()]

    def row(self, path: str) -> int | None:
        """Return the row of an image, None if it is not shown."""
        row = self._table.row(path) if self._table is not None else None
        if row is None or self._places is None or row >= len(self._places):
            return None
        place = int(self._places[row])
        return place if place >= 0 else None

    def table_rows(self) -> "Rows":
        """Return the rows of the session's table that are shown, in their order."""
        import numpy as np

        return self._rows if self._rows is not None else np.empty(0, np.intp)

    @property
    def table(self) -> "ImageTable | None":
        """The table that the rows are of, None if there are none."""
        return self._table

    def places(self, rows: "Rows") -> "Rows":
        """Return where rows of the table are shown, -1 for those that are not."""
        import numpy as np

        places = np.full(len(rows), -1, np.intp)
        if self._places is not None:
            known = rows < len(self._places)
            places[known] = self._places[rows[known]]
        return places

    def ask(self, query: "Query") -> None:
        """Show what fits a query, in its order, from now on."""
        again = self.query is None or query.order != self.query.order
        self.query = query
        if again:
            self.sort_again()
        else:
            self._refit()

    def sort_again(self) -> None:
        """Bring the rows into the chosen order; current and selected images stay so."""
        self._sorted = None
        self._refit()
        self._set_stale(False)

    def recount(self) -> None:
        """Count the facets again, and leave the rows alone."""
        if self._session.table is not None and self.query is not None:
            from gui.gallery import query as queries

            self.counted.emit(queries.chosen(self._session.table, self.query)[1])

    def _restart(self) -> None:
        from_start = self.query
        self._sorted = None
        if from_start is not None:
            # What was searched for in one folder is not what to see of the next.
            self.query = from_start.all()
        self._refit()
        self._set_stale(False)

    def _refit(self) -> None:
        table = self._session.table
        if table is None or not len(table):
            self._show(None, [], "")
            self.counted.emit({})
            return
        import numpy as np

        from gui.gallery import query as queries

        if self.query is None:
            self.query = queries.Query()
        places = {one: place for place, one in enumerate(self._session.looks.ids)}
        if self._sorted is None:
            self._sorted = queries.in_order(table, self.query.order, places)
        elif len(self._sorted) < len(table):
            new = np.arange(len(self._sorted), len(table))
            self._sorted = np.concatenate([self._sorted, new])
        fits, counts = queries.chosen(table, self.query)
        rows = self._sorted[fits[self._sorted]]
        rows, bands = queries.in_bands(table, rows, self.query.bands, places)
        bands = [self._worded(band, rows) for band in bands]
        self._show(rows, bands, self.query.bands)
        self.counted.emit(counts)

    def _show(self, rows: "Rows | None", bands: list[Band], kind: str) -> None:
        if rows is not None:
            import numpy as np

            same = self._table is self._session.table and np.array_equal(rows, self._rows)
            if same and list(map(_extent, bands)) == list(map(_extent, self.bands)):
                # Nothing moves; what the bands go by and say may be another.
                self.bands, self.kind = bands, kind
                if self._count:
                    self.dataChanged.emit(self.index(0), self.index(self._count - 1))
                return
        self.beginResetModel()
        self._rows, self.bands, self.kind = rows, bands, kind
        self._table = self._session.table
        self._count = len(rows) if rows is not None else 0
        self._places = None
        if rows is not None:
            assert self._table is not None
            self._places = np.full(len(self._table), -1, np.intp)
            self._places[rows] = np.arange(len(rows))
        self.endResetModel()

    def _worded(self, band: Band, rows: "Rows") -> Band:
        from gui.gallery import query as queries

        assert self.query is not None
        if not self.query.bands:
            return band
        if self.query.bands == queries.BAND_REVIEW:
            return replace(band, title=self.review_words(band.key))
        table = self._session.table
        assert table is not None
        inside = rows[band.first : band.first + band.count]
        done = int((table.column("label")[inside] != -1).sum())
        return replace(
            band,
            title=self.class_words(band.key),
            detail=self.tr("{done} reviewed").format(done=number(done)),
            takes=self.query.bands == queries.BAND_CLASS and bool(band.key),
        )

    def class_words(self, key: str) -> str:
        """Return what a class, or no class, is called."""
        if key == NOT_CLASSED:
            return self.tr("Not classed", "the class of one image")
        return self._session.looks.find(key).name if key else self.tr("No class yet")

    def review_words(self, key: str) -> str:
        """Return what a state of review is called."""
        return {
            "open": self.tr("Not reviewed"),
            "confirmed": self.tr("Confirmed"),
            "corrected": self.tr("Corrected"),
            "not_classed": self.tr("Not classed"),
            "removed": self.tr("Removed"),
            "bad": self.tr("Could not be read"),
        }[key]

    def found_words(self, key: str) -> str:
        """Return what a kind of findings is called."""
        # Only where a scan was made is any of this needed.
        from engine.curate.finding import Kind
        from gui.clean.words import title

        return title(Kind(key))

    def _describe(self, item: "Item") -> str:
        lines = [item.path]
        looks = self._session.looks
        if item.label:
            lines.append(self.tr("Class: {name}").format(name=self.class_words(item.label)))
        if item.prediction:
            name = looks.find(item.prediction.class_id).name
            words = self.tr("Predicted: {name}, {confidence}")
            if not item.label:
                words = self.tr("Predicted: {name}, {confidence}, not confirmed")
            lines.append(words.format(name=name, confidence=percent(item.prediction.confidence)))
        if item.given:
            lines.append(self.tr("Folder: {name}").format(name=looks.find(item.given).name))
        if item.removed:
            lines.append(self.tr("Removed", "one image"))
        if item.found:
            kinds = ", ".join(map(self.found_words, item.found))
            lines.append(self.tr("Found: {kinds}").format(kinds=kinds))
        if item.note:
            lines.append(self.tr("Note: {note}").format(note=item.note))
        if item.problem:
            lines.append(say(item.problem))
        return "\n".join(lines)

    def _append(self, paths: list[str]) -> None:
        if not paths:
            return
        if self._rows is None or self.query is None or self.query.bands or self.query.narrowed:
            self._refit()
            return
        import numpy as np

        assert self._session.table is not None
        total = len(self._session.table)
        first = total - len(paths)
        if first != len(self._sorted if self._sorted is not None else ()):
            self._refit()
            return
        # The usual case while a folder is scanned: more at the end, nothing else moves.
        new = np.arange(first, total)
        self.beginInsertRows(QModelIndex(), self._count, self._count + len(new) - 1)
        places = np.arange(self._count, self._count + len(new))
        self._sorted = np.concatenate([self._sorted, new])
        self._rows = np.concatenate([self._rows, new])
        self._places = np.concatenate([self._places, places])
        self._count += len(new)
        self.bands = [Band("", "", 0, self._count, "")]
        self.endInsertRows()

    def _update(self, paths: list[str]) -> None:
        rows = sorted(row for path in paths if (row := self.row(path)) is not None)
        for first, last in runs(rows):
            self.dataChanged.emit(self.index(first), self.index(last))
        if self.query is not None and (
            self.query.order not in ("name", "size") or self.query.bands or self.query.facets
        ):
            self._set_stale(True)

    def _decided(self, paths: list[str]) -> None:
        self._refit()

    def _flagged(self) -> None:
        if self.query is not None and any(group == "found" for group, _ in self.query.facets):
            self._refit()
        elif self._count:
            self.dataChanged.emit(self.index(0), self.index(self._count - 1))

    def _set_stale(self, stale: bool) -> None:
        if stale != self.stale:
            self.stale = stale
            self.stale_changed.emit()


def _extent(band: Band) -> tuple[str, int, int]:
    return band.key, band.first, band.count


def runs(rows: Iterable[int]) -> Iterable[tuple[int, int]]:
    """Return rows, which are sorted, as runs of neighbours: first and last of each."""
    first = last = None
    for row in rows:
        if last is not None and row == last + 1:
            last = row
            continue
        if first is not None:
            yield first, last
        first = last = row
    if first is not None:
        yield first, last
