"""Metrics table: figures of the current model and the candidate side by side."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from gui.deletion import clear_layout
from gui.theme import Theme
from gui.train import verdict_text
from gui.train.tasks import TrainingOutcome
from gui.words import percent

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class MetricsTable(QWidget):
    """Table with a row for each figure: current model, candidate and difference."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.space("wide"))
        self._grid.setVerticalSpacing(theme.space("tight"))
        self._grid.setColumnStretch(4, 1)

    def show_outcome(self, outcome: TrainingOutcome) -> None:
        """Show the figures of a training outcome."""
        comparison, robustness = outcome.verdict.comparison, outcome.verdict.robustness
        current, candidate = comparison.current, comparison.candidate
        rows = [
            ("", self.tr("Current"), self.tr("New"), self.tr("Difference")),
            (
                self.tr("Accuracy"),
                percent(current.accuracy),
                percent(candidate.accuracy),
                verdict_text.format_points(comparison.difference),
            ),
            (
                self.tr("95% interval"),
                _interval_text(current.interval),
                _interval_text(candidate.interval),
                " … ".join(verdict_text.format_points(end) for end in comparison.interval),
            ),
            (
                self.tr("Only this one right"),
                str(len(comparison.lost)),
                str(len(comparison.won)),
                verdict_text.format_p_value(comparison.p_value),
            ),
            (
                self.tr("Calibration error"),
                percent(current.ece),
                percent(candidate.ece),
                verdict_text.format_points(candidate.ece - current.ece),
            ),
        ]
        if robustness is not None:
            before, after = robustness
            rows.append(
                (
                    self.tr("On degraded images"),
                    percent(before),
                    percent(after),
                    verdict_text.format_points(after - before),
                )
            )
        self._fill(rows)

    def _fill(self, rows: list[tuple[str, str, str, str]]) -> None:
        clear_layout(self._grid)
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                label = QLabel(text)
                if row == 0 or column == 0:
                    label.setProperty("role", "muted")
                elif row == 1:
                    label.setFont(self._theme.font(strong=True))
                if column:
                    label.setAlignment(_RIGHT)
                self._grid.addWidget(label, row, column)
        description = "; ".join(" ".join(filter(None, texts)) for texts in rows[1:])
        self.setAccessibleName(description)


def _interval_text(interval: tuple[float, float]) -> str:
    low, high = (percent(share) for share in interval)
    return f"{low.rstrip('%')}–{high}"
