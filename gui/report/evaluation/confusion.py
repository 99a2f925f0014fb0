"""The confusion matrix: which classes are taken for which; a cell opens its images."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.evaluate.metrics import Metrics
from gui.classes import ClassLook, ClassLooks
from gui.gallery.delegate import paint_letter
from gui.theme import Theme
from gui.words import number, percent

_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
MOVES = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
"""What an arrow key adds to row and column."""


class Confusion(QWidget):
    """Rows are the labels, columns what the model says. Arrow keys move, Return opens a cell."""

    opened = Signal(int, int)
    """Row and column."""

    reached = Signal(QRect)
    """Where the cell is that the arrow keys came to."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._counts: tuple[tuple[int, ...], ...] = ()
        self._looks: tuple[ClassLook, ...] = ()
        self._at = (0, 0)
        self._shares = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Confusion matrix"))
        theme.changed.connect(self.update)

    def show_metrics(self, metrics: Metrics, looks: ClassLooks) -> None:
        """Show the matrix of an evaluation."""
        self._counts = metrics.confusion
        self._looks = tuple(looks.find(name) for name in metrics.classes)
        most = max(len(self._looks) - 1, 0)
        self._at = (min(self._at[0], most), min(self._at[1], most))
        self._tell()
        self.updateGeometry()
        self.update()

    def set_shares(self, shares: bool) -> None:
        """Show percentages of the label's images instead of counts."""
        self._shares = shares
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return self._size(self._widest())

    def minimumSizeHint(self) -> QSize:
        return self._size(self._narrowest())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in MOVES and self._counts:
            step = MOVES[Qt.Key(event.key())]
            most = len(self._counts) - 1
            self._at = (
                min(max(self._at[0] + step[0], 0), most),
                min(max(self._at[1] + step[1], 0), most),
            )
            self._tell()
            self.update()
            self.reached.emit(self._around())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self._at)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place(event.position().toPoint())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self._at = place
            self._tell()
            self.update()
            self._open(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._place(event.position().toPoint())
        some = place is not None and self._counts[place[0]][place[1]]
        self.setCursor(Qt.CursorShape.PointingHandCursor if some else Qt.CursorShape.ArrowCursor)
        words = self._said(place) if place is not None else ""
        QToolTip.showText(event.globalPosition().toPoint(), words, self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_heads(painter)
        for row, counts in enumerate(self._counts):
            whole = sum(counts)
            for column, count in enumerate(counts):
                self._paint_cell(painter, row, column, count, whole)

    def box(self, row: int, column: int) -> QRect:
        """Return where a cell is."""
        cell, high = self._cell(), self._high()
        return QRect(self._left() + column * cell, self._top() + row * high, cell, high)

    def _paint_heads(self, painter: QPainter) -> None:
        theme, small = self._theme, self._theme.space("small")
        painter.setFont(theme.font("small"))
        metrics = painter.fontMetrics()
        edge = metrics.height()
        painter.setPen(theme.colour("muted"))
        room = QRect(self._left(), 0, self.width() - self._left(), edge)
        painter.drawText(room, _LEFT, self.tr("The model says"))
        room = QRect(0, self._top() - edge - theme.space("tight"), self._left(), edge)
        painter.drawText(room, _LEFT, self.tr("Label"))
        for place, look in enumerate(self._looks):
            head = self.box(0, place)
            chip = QRect(head.center().x() - edge // 2, edge + theme.space("tight"), edge, edge)
            paint_letter(painter, theme, look, chip)
            row = self.box(place, 0)
            chip = QRect(0, row.center().y() - edge // 2, edge, edge)
            paint_letter(painter, theme, look, chip)
            painter.setPen(theme.colour("text"))
            room = QRect(edge + small, row.top(), self._left() - edge - 2 * small, row.height())
            name = metrics.elidedText(look.name, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, _LEFT, name)

    def _paint_cell(self, painter: QPainter, row: int, column: int, count: int, whole: int) -> None:
        theme, box = self._theme, self.box(row, column)
        share = count / whole if whole else 0.0
        ground = theme.colour("accent" if row == column else "warning")
        # The square root lets one mistake in a hundred be seen.
        ground.setAlphaF(0.75 * share**0.5 if count else 0.0)
        inner = box.adjusted(1, 1, -1, -1)
        painter.fillRect(inner, theme.colour("panel"))
        painter.fillRect(inner, ground)
        if count:
            painter.setPen(_readable(theme, ground))
            text = percent(share) if self._shares else number(count)
            painter.setFont(theme.font("small", strong=row != column))
            painter.drawText(box, _CENTRE, text)
        if (row, column) == self._at and self.hasFocus():
            painter.setPen(theme.colour("text"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0, 0, -1, -1))

    def _open(self, place: tuple[int, int]) -> None:
        if self._counts and self._counts[place[0]][place[1]]:
            self.opened.emit(*place)

    def _place(self, point: QPoint) -> tuple[int, int] | None:
        column = (point.x() - self._left()) // max(self._cell(), 1)
        row = (point.y() - self._top()) // max(self._high(), 1)
        n = len(self._looks)
        return (row, column) if 0 <= row < n and 0 <= column < n else None

    def _said(self, place: tuple[int, int]) -> str:
        row, column = place
        label, said = self._looks[row].name, self._looks[column].name
        words = self.tr("{n} labelled {label}, read as {said}")
        return words.format(n=number(self._counts[row][column]), label=label, said=said)

    def _tell(self) -> None:
        self.setAccessibleDescription(self._said(self._at) if self._counts else "")

    def _left(self) -> int:
        metrics = QFontMetrics(self._theme.font("small"))
        wide = max((metrics.horizontalAdvance(one.name) for one in self._looks), default=0)
        room = min(wide, 8 * self._theme.space("wide"))
        return room + metrics.height() + 2 * self._theme.space("small")

    def _top(self) -> int:
        return 2 * QFontMetrics(self._theme.font("small")).height() + 2 * self._theme.space("tight")

    def _cell(self) -> int:
        room = (self.width() - self._left()) // max(len(self._looks), 1)
        return max(self._narrowest(), min(room, self._widest()))

    def _widest(self) -> int:
        wide = self._metrics().horizontalAdvance("100.0%") + 2 * self._theme.space("small")
        return max(wide, self._narrowest())

    def _narrowest(self) -> int:
        # What the cells say must be read, and the letters above them be told apart.
        most = max((max(counts) for counts in self._counts), default=0)
        metrics = self._metrics()
        wide = metrics.horizontalAdvance("100.0%" if self._shares else number(most))
        return max(wide, metrics.height()) + 2 * self._theme.space("tight")

    def _size(self, cell: int) -> QSize:
        n = len(self._looks)
        return QSize(self._left() + n * cell, self._top() + n * self._high() + 2)

    def _around(self) -> QRect:
        """Return the cell that has the cursor; at the edges, with the names and letters beside it."""
        box = self.box(*self._at)
        if not self._at[1]:
            box.setLeft(0)
        if not self._at[0]:
            box.setTop(0)
        return box

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._theme.font("small", strong=True))

    def _high(self) -> int:
        return QFontMetrics(self._theme.font("small")).height() + 2 * self._theme.space("tight")


def _readable(theme: Theme, ground: QColor) -> QColor:
    under = theme.colour("panel")
    share = ground.alphaF()
    mixed = QColor.fromRgbF(
        *(
            share * one + (1 - share) * other
            for one, other in zip(
                (ground.redF(), ground.greenF(), ground.blueF()),
                (under.redF(), under.greenF(), under.blueF()),
                strict=True,
            )
        )
    )
    return theme.letter_colour(mixed)
