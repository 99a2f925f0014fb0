"""Recall bars: recall by class of the current model (grey) and the candidate."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.gallery.delegate import paint_class_letter
from gui.state.class_styles import ClassStyles
from gui.theme import Theme
from gui.train import verdict_text
from gui.train.tasks import TrainingOutcome
from gui.words import percent

_VERTICAL = Qt.AlignmentFlag.AlignVCenter


class RecallBars(QWidget):
    """One row for each class: chip, name, two bars, the new recall and the difference in points."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._class_styles = theme, ClassStyles()
        self._rows: list[tuple[str, float, float]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_outcome(self, outcome: TrainingOutcome, class_styles: ClassStyles) -> None:
        """Show the recall of the classes that have locked images."""
        before, after = (
            outcome.verdict.comparison.current.recall,
            outcome.verdict.comparison.candidate.recall,
        )
        self._class_styles = class_styles
        self._rows = [
            (name, before[name], after[name])
            for name in outcome.verdict.classes
            if name in before and name in after
        ]
        self.setAccessibleName(
            ", ".join(
                f"{class_styles.find(name).name}: {'  '.join(_recall_texts(before, after))}"
                for name, before, after in self._rows
            )
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(14 * self._theme.space("wide"), max(1, len(self._rows)) * self._row_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(9 * self._theme.space("wide"), self.sizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font())
        metrics, small = QFontMetrics(theme.font()), theme.space("small")
        class_styles = [self._class_styles.find(name) for name, *_ in self._rows]
        name_width = max(
            (metrics.horizontalAdvance(style.name) for style in class_styles), default=0
        )
        texts = [_recall_texts(before, after) for _, before, after in self._rows]
        share_width, points_width = (
            max((metrics.horizontalAdvance(text) for text in column), default=0)
            for column in (zip(*texts, strict=True) if texts else ((), ()))
        )
        text_width = share_width + small + points_width
        edge = metrics.height()
        # Names get room before bars: a short bar is still readable.
        name_width = min(
            name_width, self.width() - edge - text_width - 3 * small - 2 * theme.space("wide")
        )
        for row, ((_name, before, after), style, (share, points)) in enumerate(
            zip(self._rows, class_styles, texts, strict=True)
        ):
            line = QRect(0, row * self._row_height(), self.width(), self._row_height())
            chip = QRect(0, line.top() + (line.height() - edge) // 2, edge, edge)
            paint_class_letter(painter, theme, style, chip)
            line.setLeft(edge + small)
            painter.setPen(theme.colour("text"))
            elided = metrics.elidedText(style.name, Qt.TextElideMode.ElideRight, name_width)
            painter.drawText(line, _VERTICAL | Qt.AlignmentFlag.AlignLeft, elided)
            painter.drawText(line, _VERTICAL | Qt.AlignmentFlag.AlignRight, points)
            beside = line.adjusted(0, 0, -points_width - small, 0)
            painter.drawText(beside, _VERTICAL | Qt.AlignmentFlag.AlignRight, share)
            line.setLeft(line.left() + name_width + small)
            line.setRight(line.right() - text_width - small)
            self._paint_bars(painter, QRectF(line), before, after)

    def _paint_bars(self, painter: QPainter, line: QRectF, before: float, after: float) -> None:
        theme = self._theme
        height, gap = theme.space("tight"), theme.space("hair")
        top = line.center().y() - height - gap / 2
        painter.setPen(Qt.PenStyle.NoPen)
        for share, colour in ((before, "bar"), (after, "accent")):
            painter.setBrush(theme.colour("track"))
            painter.drawRect(QRectF(line.left(), top, line.width(), height))
            painter.setBrush(theme.colour(colour))
            painter.drawRect(QRectF(line.left(), top, line.width() * share, height))
            top += height + gap

    def _row_height(self) -> int:
        return QFontMetrics(self._theme.font()).height() + self._theme.space("small")


def _recall_texts(before: float, after: float) -> tuple[str, str]:
    return percent(after), verdict_text.format_points(after - before)
