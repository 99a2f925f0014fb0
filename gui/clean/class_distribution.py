"""Class distribution: images of each class before and after, as bars."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.clean.cleaning_summary import ClassCount
from gui.gallery.delegate import paint_class_letter
from gui.state import finding_text
from gui.state.class_styles import ClassStyles
from gui.theme import Theme
from gui.words import number

_VERTICAL = Qt.AlignmentFlag.AlignVCenter


class ClassDistribution(QWidget):
    """One row per class: chip, name, bar and both counts; losses are grey, gains are marked."""

    def __init__(self, theme: Theme, class_styles: ClassStyles) -> None:
        super().__init__()
        self._theme, self._class_styles = theme, class_styles
        self._counts: tuple[ClassCount, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_counts(self, counts: tuple[ClassCount, ...], class_styles: ClassStyles) -> None:
        """Show counts, with the class names of the project."""
        self._counts, self._class_styles = counts, class_styles
        texts = (
            f"{finding_text.class_name(count.class_id, class_styles)} {self._count_text(count)}"
            for count in counts
        )
        self.setAccessibleName(", ".join(texts))
        self.updateGeometry()
        self.update()

    @property
    def has_changes(self) -> bool:
        """True if a class has two counts, before and now."""
        return any(count.before != count.after for count in self._counts)

    def sizeHint(self) -> QSize:
        return QSize(20 * self._theme.space("wide"), max(1, len(self._counts)) * self._row_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(10 * self._theme.space("wide"), self.sizeHint().height())

    def paintEvent(self, _: QPaintEvent) -> None:
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font())
        metrics, small = QFontMetrics(theme.font()), theme.space("small")
        names = [
            finding_text.class_name(count.class_id, self._class_styles) for count in self._counts
        ]
        name_width = max((metrics.horizontalAdvance(name) for name in names), default=0)
        name_width = min(name_width, self.width() // 3)
        text_width = max(
            (metrics.horizontalAdvance(self._count_text(count)) for count in self._counts),
            default=0,
        )
        maximum = max((max(count.before, count.after) for count in self._counts), default=1) or 1
        edge = metrics.height()
        for row, (count, name) in enumerate(zip(self._counts, names, strict=True)):
            line = QRect(0, row * self._row_height(), self.width(), self._row_height())
            if count.class_id in self._class_styles.ids:
                chip = QRect(0, line.top() + (line.height() - edge) // 2, edge, edge)
                paint_class_letter(
                    painter, theme, self._class_styles.find(str(count.class_id)), chip
                )
            line.setLeft(edge + small)
            painter.setPen(theme.colour("text"))
            elided = metrics.elidedText(name, Qt.TextElideMode.ElideRight, name_width)
            painter.drawText(line, _VERTICAL | Qt.AlignmentFlag.AlignLeft, elided)
            painter.drawText(line, _VERTICAL | Qt.AlignmentFlag.AlignRight, self._count_text(count))
            line.setLeft(line.left() + name_width + small)
            line.setRight(line.right() - text_width - small)
            self._paint_bar(painter, QRectF(line), count, maximum)

    def _paint_bar(self, painter: QPainter, line: QRectF, counts: ClassCount, maximum: int) -> None:
        theme = self._theme
        height = theme.space("small")
        bar = QRectF(line.left(), line.center().y() - height / 2, line.width(), height)
        painter.setPen(Qt.PenStyle.NoPen)
        for count, colour in ((counts.before, "track"), (counts.after, "accent")):
            bar.setWidth(line.width() * count / maximum)
            painter.setBrush(theme.colour(colour))
            painter.drawRect(bar)
        if counts.after > counts.before:
            mark_x = line.left() + line.width() * counts.before / maximum
            painter.setBrush(theme.colour("text"))
            painter.drawRect(QRectF(mark_x - 1, bar.top() - 2, 2, bar.height() + 4))

    def _count_text(self, count: ClassCount) -> str:
        if count.before == count.after:
            return number(count.after)
        return f"{number(count.before)} → {number(count.after)}"

    def _row_height(self) -> int:
        return QFontMetrics(self._theme.font()).height() + self._theme.space("small")
