"""The robustness scorecard: measured when asked for, since it reads many spoiled images."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from engine.evaluate.scorecard import Scorecard
from engine.messages import Message
from gui.activities import Activity
from gui.desk import Desk
from gui.report.reporting import Reporting
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
        self.grid = _Grid(desk.theme)
        row = QHBoxLayout()
        row.addWidget(self.measure)
        row.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(desk.theme.space("small"))
        for part in (self.said, self.grid):
            rows.addWidget(part)
        rows.addLayout(row)
        desk.session.opened.connect(self._forget)
        # What is measured of one model must not be said of the next.
        desk.session.engine_changed.connect(self._forget)

    def refresh(self) -> None:
        """Show what was measured, or that it can be."""
        found = self._reporting.robustness
        self.grid.setVisible(found is not None)
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
            "Balanced accuracy of {n} images: {clean} as they are, {mean} on average when spoiled. From left "
            "to right the spoiling grows."
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


class _Grid(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[tuple[str, tuple[float, ...]]] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_scores(self, found: Scorecard) -> None:
        self._rows = [
            (say(Message(f"report.corruption_{name}")), values)
            for name, values in found.corrupted.items()
        ]
        said = "; ".join(
            f"{name}: {', '.join(percent(one) for one in values)}" for name, values in self._rows
        )
        self.setAccessibleName(said)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(20 * self._theme.space("wide"), len(self._rows) * self._line())

    def paintEvent(self, _: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setFont(theme.font("small"))
        metrics = painter.fontMetrics()
        left = max((metrics.horizontalAdvance(name) for name, _ in self._rows), default=0)
        left += theme.space("large")
        wide = metrics.horizontalAdvance("100.0%") + 2 * theme.space("small")
        for row, (name, values) in enumerate(self._rows):
            top = row * self._line()
            painter.setPen(theme.colour("text"))
            painter.drawText(QRectF(0, top, left, self._line()), _LEFT, name)
            for column, value in enumerate(values):
                box = QRectF(left + column * wide, top, wide, self._line())
                ground = theme.colour("warning")
                ground.setAlphaF(0.75 * (1 - value))
                painter.fillRect(box.adjusted(1, 1, -1, -1), theme.colour("panel"))
                painter.fillRect(box.adjusted(1, 1, -1, -1), ground)
                painter.drawText(box, _CENTRE, percent(value))

    def _line(self) -> int:
        return QFontMetrics(self._theme.font("small")).height() + 2 * self._theme.space("tight")
