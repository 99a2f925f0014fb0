"""The figures of both models side by side."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from gui.theme import Theme
from gui.train import words
from gui.train.work import Outcome
from gui.words import percent

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Figures(QWidget):
    """A small table: one line a figure, the current model, the candidate, and what lies between them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.space("wide"))
        self._grid.setVerticalSpacing(theme.space("tight"))
        self._grid.setColumnStretch(4, 1)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show the figures of an outcome."""
        found, spoiled = outcome.verdict.comparison, outcome.verdict.robustness
        one, other = found.current, found.candidate
        rows = [
            ("", self.tr("Current"), self.tr("New"), self.tr("Difference")),
            (
                self.tr("Accuracy"),
                percent(one.accuracy),
                percent(other.accuracy),
                words.points(found.difference),
            ),
            (
                self.tr("its 95% interval"),
                _range(one.interval),
                _range(other.interval),
                f"{words.points(found.interval[0])} … {words.points(found.interval[1])}",
            ),
            (
                self.tr("Only it is right"),
                str(len(found.lost)),
                str(len(found.won)),
                words.chance(found.p_value),
            ),
            (
                self.tr("Calibration error"),
                percent(one.ece),
                percent(other.ece),
                words.points(other.ece - one.ece),
            ),
        ]
        if spoiled is not None:
            before, after = spoiled
            rows.append(
                (
                    self.tr("On spoiled images"),
                    percent(before),
                    percent(after),
                    words.points(after - before),
                )
            )
        self._fill(rows)

    def _fill(self, rows: list[tuple[str, str, str, str]]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
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
        said = "; ".join(" ".join(filter(None, texts)) for texts in rows[1:])
        self.setAccessibleName(said)


def _range(interval: tuple[float, float]) -> str:
    low, high = (percent(share) for share in interval)
    return f"{low.rstrip('%')}–{high}"
