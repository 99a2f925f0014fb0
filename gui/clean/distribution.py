"""How many images each class had and has, as bars: what was lost is a grey rest, what was won is marked."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.classes import ClassLooks
from gui.clean import words
from gui.clean.tally import ClassCount
from gui.gallery.delegate import paint_letter
from gui.theme import Theme
from gui.words import number

_VERTICAL = Qt.AlignmentFlag.AlignVCenter


class Distribution(QWidget):
    """One line a class: chip, name, bar, both numbers."""

    def __init__(self, theme: Theme, looks: ClassLooks) -> None:
        super().__init__()
        self._theme, self._looks = theme, looks
        self._counts: tuple[ClassCount, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_counts(self, counts: tuple[ClassCount, ...], looks: ClassLooks) -> None:
        """Show these counts, with the classes as the project calls them."""
        self._counts, self._looks = counts, looks
        said = (f"{words.class_name(one.class_id, looks)} {self._said(one)}" for one in counts)
        self.setAccessibleName(", ".join(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(20 * self._theme.space("wide"), max(1, len(self._counts)) * self._line())

    def minimumSizeHint(self) -> QSize:
        return QSize(10 * self._theme.space("wide"), self.sizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font())
        metrics, small = QFontMetrics(theme.font()), theme.space("small")
        names = [words.class_name(one.class_id, self._looks) for one in self._counts]
        wide = max((metrics.horizontalAdvance(name) for name in names), default=0)
        wide = min(wide, self.width() // 3)
        said = max((metrics.horizontalAdvance(self._said(one)) for one in self._counts), default=0)
        most = max((max(one.before, one.after) for one in self._counts), default=1) or 1
        edge = metrics.height()
        for row, (one, name) in enumerate(zip(self._counts, names, strict=True)):
            line = QRect(0, row * self._line(), self.width(), self._line())
            if one.class_id in self._looks.ids:
                chip = QRect(0, line.top() + (line.height() - edge) // 2, edge, edge)
                paint_letter(painter, theme, self._looks.find(str(one.class_id)), chip)
            line.setLeft(edge + small)
            painter.setPen(theme.colour("text"))
            elided = metrics.elidedText(name, Qt.TextElideMode.ElideRight, wide)
            painter.drawText(line, _VERTICAL | Qt.AlignmentFlag.AlignLeft, elided)
            painter.drawText(line, _VERTICAL | Qt.AlignmentFlag.AlignRight, self._said(one))
            line.setLeft(line.left() + wide + small)
            line.setRight(line.right() - said - small)
            self._paint_bar(painter, QRectF(line), one, most)

    def _paint_bar(self, painter: QPainter, line: QRectF, one: ClassCount, most: int) -> None:
        theme = self._theme
        high = theme.space("small")
        bar = QRectF(line.left(), line.center().y() - high / 2, line.width(), high)
        painter.setPen(Qt.PenStyle.NoPen)
        for count, colour in ((one.before, "track"), (one.after, "accent")):
            bar.setWidth(line.width() * count / most)
            painter.setBrush(theme.colour(colour))
            painter.drawRect(bar)
        if one.after > one.before:
            at = line.left() + line.width() * one.before / most
            painter.setBrush(theme.colour("text"))
            painter.drawRect(QRectF(at - 1, bar.top() - 2, 2, bar.height() + 4))

    def _said(self, one: ClassCount) -> str:
        if one.before == one.after:
            return number(one.after)
        return f"{number(one.before)} → {number(one.after)}"

    def _line(self) -> int:
        return QFontMetrics(self._theme.font()).height() + self._theme.space("small")
