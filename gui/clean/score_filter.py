"""Score filter: a histogram of the scores of findings, with a threshold."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QVBoxLayout, QWidget

from gui.theme import Theme
from gui.widgets.click_focus import leave_keyboard_on_click
from gui.words import number, percent

_BINS = 50
_SLIDER_STEPS = 100


class ScoreHistogram(QWidget):
    """Histogram of the scores; bars below the threshold are faint."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._counts = np.zeros(_BINS, np.intp)
        self.threshold = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_scores(self, scores: npt.NDArray[np.float32]) -> None:
        """Show scores from 0 to 1."""
        self._counts = np.histogram(scores, _BINS, (0.0, 1.0))[0]
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(10 * self._theme.space("wide"), 2 * self._theme.space("wide"))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        # Square roots keep small counts visible beside large ones.
        heights = np.sqrt(self._counts / max(1, int(self._counts.max())))
        bar_width = self.width() / _BINS
        for bin_index, share in enumerate(heights.tolist()):
            is_shown = (bin_index + 1) / _BINS > self.threshold
            painter.setBrush(self._theme.colour("accent" if is_shown else "track"))
            height = max(1.0, share * self.height()) if share else 0.0
            painter.drawRect(
                QRectF(
                    bin_index * bar_width, self.height() - height, max(1.0, bar_width - 1), height
                )
            )


class ScoreFilter(QWidget):
    """A histogram above a slider that sets the minimum score of shown findings."""

    threshold_changed = Signal(float)
    """The threshold, 0 to 1."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.histogram = ScoreHistogram(theme)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setMaximum(_SLIDER_STEPS)
        self.setToolTip(
            self.tr("The scores of these findings: 100% is the clearest finding of its kind.")
        )
        self.slider.setAccessibleName(self.tr("Show findings with at least this score"))
        self.caption = QLabel()
        self.caption.setProperty("role", "muted")
        self.caption.setFont(theme.font("small"))
        below = QHBoxLayout()
        below.addWidget(self.slider, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.histogram)
        rows.addLayout(below)
        rows.addWidget(self.caption)
        leave_keyboard_on_click(self.slider)
        self.slider.valueChanged.connect(self._on_slider_moved)

    def set_scores(self, scores: npt.NDArray[np.float32], threshold: float) -> None:
        """Show the scores of a queue and its threshold."""
        self.slider.blockSignals(True)
        self.slider.setValue(round(threshold * _SLIDER_STEPS))
        self.slider.blockSignals(False)
        self.histogram.threshold = threshold
        self.histogram.set_scores(scores)
        self._update_caption(scores, threshold)

    def _update_caption(self, scores: npt.NDArray[np.float32], threshold: float) -> None:
        shown = int((scores >= threshold).sum())
        template = self.tr("{shown} of {count}, score at least {share}")
        self.caption.setText(
            template.format(
                shown=number(shown), count=number(len(scores)), share=percent(threshold)
            )
            if threshold
            else self.tr("All {count}").format(count=number(len(scores)))
        )

    def _on_slider_moved(self, value: int) -> None:
        self.threshold_changed.emit(value / _SLIDER_STEPS)
