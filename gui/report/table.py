"""Tables of the report: a line a class with its chip, as high as their lines, taken along with Ctrl+C."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from gui.classes import ClassLook
from gui.gallery.delegate import paint_letter
from gui.theme import Theme

Role = Qt.ItemDataRole
_Index = QModelIndex | QPersistentModelIndex
_BAR_WIDE = 5
_NAME_WIDE = 9


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the class it is of (None: a sum), its texts, and a bar with its interval, 0..1 each.

    The bar stands in the column that has one; `low` and `high` are the ends of its interval.
    """

    look: ClassLook | None
    texts: tuple[str, ...]
    bar: float | None = None
    low: float | None = None
    high: float | None = None


class ClassTable(QTableView):
    """Return or a double click on a line asks for its images."""

    opened = Signal(object)
    """A `Line` with a class."""

    reached = Signal(QRect)
    """Where the cell is that the arrow keys came to."""

    def __init__(self, theme: Theme, head: Sequence[str], *, bars: int | None = None) -> None:
        super().__init__()
        self._lines = _Model(tuple(head))
        self.setModel(self._lines)
        self.setItemDelegate(_Delegate(theme, bars))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        top = self.horizontalHeader()
        top.setHighlightSections(False)
        top.setSectionsClickable(False)
        top.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        if bars is not None:
            top.setSectionResizeMode(bars, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(self._open)
        theme.changed.connect(self.viewport().update)

    @property
    def lines(self) -> tuple[Line, ...]:
        """What it shows."""
        return self._lines.lines

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these; the line that was chosen stays so."""
        row = self.currentIndex().row()
        self._lines.take(tuple(lines))
        self.resizeRowsToContents()
        high = sum(self.rowHeight(one) for one in range(len(lines)))
        # It scrolls with its page, not by itself.
        top = self.horizontalHeader()
        self.setFixedHeight(top.sizeHint().height() + high + 2)
        columns = range(self._lines.columnCount())
        self.setMinimumWidth(
            sum(max(self.sizeHintForColumn(one), top.sectionSizeHint(one)) for one in columns) + 2
        )
        self.updateGeometry()
        if 0 <= row < len(lines):
            self.selectRow(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._lines.as_text())
        else:
            super().keyPressEvent(event)
            at = self.visualRect(self.currentIndex())
            self.reached.emit(at.translated(0, self.viewport().y()))

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and self.lines[index.row()].look is not None:
            self.opened.emit(self.lines[index.row()])


class _Model(QAbstractTableModel):
    def __init__(self, head: tuple[str, ...]) -> None:
        super().__init__()
        self._head = head
        self.lines: tuple[Line, ...] = ()

    def take(self, lines: tuple[Line, ...]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, _: _Index | None = None) -> int:
        return len(self.lines)

    def columnCount(self, _: _Index | None = None) -> int:
        return len(self._head)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Role.TextAlignmentRole:
            return _aligned(section)
        return self._head[section] if role == Role.DisplayRole else None

    def data(self, index: _Index, role: int = Role.DisplayRole) -> Any:
        line = self.lines[index.row()]
        match role:
            case Role.DisplayRole | Role.AccessibleTextRole:
                return line.texts[index.column()]
            case Role.ToolTipRole if index.column() == 0:
                return line.texts[0]
            case Role.TextAlignmentRole:
                return _aligned(index.column())
            case Role.UserRole:
                return line
        return None

    def as_text(self) -> str:
        """Return all of it with tabs between the columns, for a spreadsheet."""
        return "\n".join("\t".join(row) for row in (self._head, *(one.texts for one in self.lines)))


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, bars: int | None) -> None:
        super().__init__(theme)
        self._theme, self._bars = theme, bars

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        theme = self._theme
        size, edge = super().sizeHint(option, index), option.fontMetrics.height()
        more = edge + theme.space("small") if index.column() == 0 else 0
        if index.column() == 0:
            size.setWidth(min(size.width(), _NAME_WIDE * theme.space("wide")))
        if index.column() == self._bars:
            more = _BAR_WIDE * theme.space("wide")
        return QSize(size.width() + more + theme.space("large"), edge + theme.space("medium"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, line = self._theme, index.data(Role.UserRole)
        box, small = option.rect, theme.space("small")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("accent_soft"))
        if line.look is None:
            painter.setPen(theme.colour("line"))
            painter.drawLine(box.topLeft(), box.topRight())
            painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.setFont(theme.font(strong=line.look is None))
        room = box.adjusted(small, 0, -small, 0)
        if index.column() == 0 and line.look is not None:
            edge = painter.fontMetrics().height()
            chip = QRect(room.left(), room.center().y() - edge // 2, edge, edge)
            paint_letter(painter, theme, line.look, chip)
            room.setLeft(chip.right() + small)
        elif index.column() == self._bars and line.look is not None and line.bar is not None:
            wide = painter.fontMetrics().horizontalAdvance("100.0%")
            self._paint_bar(painter, QRectF(room.adjusted(small, 0, -wide - small, 0)), line)
        painter.setPen(theme.colour("text"))
        text = str(index.data() or "")
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, index.data(Role.TextAlignmentRole), text)
        painter.restore()

    def _paint_bar(self, painter: QPainter, room: QRectF, line: Line) -> None:
        theme, high = self._theme, float(self._theme.space("tight"))
        middle = room.center().y()
        painter.setPen(Qt.PenStyle.NoPen)
        for share, colour in ((1.0, "track"), (line.bar or 0.0, "bar")):
            painter.setBrush(theme.colour(colour))
            painter.drawRect(QRectF(room.left(), middle - high / 2, room.width() * share, high))
        if line.low is None or line.high is None:
            return
        painter.setPen(theme.colour("text"))
        ends = [round(room.left() + room.width() * end) for end in (line.low, line.high)]
        at = round(middle)
        painter.drawLine(ends[0], at, ends[1], at)
        for end in ends:
            painter.drawLine(end, at - round(high), end, at + round(high))


def _aligned(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
