"""Confusion matrix: labels against predictions; a cell opens its images."""

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
from gui.gallery.delegate import paint_class_letter
from gui.state.class_styles import ClassStyle, ClassStyles
from gui.theme import Theme
from gui.words import number, percent

_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
ARROW_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
"""Steps of the arrow keys in rows and columns."""


class ConfusionMatrix(QWidget):
    """Matrix with labels as rows and predictions as columns; arrow keys move, Return opens a cell."""

    opened = Signal(int, int)
    """Row and column."""

    reached = Signal(QRect)
    """The rectangle of the current cell, after an arrow key."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._counts: tuple[tuple[int, ...], ...] = ()
        self._class_styles: tuple[ClassStyle, ...] = ()
        self._current = (0, 0)
        self._shares = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Confusion matrix"))
        theme.changed.connect(self.update)

    def show_metrics(self, metrics: Metrics, class_styles: ClassStyles) -> None:
        """Show the confusion matrix of an evaluation."""
        self._counts = metrics.confusion
        self._class_styles = tuple(class_styles.find(name) for name in metrics.classes)
        last = max(len(self._class_styles) - 1, 0)
        self._current = (min(self._current[0], last), min(self._current[1], last))
        self._update_description()
        self.updateGeometry()
        self.update()

    def set_shares(self, shares: bool) -> None:
        """Show percentages of each row instead of counts."""
        self._shares = shares
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return self._size_for(self._max_cell_width())

    def minimumSizeHint(self) -> QSize:
        return self._size_for(self._min_cell_width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ARROW_STEPS and self._counts:
            step = ARROW_STEPS[Qt.Key(event.key())]
            last = len(self._counts) - 1
            self._current = (
                min(max(self._current[0] + step[0], 0), last),
                min(max(self._current[1] + step[1], 0), last),
            )
            self._update_description()
            self.update()
            self.reached.emit(self._reveal_box())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self._current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position().toPoint())
        if cell is not None and event.button() == Qt.MouseButton.LeftButton:
            self._current = cell
            self._update_description()
            self.update()
            self._open(cell)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position().toPoint())
        has_images = cell is not None and self._counts[cell[0]][cell[1]]
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if has_images else Qt.CursorShape.ArrowCursor
        )
        text = self._cell_text(cell) if cell is not None else ""
        QToolTip.showText(event.globalPosition().toPoint(), text, self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_heads(painter)
        for row, counts in enumerate(self._counts):
            total = sum(counts)
            for column, count in enumerate(counts):
                self._paint_cell(painter, row, column, count, total)

    def cell_box(self, row: int, column: int) -> QRect:
        """Return the rectangle of a cell."""
        width, height = self._cell_width(), self._row_height()
        return QRect(
            self._label_width() + column * width,
            self._header_height() + row * height,
            width,
            height,
        )

    def _paint_heads(self, painter: QPainter) -> None:
        theme, small = self._theme, self._theme.space("small")
        painter.setFont(theme.font("small"))
        metrics = painter.fontMetrics()
        edge = metrics.height()
        painter.setPen(theme.colour("muted"))
        room = QRect(self._label_width(), 0, self.width() - self._label_width(), edge)
        painter.drawText(room, _LEFT, self.tr("Prediction"))
        room = QRect(
            0, self._header_height() - edge - theme.space("tight"), self._label_width(), edge
        )
        painter.drawText(room, _LEFT, self.tr("Label"))
        for index, style in enumerate(self._class_styles):
            column_box = self.cell_box(0, index)
            chip = QRect(
                column_box.center().x() - edge // 2, edge + theme.space("tight"), edge, edge
            )
            paint_class_letter(painter, theme, style, chip)
            row_box = self.cell_box(index, 0)
            chip = QRect(0, row_box.center().y() - edge // 2, edge, edge)
            paint_class_letter(painter, theme, style, chip)
            painter.setPen(theme.colour("text"))
            room = QRect(
                edge + small,
                row_box.top(),
                self._label_width() - edge - 2 * small,
                row_box.height(),
            )
            name = metrics.elidedText(style.name, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, _LEFT, name)

    def _paint_cell(self, painter: QPainter, row: int, column: int, count: int, total: int) -> None:
        theme, box = self._theme, self.cell_box(row, column)
        share = count / total if total else 0.0
        fill = theme.colour("accent" if row == column else "warning")
        # The square root makes one mistake in a hundred visible.
        fill.setAlphaF(0.75 * share**0.5 if count else 0.0)
        inner = box.adjusted(1, 1, -1, -1)
        painter.fillRect(inner, theme.colour("panel"))
        painter.fillRect(inner, fill)
        if count:
            painter.setPen(_readable(theme, fill))
            text = percent(share) if self._shares else number(count)
            painter.setFont(theme.font("small", strong=row != column))
            painter.drawText(box, _CENTRE, text)
        if (row, column) == self._current and self.hasFocus():
            painter.setPen(theme.colour("text"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0, 0, -1, -1))

    def _open(self, cell: tuple[int, int]) -> None:
        if self._counts and self._counts[cell[0]][cell[1]]:
            self.opened.emit(*cell)

    def _cell_at(self, point: QPoint) -> tuple[int, int] | None:
        column = (point.x() - self._label_width()) // max(self._cell_width(), 1)
        row = (point.y() - self._header_height()) // max(self._row_height(), 1)
        n = len(self._class_styles)
        return (row, column) if 0 <= row < n and 0 <= column < n else None

    def _cell_text(self, cell: tuple[int, int]) -> str:
        row, column = cell
        label, predicted = self._class_styles[row].name, self._class_styles[column].name
        template = self.tr("{n} labelled {label}, predicted {predicted}")
        return template.format(
            n=number(self._counts[row][column]), label=label, predicted=predicted
        )

    def _update_description(self) -> None:
        self.setAccessibleDescription(self._cell_text(self._current) if self._counts else "")

    def _label_width(self) -> int:
        metrics = QFontMetrics(self._theme.font("small"))
        width = max(
            (metrics.horizontalAdvance(style.name) for style in self._class_styles), default=0
        )
        room = min(width, 8 * self._theme.space("wide"))
        return room + metrics.height() + 2 * self._theme.space("small")

    def _header_height(self) -> int:
        return 2 * QFontMetrics(self._theme.font("small")).height() + 2 * self._theme.space("tight")

    def _cell_width(self) -> int:
        room = (self.width() - self._label_width()) // max(len(self._class_styles), 1)
        return max(self._min_cell_width(), min(room, self._max_cell_width()))

    def _max_cell_width(self) -> int:
        width = self._metrics().horizontalAdvance("100.0%") + 2 * self._theme.space("small")
        return max(width, self._min_cell_width())

    def _min_cell_width(self) -> int:
        # Numbers in the cells and letters above them must fit.
        maximum = max((max(counts) for counts in self._counts), default=0)
        metrics = self._metrics()
        width = metrics.horizontalAdvance("100.0%" if self._shares else number(maximum))
        return max(width, metrics.height()) + 2 * self._theme.space("tight")

    def _size_for(self, cell_width: int) -> QSize:
        n = len(self._class_styles)
        return QSize(
            self._label_width() + n * cell_width, self._header_height() + n * self._row_height() + 2
        )

    def _reveal_box(self) -> QRect:
        """Return the rectangle of the current cell, at the edges including names and letters."""
        box = self.cell_box(*self._current)
        if not self._current[1]:
            box.setLeft(0)
        if not self._current[0]:
            box.setTop(0)
        return box

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._theme.font("small", strong=True))

    def _row_height(self) -> int:
        return QFontMetrics(self._theme.font("small")).height() + 2 * self._theme.space("tight")


def _readable(theme: Theme, fill: QColor) -> QColor:
    background = theme.colour("panel")
    share = fill.alphaF()
    mixed = QColor.fromRgbF(
        *(
            share * channel + (1 - share) * behind
            for channel, behind in zip(
                (fill.redF(), fill.greenF(), fill.blueF()),
                (background.redF(), background.greenF(), background.blueF()),
                strict=True,
            )
        )
    )
    return theme.letter_colour(mixed)
