"""Robustness panel: the scorecard on corrupted images, measured on request."""

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

from engine.evaluate.robustness import RobustnessScorecard
from engine.messages import Message
from gui.jobs.activities import Activity
from gui.jobs.workers import Task
from gui.report.evaluation.confusion_matrix import ARROW_STEPS
from gui.report.horizontal_scroll import HorizontalScrollArea
from gui.report.report_controller import ReportController
from gui.theme import Theme
from gui.words import number, percent, to_sentence
from gui.workspace.context import WorkspaceContext

MAX_IMAGES = 64
_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class RobustnessPanel(QWidget):
    """Button that starts the measurement, and its result."""

    def __init__(self, context: WorkspaceContext, reporting: ReportController) -> None:
        super().__init__()
        self._context, self._reporting = context, reporting
        self._task: Task | None = None
        self.status = QLabel(wordWrap=True)
        self.status.setProperty("role", "muted")
        self.measure = QPushButton(self.tr("Measure"))
        self.measure.clicked.connect(self._measure)
        self.grid = ScoreGrid(context.theme)
        self._scroll_area = HorizontalScrollArea(self.grid)
        self.grid.reached.connect(self._scroll_area.reveal)
        row = QHBoxLayout()
        row.addWidget(self.measure)
        row.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(context.theme.space("small"))
        for part in (self.status, self._scroll_area):
            rows.addWidget(part)
        rows.addLayout(row)
        context.session.opened.connect(self._reset)
        # A scorecard is valid for one model only.
        context.session.model_changed.connect(self._reset)

    def refresh(self) -> None:
        """Show the scorecard, or how to measure it."""
        scorecard = self._reporting.robustness
        self._scroll_area.setVisible(scorecard is not None)
        self.measure.setEnabled(self._task is None)
        self.measure.setVisible(scorecard is None)
        if scorecard is None:
            self.status.setText(
                self.tr(
                    "Reads up to {n} labelled images again, each degraded in eleven ways "
                    "at five strengths: blur, JPEG, light, colour, stain deposits, bubbles."
                ).format(n=number(MAX_IMAGES))
            )
            return
        self.grid.show_scores(scorecard)
        template = self.tr(
            "Balanced accuracy on {n} {n:image|images}: {clean} as {n:it is|they are}, "
            "{mean} on average when degraded. Severity grows from left to right."
        )
        self.status.setText(
            template.format(
                n=number(scorecard.n), clean=percent(scorecard.clean), mean=percent(scorecard.mean)
            )
        )

    def _measure(self) -> None:
        request, context = self._reporting.report_request(), self._context
        if request is None or self._task is not None:
            return
        from gui.report import tasks

        self._task = task = context.errors.watch(
            context.workers.start(tasks.measure_robustness, request, MAX_IMAGES)
        )
        task.done.connect(self._reporting.set_robustness)
        task.finished.connect(self._on_finished)
        context.activities.show(
            Activity(task, self.tr("Reading degraded images"), counts_images=False)
        )
        self.refresh()

    def _on_finished(self) -> None:
        self._task = None
        self.refresh()

    def _reset(self) -> None:
        self._context.workers.drop(self._task)
        self._task = None
        self.refresh()


class ScoreGrid(QWidget):
    """Grid with a row for each corruption and a column for each severity; arrow keys move."""

    reached = Signal(QRect)
    """The rectangle of the current cell, after an arrow key."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[tuple[str, tuple[float, ...]]] = []
        self._current = (0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Balanced accuracy on degraded images"))
        theme.changed.connect(self.update)

    def show_scores(self, scorecard: RobustnessScorecard) -> None:
        """Show the balanced accuracies of a scorecard."""
        self._rows = [
            (to_sentence(Message(f"report.corruption_{name}")), values)
            for name, values in scorecard.corrupted.items()
        ]
        self._move(*self._current)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        columns = max((len(values) for _, values in self._rows), default=0)
        width = self._label_width() + columns * self._cell_width() + 1
        return QSize(width, len(self._rows) * self._row_height() + 1)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ARROW_STEPS and self._rows:
            down, right = ARROW_STEPS[Qt.Key(event.key())]
            self._move(self._current[0] + down, self._current[1] + right)
            box = self.cell_box(*self._current)
            if not self._current[1]:
                box.setLeft(0)
            self.reached.emit(box)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position().toPoint())
        if cell is not None:
            self._move(*cell)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position().toPoint())
        text = self._cell_text(cell) if cell is not None else ""
        QToolTip.showText(event.globalPosition().toPoint(), text, self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setFont(theme.font("small"))
        for row, (name, values) in enumerate(self._rows):
            painter.setPen(theme.colour("text"))
            top = row * self._row_height()
            painter.drawText(QRect(0, top, self._label_width(), self._row_height()), _LEFT, name)
            for column, value in enumerate(values):
                box = self.cell_box(row, column)
                fill = theme.colour("warning")
                fill.setAlphaF(0.75 * (1 - value))
                inner = box.adjusted(1, 1, -1, -1)
                painter.fillRect(inner, theme.colour("panel"))
                painter.fillRect(inner, fill)
                painter.drawText(box, _CENTRE, percent(value))
                if (row, column) == self._current and self.hasFocus():
                    painter.drawRect(box.adjusted(0, 0, -1, -1))

    def cell_box(self, row: int, column: int) -> QRect:
        """Return the rectangle of a cell."""
        width, height = self._cell_width(), self._row_height()
        return QRect(self._label_width() + column * width, row * height, width, height)

    def _move(self, row: int, column: int) -> None:
        row = min(max(row, 0), len(self._rows) - 1)
        column = min(max(column, 0), len(self._rows[row][1]) - 1)
        self._current = (row, column)
        self.setAccessibleDescription(self._cell_text(self._current))
        self.update()

    def _cell_text(self, cell: tuple[int, int]) -> str:
        name, values = self._rows[cell[0]]
        template = self.tr("{name}, strength {at} of {of}: {share}")
        share = percent(values[cell[1]])
        return template.format(name=name, at=cell[1] + 1, of=len(values), share=share)

    def _cell_at(self, point: QPoint) -> tuple[int, int] | None:
        row, column = (
            point.y() // self._row_height(),
            (point.x() - self._label_width()) // self._cell_width(),
        )
        if not 0 <= row < len(self._rows) or not 0 <= column < len(self._rows[row][1]):
            return None
        return row, column

    def _label_width(self) -> int:
        metrics = self._metrics()
        names = (metrics.horizontalAdvance(name) for name, _ in self._rows)
        return max(names, default=0) + self._theme.space("large")

    def _cell_width(self) -> int:
        return self._metrics().horizontalAdvance("100.0%") + 2 * self._theme.space("small")

    def _row_height(self) -> int:
        return self._metrics().height() + 2 * self._theme.space("tight")

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._theme.font("small"))
