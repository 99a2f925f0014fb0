"""The gallery's rows: the session's images in the order a person chose; `data` only reads."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from gui.session import Item, Session
from gui.words import percent, say

ItemRole = Qt.ItemDataRole.UserRole
SortRole = Qt.ItemDataRole.UserRole + 1

BY_NAME, BY_DOUBT, BY_CLASS = "name", "doubt", "class"

_Index = QModelIndex | QPersistentModelIndex


class GalleryModel(QAbstractListModel):
    """One row an image.

    Results that come in never move a row by themselves: they make the order stale, which is told, and
    `sort_again` is the person's to ask for.
    """

    stale_changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._paths: list[str] = []
        self._rows: dict[str, int] = {}
        self.order = BY_NAME
        self.stale = False
        session.opened.connect(self._reset)
        session.added.connect(self._append)
        session.updated.connect(self._update)
        self._reset()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._paths)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self.item(index.row())
        match role:
            case _ if role == ItemRole:
                return item
            case _ if role == SortRole:
                return self._key(item)
            case Qt.ItemDataRole.DisplayRole:
                return item.name
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._describe(item)
        return None

    def item(self, row: int) -> Item:
        """Return the image in a row."""
        return self._session.items[self._paths[row]]

    def row(self, path: str) -> int | None:
        """Return the row of an image, None if it is not shown."""
        return self._rows.get(path)

    def sort_by(self, order: str) -> None:
        """Choose the order, now and for what comes."""
        self.order = order
        self.sort_again()

    def sort_again(self) -> None:
        """Bring the rows into the chosen order; current and selected images stay so."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        kept = [self._paths[index.row()] for index in before]
        self._paths = list(self._session.items)
        if self.order != BY_NAME:
            self._paths.sort(key=lambda path: self._key(self._session.items[path]))
        self._rows = {path: row for row, path in enumerate(self._paths)}
        self.changePersistentIndexList(before, [self.index(self._rows[path]) for path in kept])
        self.layoutChanged.emit()
        self._set_stale(False)

    def _key(self, item: Item) -> tuple[Any, ...]:
        # Images without a prediction come last, in the source's own order (sorting is stable).
        said = item.prediction
        match self.order:
            case "doubt":
                return (said is None, said.confidence if said else 0.0)
            case "class":
                place = self._session.looks.find(said.class_id).place if said else 0
                return (said is None, place, said.class_id if said else "")
        return (item.path,)

    def _describe(self, item: Item) -> str:
        lines = [item.path]
        looks = self._session.looks
        if item.prediction:
            name = looks.find(item.prediction.class_id).name
            lines.append(
                self.tr("Predicted: {name}, {confidence}, not confirmed").format(
                    name=name, confidence=percent(item.prediction.confidence)
                )
            )
        if item.label:
            lines.append(self.tr("Folder: {name}").format(name=looks.find(item.label).name))
        if item.problem:
            lines.append(say(item.problem))
        return "\n".join(lines)

    def _reset(self) -> None:
        self.beginResetModel()
        self._paths = list(self._session.items)
        self._rows = {path: row for row, path in enumerate(self._paths)}
        self.endResetModel()
        self._set_stale(False)

    def _append(self, paths: list[str]) -> None:
        first = len(self._paths)
        if not paths:
            return
        self.beginInsertRows(QModelIndex(), first, first + len(paths) - 1)
        self._paths += paths
        self._rows.update((path, first + place) for place, path in enumerate(paths))
        self.endInsertRows()

    def _update(self, paths: list[str]) -> None:
        rows = sorted(self._rows[path] for path in paths if path in self._rows)
        for first, last in _runs(rows):
            self.dataChanged.emit(self.index(first), self.index(last))
        if rows and self.order != BY_NAME:
            self._set_stale(True)

    def _set_stale(self, stale: bool) -> None:
        if stale != self.stale:
            self.stale = stale
            self.stale_changed.emit()


def _runs(rows: Iterable[int]) -> Iterable[tuple[int, int]]:
    # Neighbouring rows as one change each.
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
