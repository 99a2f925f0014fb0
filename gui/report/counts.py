"""The differential count as a table: one row a class, the leukocytes together, then what stands beside them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gui.classes import ClassLook, ClassLooks
from gui.words import number, percent

if TYPE_CHECKING:
    from engine.evaluate.differential import Counted, Differential

CLASS, N, SHARE, INTERVAL, PER_100, MODEL = range(6)
Role = Qt.ItemDataRole
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """One row; without a look it is the sum of the leukocytes. `low` and `high` are the interval's ends."""

    look: ClassLook | None
    n: int
    model: int
    share: float | None = None
    low: float | None = None
    high: float | None = None
    per_100: float | None = None


class CountsModel(QAbstractTableModel):
    """The lines of a differential count."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    def show_count(self, count: "Differential", looks: ClassLooks) -> None:
        """Show a count; classes of no cell are left out unless they are leukocytes."""
        own = [_line(row, looks) for row in count.rows if row.group == "leukocyte"]
        beside = [row for row in count.rows if row.group != "leukocyte"]
        whole = Line(
            None,
            count.leukocytes,
            sum(row.predicted for row in count.rows if row.group == "leukocyte"),
            1.0 if count.leukocytes else None,
        )
        rest = [_line(row, looks) for row in beside if row.n or row.predicted]
        self.beginResetModel()
        self.lines = (*own, whole, *rest)
        self.endResetModel()

    def rowCount(self, _: _Index | None = None) -> int:
        return len(self.lines)

    def columnCount(self, _: _Index | None = None) -> int:
        return MODEL + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Role.TextAlignmentRole:
            return _aligned(section)
        if role != Role.DisplayRole:
            return None
        return (
            self.tr("Class"),
            self.tr("Cells"),
            self.tr("Of the leukocytes"),
            self.tr("95% interval"),
            self.tr("Per 100 leukocytes"),
            self.tr("Model alone"),
        )[section]

    def data(self, index: _Index, role: int = Role.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return self.text(line, index.column())
        if role == Role.TextAlignmentRole:
            return _aligned(index.column())
        if role == Role.UserRole:
            return line
        return None

    def text(self, line: Line, column: int) -> str:
        """Return what a line says in a column."""
        match column:
            case 0:
                return line.look.name if line.look else self.tr("All leukocytes")
            case 1:
                return number(line.n)
            case 2:
                return "" if line.share is None else percent(line.share)
            case 3:
                if line.low is None or line.high is None:
                    return ""
                return f"{percent(line.low).rstrip('%')}–{percent(line.high)}"
            case 4:
                return "" if line.per_100 is None else f"{line.per_100:.1f}"
            case _:
                return number(line.model)

    def as_text(self) -> str:
        """Return the whole table with tabs between the columns, for a spreadsheet."""
        columns = range(self.columnCount())
        head = [str(self.headerData(one, Qt.Orientation.Horizontal)) for one in columns]
        body = [[self.text(line, one) for one in columns] for line in self.lines]
        return "\n".join("\t".join(row) for row in (head, *body))


def _line(row: "Counted", looks: ClassLooks) -> Line:
    low, high = row.interval or (None, None)
    beside = row.per_100 if row.group != "leukocyte" else None
    return Line(looks.find(row.id), row.n, row.predicted, row.share, low, high, beside)


def _aligned(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column != CLASS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
