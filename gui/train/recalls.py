"""How many images of each class both models read rightly, as bars: grey the current one's."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.classes import ClassLooks
from gui.gallery.delegate import paint_letter
from gui.theme import Theme
from gui.train import words
from gui.train.work import Outcome
from gui.words import percent

_VERTICAL = Qt.AlignmentFlag.AlignVCenter


class Recalls(QWidget):
    """One line a class: chip, name, two thin bars, the new model's share and the difference in points."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._looks = theme, ClassLooks()
        self._rows: list[tuple[str, float, float]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_outcome(self, outcome: Outcome, looks: ClassLooks) -> None:
        """Show the classes that have locked images."""
        before, after = (
            outcome.verdict.comparison.current.recall,
            outcome.verdict.comparison.candidate.recall,
        )
        self._looks = looks
        self._rows = [
            (name, before[name], after[name])
            for name in outcome.verdict.classes
            if name in before and name in after
        ]
        self.setAccessibleName(
            ", ".join(
                f"{looks.find(name).name}: {_said(one, two)}" for name, one, two in self._rows
            )
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(14 * self._theme.space("wide"), max(1, len(self._rows)) * self._line())

    def minimumSizeHint(self) -> QSize:
        return QSize(9 * self._theme.space("wide"), self.sizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font())
        metrics, small = QFontMetrics(theme.font()), theme.space("small")
        looks = [self._looks.find(name) for name, *_ in self._rows]
        wide = max((metrics.horizontalAdvance(one.name) for one in looks), default=0)
        said = max((metrics.horizontalAdvance(_said(*both)) for _, *both in self._rows), default=0)
        edge = metrics.height()
        # Names before bars: a bar still says something where it is short.
        wide = min(wide, self.width() - edge - said - 3 * small - 2 * theme.space("wide"))
        for row, ((_, before, after), look) in enumerate(zip(self._rows, looks, strict=True)):
            line = QRect(0, row * self._line(), self.width(), self._line())
            chip = QRect(0, line.top() + (line.height() - edge) // 2, edge, edge)
            paint_letter(painter, theme, look, chip)
            line.setLeft(edge + small)
            painter.setPen(theme.colour("text"))
            elided = metrics.elidedText(look.name, Qt.TextElideMode.ElideRight, wide)
            painter.drawText(line, _VERTICAL | Qt.AlignmentFlag.AlignLeft, elided)
            painter.drawText(line, _VERTICAL | Qt.AlignmentFlag.AlignRight, _said(before, after))
            line.setLeft(line.left() + wide + small)
            line.setRight(line.right() - said - small)
            self._paint_bars(painter, QRectF(line), before, after)

    def _paint_bars(self, painter: QPainter, line: QRectF, before: float, after: float) -> None:
        theme = self._theme
        high, gap = theme.space("tight"), theme.space("hair")
        top = line.center().y() - high - gap / 2
        painter.setPen(Qt.PenStyle.NoPen)
        for share, colour in ((before, "bar"), (after, "accent")):
            painter.setBrush(theme.colour("track"))
            painter.drawRect(QRectF(line.left(), top, line.width(), high))
            painter.setBrush(theme.colour(colour))
            painter.drawRect(QRectF(line.left(), top, line.width() * share, high))
            top += high + gap

    def _line(self) -> int:
        return QFontMetrics(self._theme.font()).height() + self._theme.space("small")


def _said(before: float, after: float) -> str:
    return f"{percent(after)}  {words.points(after - before)}"
