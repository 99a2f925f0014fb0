"""The robustness scorecard: measured when asked for, since it reads many spoiled images."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from engine.evaluate.scorecard import Scorecard
from engine.messages import Message
from gui.activities import Activity
from gui.desk import Desk
from gui.report.evaluation.confusion import MOVES
from gui.report.reporting import Reporting
from gui.report.sideways import Sideways
from gui.theme import Theme
from gui.words import number, percent, say
from gui.workers import Task

IMAGES = 64
_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Robustness(QWidget):
    """A button, and what it found."""

    def __init__(self, desk: Desk, reporting: Reporting) -> None:
        super().__init__()
        self._desk, self._reporting = desk, reporting
        self._task: Task | None = None
        self.said = QLabel(wordWrap=True)
        self.said.setProperty("role", "muted")
        self.measure = QPushButton(self.tr("Measure"))
        self.measure.clicked.connect(self._measure)
        self.grid = Grid(desk.theme)
        self._wide = Sideways(self.grid)
        self.grid.reached.connect(self._wide.reveal)
        row = QHBoxLayout()
        row.addWidget(self.measure)
        row.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(desk.theme.space("small"))
        for part in (self.said, self._wide):
            rows.addWidget(part)
        rows.addLayout(row)
        desk.session.opened.connect(self._forget)
        # What is measured of one model must not be said of the next.
        desk.session.engine_changed.connect(self._forget)

    def refresh(self) -> None:
        """Show what was measured, or that it can be."""
        found = self._reporting.robustness
        self._wide.setVisible(found is not None)
        self.measure.setEnabled(self._task is None)
        self.measure.setVisible(found is None)
        if found is None:
            self.said.setText(
                self.tr(
                    "Up to {n} of the labelled images are read again, each spoiled in eleven ways at five "
                    "strengths: blur, JPEG, light, colour, stain deposits, bubbles."
                ).format(n=number(IMAGES))
            )
            return
        self.grid.show_scores(found)
        words = self.tr(
            "Balanced accuracy of {n} {n:image|images}: {clean} as {n:it is|they are}, {mean} on average when "
            "spoiled. From left to right the spoiling grows."
        )
        self.said.setText(
            words.format(n=number(found.n), clean=percent(found.clean), mean=percent(found.mean))
        )

    def _measure(self) -> None:
        asked, desk = self._reporting.asked(), self._desk
        if asked is None or self._task is not None:
            return
        from gui.report import work

        self._task = task = desk.watch(desk.workers.start(work.robustness, asked, IMAGES))
        task.done.connect(self._reporting.take_robustness)
        task.finished.connect(self._end)
        desk.activities.show(Activity(task, self.tr("Reading spoiled images"), images=False))
        self.refresh()

    def _end(self) -> None:
        self._task = None
        self.refresh()

    def _forget(self) -> None:
        self._desk.workers.drop(self._task)
        self._task = None
        self.refresh()


class Grid(QWidget):
    """A row for each way of spoiling, a column for each strength. Arrow keys move and say the figure."""

    reached = Signal(QRect)
    """Where the cell is that the arrow keys came to."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[tuple[str, tuple[float, ...]]] = []
        self._at = (0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Balanced accuracy on spoiled images"))
        theme.changed.connect(self.update)

    def show_scores(self, found: Scorecard) -> None:
        """Show what was measured."""
        self._rows = [
            (say(Message(f"report.corruption_{name}")), values)
            for name, values in found.corrupted.items()
        ]
        self._move(*self._at)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        columns = max((len(values) for _, values in self._rows), default=0)
        wide = self._left() + columns * self._cell() + 1
        return QSize(wide, len(self._rows) * self._line() + 1)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in MOVES and self._rows:
            down, right = MOVES[Qt.Key(event.key())]
            self._move(self._at[0] + down, self._at[1] + right)
            box = self.box(*self._at)
            if not self._at[1]:
                box.setLeft(0)
            self.reached.emit(box)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place(event.position().toPoint())
        if place is not None:
            self._move(*place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._place(event.position().toPoint())
        words = self._said(place) if place is not None else ""
        QToolTip.showText(event.globalPosition().toPoint(), words, self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setFont(theme.font("small"))
        for row, (name, values) in enumerate(self._rows):
            painter.setPen(theme.colour("text"))
            top = row * self._line()
            painter.drawText(QRect(0, top, self._left(), self._line()), _LEFT, name)
            for column, value in enumerate(values):
                box = self.box(row, column)
                ground = theme.colour("warning")
                ground.setAlphaF(0.75 * (1 - value))
                inner = box.adjusted(1, 1, -1, -1)
                painter.fillRect(inner, theme.colour("panel"))
                painter.fillRect(inner, ground)
                painter.drawText(box, _CENTRE, percent(value))
                if (row, column) == self._at and self.hasFocus():
                    painter.drawRect(box.adjusted(0, 0, -1, -1))

    def box(self, row: int, column: int) -> QRect:
        """Return where a cell is."""
        cell, line = self._cell(), self._line()
        return QRect(self._left() + column * cell, row * line, cell, line)

    def _move(self, row: int, column: int) -> None:
        row = min(max(row, 0), len(self._rows) - 1)
        column = min(max(column, 0), len(self._rows[row][1]) - 1)
        self._at = (row, column)
        self.setAccessibleDescription(self._said(self._at))
        self.update()

    def _said(self, place: tuple[int, int]) -> str:
        name, values = self._rows[place[0]]
        words = self.tr("{name}, strength {at} of {of}: {share}")
        share = percent(values[place[1]])
        return words.format(name=name, at=place[1] + 1, of=len(values), share=share)

    def _place(self, point: QPoint) -> tuple[int, int] | None:
        row, column = point.y() // self._line(), (point.x() - self._left()) // self._cell()
        if not 0 <= row < len(self._rows) or not 0 <= column < len(self._rows[row][1]):
            return None
        return row, column

    def _left(self) -> int:
        metrics = self._metrics()
        names = (metrics.horizontalAdvance(name) for name, _ in self._rows)
        return max(names, default=0) + self._theme.space("large")

    def _cell(self) -> int:
        return self._metrics().horizontalAdvance("100.0%") + 2 * self._theme.space("small")

    def _line(self) -> int:
        return self._metrics().height() + 2 * self._theme.space("tight")

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._theme.font("small"))
