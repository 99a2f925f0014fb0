"""Class table: a report table with a row for each class; Ctrl+C copies it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
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

from gui.gallery.delegate import paint_class_letter
from gui.state.class_styles import ClassStyle
from gui.theme import Theme

Role = Qt.ItemDataRole
_Index = QModelIndex | QPersistentModelIndex
_FONT_EVENTS = (QEvent.Type.Show, QEvent.Type.FontChange, QEvent.Type.StyleChange)
_BAR_WIDTH = 5
_NAME_WIDTH = 9


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its class (None for a total), its texts, and optionally a bar from 0 to 1.

    `low` and `high` are the ends of the interval of the bar. `is_total` False: a row without a class that
    is no total either.
    """

    style: ClassStyle | None
    texts: tuple[str, ...]
    bar: float | None = None
    low: float | None = None
    high: float | None = None
    is_total: bool = True


class ClassTable(QTableView):
    """Table as high as its rows; Return or a double click opens the images of a row."""

    opened = Signal(object)
    """A `TableRow` with a class."""

    reached = Signal(QRect)
    """The rectangle of the current cell, after an arrow key."""

    def __init__(self, theme: Theme, titles: Sequence[str], *, bars: int | None = None) -> None:
        super().__init__()
        self._rows_model = _Model(tuple(titles))
        self.setModel(self._rows_model)
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
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        if bars is not None:
            header.setSectionResizeMode(bars, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(self._open)
        theme.changed.connect(self.viewport().update)

    @property
    def rows(self) -> tuple[TableRow, ...]:
        """The shown rows."""
        return self._rows_model.rows

    def show_rows(self, rows: Sequence[TableRow], titles: Sequence[str] = ()) -> None:
        """Show rows, under other titles if there are any; the selected row number stays.

        Columns without any text are hidden.
        """
        selected = self.currentIndex().row()
        self._rows_model.set_rows(tuple(rows), tuple(titles))
        for column in range(1, self._rows_model.columnCount()):
            self.setColumnHidden(column, not any(row.texts[column] for row in rows))
        self._fit()
        if 0 <= selected < len(rows):
            self.selectRow(selected)

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        # Only then the table has the font of the theme, whose rows are higher.
        if event.type() in _FONT_EVENTS and "_rows_model" in self.__dict__:
            self._fit()
        return handled

    def _fit(self) -> None:
        self.resizeRowsToContents()
        height = sum(self.rowHeight(row) for row in range(self._rows_model.rowCount()))
        # The page scrolls, not the table.
        header = self.horizontalHeader()
        self.setFixedHeight(header.sizeHint().height() + height + 2)
        columns = (
            column
            for column in range(self._rows_model.columnCount())
            if not self.isColumnHidden(column)
        )
        self.setMinimumWidth(
            sum(
                max(self.sizeHintForColumn(column), header.sectionSizeHint(column))
                for column in columns
            )
            + 2
        )
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._rows_model.as_text())
        else:
            super().keyPressEvent(event)
            box = self.visualRect(self.currentIndex())
            self.reached.emit(box.translated(0, self.viewport().y()))

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and self.rows[index.row()].style is not None:
            self.opened.emit(self.rows[index.row()])


class _Model(QAbstractTableModel):
    def __init__(self, titles: tuple[str, ...]) -> None:
        super().__init__()
        self._titles = titles
        self.rows: tuple[TableRow, ...] = ()

    def set_rows(self, rows: tuple[TableRow, ...], titles: tuple[str, ...]) -> None:
        self.beginResetModel()
        self._titles = titles or self._titles
        self.rows = rows
        self.endResetModel()

    def rowCount(self, _: _Index | None = None) -> int:
        return len(self.rows)

    def columnCount(self, _: _Index | None = None) -> int:
        return len(self._titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Role.TextAlignmentRole:
            return _alignment(section)
        return self._titles[section] if role == Role.DisplayRole else None

    def data(self, index: _Index, role: int = Role.DisplayRole) -> Any:
        row = self.rows[index.row()]
        match role:
            case Role.DisplayRole | Role.AccessibleTextRole:
                return row.texts[index.column()]
            case Role.ToolTipRole if index.column() == 0:
                return row.texts[0]
            case Role.TextAlignmentRole:
                return _alignment(index.column())
            case Role.UserRole:
                return row
        return None

    def as_text(self) -> str:
        """Return the table as tab-separated text, for a spreadsheet."""
        return "\n".join(
            "\t".join(texts) for texts in (self._titles, *(row.texts for row in self.rows))
        )


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, bars: int | None) -> None:
        super().__init__(theme)
        self._theme, self._bars = theme, bars

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        theme = self._theme
        size, edge = super().sizeHint(option, index), option.fontMetrics.height()
        extra = edge + theme.space("small") if index.column() == 0 else 0
        if index.column() == 0:
            size.setWidth(min(size.width(), _NAME_WIDTH * theme.space("wide")))
        if index.column() == self._bars:
            extra = _BAR_WIDTH * theme.space("wide")
        return QSize(size.width() + extra + theme.space("large"), edge + theme.space("medium"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, row = self._theme, index.data(Role.UserRole)
        box, small = option.rect, theme.space("small")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("accent_soft"))
        is_total = row.style is None and row.is_total
        if is_total:
            painter.setPen(theme.colour("line"))
            painter.drawLine(box.topLeft(), box.topRight())
            painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.setFont(theme.font(strong=is_total))
        room = box.adjusted(small, 0, -small, 0)
        if index.column() == 0 and row.style is not None:
            edge = painter.fontMetrics().height()
            chip = QRect(room.left(), room.center().y() - edge // 2, edge, edge)
            paint_class_letter(painter, theme, row.style, chip)
            room.setLeft(chip.right() + small)
        elif index.column() == self._bars and row.style is not None and row.bar is not None:
            text_width = painter.fontMetrics().horizontalAdvance("100.0%")
            self._paint_bar(painter, QRectF(room.adjusted(small, 0, -text_width - small, 0)), row)
        painter.setPen(theme.colour("text"))
        text = str(index.data() or "")
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, index.data(Role.TextAlignmentRole), text)
        painter.restore()

    def _paint_bar(self, painter: QPainter, room: QRectF, row: TableRow) -> None:
        theme, height = self._theme, float(self._theme.space("tight"))
        middle = room.center().y()
        painter.setPen(Qt.PenStyle.NoPen)
        for share, colour in ((1.0, "track"), (row.bar or 0.0, "bar")):
            painter.setBrush(theme.colour(colour))
            painter.drawRect(QRectF(room.left(), middle - height / 2, room.width() * share, height))
        if row.low is None or row.high is None:
            return
        painter.setPen(theme.colour("text"))
        ends = [round(room.left() + room.width() * end) for end in (row.low, row.high)]
        y = round(middle)
        painter.drawLine(ends[0], y, ends[1], y)
        for end in ends:
            painter.drawLine(end, y - round(height), end, y + round(height))


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
