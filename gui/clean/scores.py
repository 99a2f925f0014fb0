"""How sure the findings are, as a histogram, and the threshold on it."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QVBoxLayout, QWidget

from gui.theme import Theme
from gui.words import number, percent

_BINS = 50
_STEPS = 100


class Histogram(QWidget):
    """How many findings have which score; those below the threshold are faint."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._counts = np.zeros(_BINS, np.intp)
        self.threshold = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_scores(self, scores: npt.NDArray[np.float32]) -> None:
        """Take the scores of the findings, 0 to 1."""
        self._counts = np.histogram(scores, _BINS, (0.0, 1.0))[0]
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(10 * self._theme.space("wide"), 2 * self._theme.space("wide"))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        # Many that are alike must not hide the few that are not.
        heights = np.sqrt(self._counts / max(1, int(self._counts.max())))
        wide = self.width() / _BINS
        for place, share in enumerate(heights.tolist()):
            above = (place + 1) / _BINS > self.threshold
            painter.setBrush(self._theme.colour("accent" if above else "track"))
            high = max(1.0, share * self.height()) if share else 0.0
            painter.drawRect(QRectF(place * wide, self.height() - high, max(1.0, wide - 1), high))


class Scores(QWidget):
    """The histogram over a slider: only findings at least so sure are shown."""

    moved = Signal(float)
    """The threshold, 0 to 1."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.histogram = Histogram(theme)
        self.slider = QSlider(Qt.Orientation.Horizontal, maximum=_STEPS)
        self.slider.setAccessibleName(self.tr("Show findings at least so sure"))
        self.words = QLabel()
        self.words.setProperty("role", "muted")
        self.words.setFont(theme.font("small"))
        below = QHBoxLayout()
        below.addWidget(self.slider, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.histogram)
        rows.addLayout(below)
        rows.addWidget(self.words)
        self.slider.valueChanged.connect(self._move)

    def set_scores(self, scores: npt.NDArray[np.float32], threshold: float) -> None:
        """Show the scores of a queue, and where its threshold is."""
        self.slider.blockSignals(True)
        self.slider.setValue(round(threshold * _STEPS))
        self.slider.blockSignals(False)
        self.histogram.threshold = threshold
        self.histogram.set_scores(scores)
        self._say(scores, threshold)

    def _say(self, scores: npt.NDArray[np.float32], threshold: float) -> None:
        shown = int((scores >= threshold).sum())
        words = self.tr("{shown} of {count}, at least {share} sure")
        self.words.setText(
            words.format(shown=number(shown), count=number(len(scores)), share=percent(threshold))
            if threshold
            else self.tr("All {count}").format(count=number(len(scores)))
        )

    def _move(self, value: int) -> None:
        self.moved.emit(value / _STEPS)
