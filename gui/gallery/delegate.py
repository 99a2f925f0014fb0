"""Painting one tile: the image, what it was read as, and its name."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.classes import ClassLook
from gui.gallery.model import ItemRole
from gui.gallery.thumbnails import Thumbnails
from gui.session import Session
from gui.theme import Theme
from gui.words import percent, say

if TYPE_CHECKING:
    from gui.table import Item

_Index = QModelIndex | QPersistentModelIndex


def paint_letter(
    painter: QPainter, theme: Theme, look: ClassLook, box: QRect, *, confirmed: bool = True
) -> None:
    """Paint a class's colour with its letter; what nobody confirmed is hollow with a dotted edge."""
    ground = QColor(look.colour)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    radius = box.height() / 5
    painter.drawRoundedRect(QRectF(box), radius, radius)
    font = theme.font("small", strong=True)
    font.setPixelSize(max(8, round(box.height() * 0.7)))
    painter.setFont(font)
    painter.setPen(theme.letter_colour(ground))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, look.letter)
    painter.restore()


class TileDelegate(QStyledItemDelegate):
    """Paints tiles of one size; asks for thumbnails as it paints and never waits for them."""

    def __init__(
        self, parent: QWidget, session: Session, thumbnails: Thumbnails, theme: Theme
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._thumbnails = thumbnails
        self._theme = theme
        self.edge = 0
        theme.changed.connect(self._restyle)
        self._restyle()

    def tile_size(self, edge: int) -> QSize:
        """Return the size of a tile whose image is `edge` pixels wide, gaps included."""
        inside = 2 * (self._gap + self._pad)
        return QSize(edge + inside, edge + inside + self._caption_height())

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return self.tile_size(self.edge)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        item = index.data(ItemRole)
        gap, pad = self._gap, self._pad
        tile = option.rect.adjusted(gap, gap, -gap, -gap)
        left = tile.left() + (tile.width() - self.edge) // 2
        image = QRect(left, tile.top() + pad, self.edge, self.edge)
        painter.save()
        self._paint_ground(painter, option, tile)
        shown = self._paint_image(painter, item, image)
        if item.prediction and shown:
            look = self._session.looks.find(item.prediction.class_id)
            pen = QPen(QColor(look.colour), max(2, pad // 2))
            pen.setDashPattern([1, 1.5])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(shown)
            self._paint_disagreement(painter, item, shown)
        caption = QRect(left, image.bottom() + 1 + self._tight, self.edge, self._line)
        self._paint_prediction(painter, item, caption)
        self._paint_name(painter, item, caption.translated(0, self._line))
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, tile: QRect) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        current = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if not (chosen or current):
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._soft if chosen else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._accent, 2) if current or chosen else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(tile).adjusted(1, 1, -1, -1), self._tight, self._tight)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_image(self, painter: QPainter, item: "Item", box: QRect) -> QRect | None:
        # Returns where the image lies, None where there is no image to see.
        picture = self._thumbnails.get(item.record) if item.record else None
        if picture is not None:
            size = picture.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(box.topLeft(), size)
            place.moveCenter(box.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, picture)
            return place
        painter.fillRect(box, self._tile)
        problem = item.problem or self._thumbnails.reason(item.path)
        if problem:
            self._paint_problem(painter, say(problem), box)
        return None

    def _paint_problem(self, painter: QPainter, reason: str, box: QRect) -> None:
        icon = self._alert
        width = round(icon.width() / icon.devicePixelRatio())
        top = box.top() + self._pad + self._tight
        painter.drawPixmap(box.center().x() - width // 2, top, icon)
        painter.setFont(self._small)
        painter.setPen(self._text)
        inside = box.adjusted(self._tight, 0, -self._tight, -self._tight)
        inside.setTop(top + width + self._tight)
        metrics = QFontMetrics(self._small)
        lines = max(1, inside.height() // metrics.lineSpacing())
        text = _wrap(reason, metrics, inside.width(), lines)
        painter.drawText(inside, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, text)

    def _paint_disagreement(self, painter: QPainter, item: "Item", image: QRect) -> None:
        # The folder says another class than the model: its letter on the image's corner.
        if not item.given or not item.prediction or item.given == item.prediction.class_id:
            return
        edge = self._line
        box = QRect(image.right() - edge - self._tight, image.top() + self._tight, edge, edge)
        painter.fillRect(box.adjusted(-2, -2, 2, 2), self._surround)
        paint_letter(painter, self._theme, self._session.looks.find(item.given), box)

    def _paint_prediction(self, painter: QPainter, item: "Item", line: QRect) -> None:
        if not item.prediction:
            if item.problem:
                painter.setFont(self._strong)
                painter.setPen(self._warning)
                painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self.tr("Could not be read"))
            return
        look = self._session.looks.find(item.prediction.class_id)
        edge = line.height() - 2
        paint_letter(painter, self._theme, look, QRect(line.left(), line.top() + 1, edge, edge))
        painter.setFont(self._strong)
        painter.setPen(self._text)
        confidence = percent(item.prediction.confidence)
        painter.drawText(
            line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, confidence
        )
        taken = QFontMetrics(self._strong).horizontalAdvance(confidence) + self._tight
        words = line.adjusted(edge + self._tight, 0, -taken, 0)
        painter.setFont(self._small)
        metrics = QFontMetrics(self._small)
        name = metrics.elidedText(look.name, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_name(self, painter: QPainter, item: "Item", line: QRect) -> None:
        painter.setFont(self._small)
        painter.setPen(self._muted)
        metrics = QFontMetrics(self._small)
        name = metrics.elidedText(item.name, Qt.TextElideMode.ElideMiddle, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)

    def _caption_height(self) -> int:
        return self._tight + 2 * self._line

    def _restyle(self) -> None:
        theme = self._theme
        self._gap, self._pad = theme.space("tight") // 2, theme.space("tight")
        self._tight = theme.space("tight")
        self._small, self._strong = theme.font("small"), theme.font("small", strong=True)
        self._line = QFontMetrics(self._small).height() + 2
        self._text, self._muted = theme.colour("text"), theme.colour("muted")
        self._accent, self._soft = theme.colour("accent"), theme.colour("accent_soft")
        self._warning = theme.colour("warning")
        self._tile, self._surround = theme.colour("tile"), theme.colour("surround")
        ratio = self.parent().devicePixelRatioF()
        self._alert = theme.pixmap("triangle-alert", round(theme.space("wide") * ratio), "warning")
        self._alert.setDevicePixelRatio(ratio)


def _wrap(text: str, metrics: QFontMetrics, width: int, lines: int) -> str:
    # As many words as fit in so many lines, then an ellipsis.
    shown: list[str] = []
    words = text.split()
    while words and len(shown) < lines:
        line = words.pop(0)
        while words and metrics.horizontalAdvance(f"{line} {words[0]}") <= width:
            line = f"{line} {words.pop(0)}"
        if len(shown) == lines - 1 and words:
            line = " ".join([line, *words])
        shown.append(metrics.elidedText(line, Qt.TextElideMode.ElideRight, width))
    return "\n".join(shown)
