"""The table of the count on the screen: chips beside the classes, shares as bars with their intervals."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from gui.gallery.delegate import paint_letter
from gui.report.counts import CLASS, SHARE, CountsModel, Line
from gui.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
_BAR_WIDE = 8


class CountsView(QTableView):
    """The lines of a count; Return or a double click on one asks for its images, Ctrl+C takes all."""

    opened = Signal(object)
    """A `Line`."""

    def __init__(self, theme: Theme, model: CountsModel) -> None:
        super().__init__()
        self._theme, self._lines = theme, model
        self.setModel(model)
        self.setItemDelegate(_Delegate(theme))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(SHARE, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(self._open)
        model.modelReset.connect(self._fit)
        theme.changed.connect(self.viewport().update)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._lines.as_text())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._lines.lines[index.row()])

    def _fit(self) -> None:
        # It scrolls with its page, not by itself.
        self.resizeRowsToContents()
        rows = sum(self.rowHeight(row) for row in range(self._lines.rowCount()))
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows + 2)


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        theme = self._theme
        size = super().sizeHint(option, index)
        edge = option.fontMetrics.height() + theme.space("small")
        more = edge if index.column() == CLASS else 0
        if index.column() == SHARE:
            more = _BAR_WIDE * theme.space("wide")
        return QSize(size.width() + more + theme.space("large"), edge + theme.space("tight"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, line = self._theme, index.data(Qt.ItemDataRole.UserRole)
        assert isinstance(line, Line)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._chosen(option):
            painter.fillRect(option.rect, theme.colour("accent_soft"))
        if line.look is None:
            painter.setPen(theme.colour("line"))
            painter.drawLine(option.rect.topLeft(), option.rect.topRight())
            painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.setFont(theme.font(strong=line.look is None))
        small = theme.space("small")
        room = option.rect.adjusted(small, 0, -small, 0)
        if index.column() == CLASS and line.look is not None:
            edge = painter.fontMetrics().height()
            chip = QRect(room.left(), room.center().y() - edge // 2, edge, edge)
            paint_letter(painter, theme, line.look, chip)
            room.setLeft(chip.right() + small)
        elif index.column() == SHARE:
            wide = painter.fontMetrics().horizontalAdvance("100.0%")
            bar = room.adjusted(small, 0, -wide - small, 0)
            if line.look is not None and line.share is not None:
                self._paint_bar(painter, QRectF(bar), line)
        painter.setPen(theme.colour("text"))
        text = str(index.data() or "")
        painter.drawText(room, index.data(Qt.ItemDataRole.TextAlignmentRole), text)
        painter.restore()

    def _chosen(self, option: QStyleOptionViewItem) -> bool:
        from PySide6.QtWidgets import QStyle

        return bool(option.state & QStyle.StateFlag.State_Selected)

    def _paint_bar(self, painter: QPainter, room: QRectF, line: Line) -> None:
        theme, high = self._theme, float(self._theme.space("tight"))
        top = room.center().y() - high / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("track"))
        painter.drawRect(QRectF(room.left(), top, room.width(), high))
        painter.setBrush(theme.colour("bar"))
        painter.drawRect(QRectF(room.left(), top, room.width() * (line.share or 0), high))
        if line.low is not None and line.high is not None:
            ends = [room.left() + room.width() * end for end in (line.low, line.high)]
            painter.setPen(theme.colour("text"))
            middle = room.center().y()
            painter.drawLine(QRectF(ends[0], middle, ends[1] - ends[0], 0).topLeft(),
                             QRectF(ends[0], middle, ends[1] - ends[0], 0).topRight())  # fmt: skip
            for end in ends:
                tick = QRectF(end, middle - high, 0, 2 * high)
                painter.drawLine(tick.topLeft(), tick.bottomLeft())
