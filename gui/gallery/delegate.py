"""Painting one tile: the image, what it was read as, and its name."""

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from engine.project.values import NOT_CLASSED
from gui.classes import ClassLook
from gui.gallery.model import ItemRole
from gui.gallery.thumbnails import Thumbnails
from gui.session import Session
from gui.theme import Theme
from gui.words import percent, say

if TYPE_CHECKING:
    from gui.table import Item

_Index = QModelIndex | QPersistentModelIndex


def paint_letter(painter: QPainter, theme: Theme, look: ClassLook, box: QRect) -> None:
    """Paint a class's colour with its letter, in a square."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(box.topLeft(), _chip(theme, look.letter, look.colour, box.height(), ratio))


@lru_cache(maxsize=512)
def _chip(theme: Theme, letter: str, colour: str, edge: int, ratio: float) -> QPixmap:
    # Painted once: a chip is on every tile, and drawing text is slow.
    size = round(edge * ratio)
    chip = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    chip.setDevicePixelRatio(ratio)
    chip.fill(0)
    painter = QPainter(chip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(QRectF(0, 0, edge, edge), edge / 5, edge / 5)
    font = theme.font("small", strong=True)
    font.setPixelSize(max(8, round(edge * 0.7)))
    painter.setFont(font)
    painter.setPen(theme.letter_colour(QColor(colour)))
    painter.drawText(QRect(0, 0, edge, edge), Qt.AlignmentFlag.AlignCenter, letter)
    painter.end()
    return QPixmap.fromImage(chip)


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

    def picture(self, tile: QRect) -> QRect:
        """Return where the image of a tile lies, empty for no tile."""
        if tile.isEmpty():
            return QRect()
        left = tile.left() + (tile.width() - self.edge) // 2
        return QRect(left, tile.top() + self._gap + self._pad, self.edge, self.edge)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return self.tile_size(self.edge)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        item = index.data(ItemRole)
        gap = self._gap
        tile = option.rect.adjusted(gap, gap, -gap, -gap)
        image = self.picture(option.rect)
        painter.save()
        self._paint_ground(painter, option, tile)
        shown = self._paint_image(painter, item, image)
        if shown:
            self._paint_edge(painter, item, shown)
            self._paint_badges(painter, item, shown)
        caption = QRect(image.left(), image.bottom() + 1 + self._tight, self.edge, self._line)
        self._paint_class(painter, item, caption)
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
        metrics = self._small_metrics
        lines = max(1, inside.height() // metrics.lineSpacing())
        text = _wrap(reason, metrics, inside.width(), lines)
        painter.drawText(inside, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, text)

    def _paint_edge(self, painter: QPainter, item: "Item", image: QRect) -> None:
        # Dotted as long as only the model says so, solid once a person has.
        if item.shown is None:
            return
        pen = QPen(QColor(self._session.looks.find(item.shown).colour), max(2, self._pad // 2))
        if item.label is None:
            pen.setDashPattern([1, 1.5])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(image)

    def _paint_badges(self, painter: QPainter, item: "Item", image: QRect) -> None:
        edge, tight = self._line, self._tight
        if item.removed:
            veil = QColor(self._surround)
            veil.setAlphaF(0.6)
            painter.fillRect(image, veil)
            painter.setPen(QPen(self._text, 2))
            painter.drawLine(image.topLeft(), image.bottomRight())
            painter.drawLine(image.topRight(), image.bottomLeft())
        right = image.right() - tight
        # The folder says another class than what is shown: its letter in the corner.
        if item.given and item.shown and item.given != item.shown:
            box = QRect(right - edge, image.top() + tight, edge, edge)
            painter.fillRect(box.adjusted(-2, -2, 2, 2), self._surround)
            paint_letter(painter, self._theme, self._session.looks.find(item.given), box)
        left = image.left() + tight
        for there, mark in ((item.label is not None, self._tick), (bool(item.note), self._note)):
            if there:
                box = QRect(left, image.top() + tight, edge, edge)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._panel)
                painter.drawRoundedRect(box, edge / 5, edge / 5)
                painter.drawPixmap(box.adjusted(1, 1, -1, -1), mark)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
                left = box.right() + tight

    def _paint_class(self, painter: QPainter, item: "Item", line: QRect) -> None:
        if item.shown is None:
            if item.problem:
                painter.setFont(self._strong)
                painter.setPen(self._warning)
                painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self.tr("Could not be read"))
            return
        edge, words = line.height() - 2, QRect(line)
        name = self.tr("Not classed")
        if item.shown != NOT_CLASSED:
            look = self._session.looks.find(item.shown)
            name = look.name
            paint_letter(painter, self._theme, look, QRect(line.left(), line.top() + 1, edge, edge))
            words.setLeft(line.left() + edge + self._tight)
        painter.setPen(self._text)
        # The model's confidence is about what the model says: not beside another class.
        if item.prediction and item.prediction.class_id == item.shown:
            painter.setFont(self._strong)
            confidence = percent(item.prediction.confidence)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(line, right, confidence)
            taken = self._strong_metrics.horizontalAdvance(confidence)
            words.setRight(words.right() - taken - self._tight)
        painter.setFont(self._strong if item.label else self._small)
        metrics = self._strong_metrics if item.label else self._small_metrics
        name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_name(self, painter: QPainter, item: "Item", line: QRect) -> None:
        painter.setFont(self._small)
        painter.setPen(self._muted)
        metrics = self._small_metrics
        name = metrics.elidedText(item.name, Qt.TextElideMode.ElideMiddle, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)

    def _caption_height(self) -> int:
        return self._tight + 2 * self._line

    def _restyle(self) -> None:
        theme = self._theme
        self._gap, self._pad = theme.space("tight") // 2, theme.space("tight")
        self._tight = theme.space("tight")
        self._small, self._strong = theme.font("small"), theme.font("small", strong=True)
        self._small_metrics = QFontMetrics(self._small)
        self._strong_metrics = QFontMetrics(self._strong)
        self._line = self._small_metrics.height() + 2
        self._text, self._muted = theme.colour("text"), theme.colour("muted")
        self._accent, self._soft = theme.colour("accent"), theme.colour("accent_soft")
        self._warning = theme.colour("warning")
        self._tile, self._surround = theme.colour("tile"), theme.colour("surround")
        self._panel = theme.colour("raised")
        ratio = self.parent().devicePixelRatioF()
        self._alert = theme.pixmap("triangle-alert", round(theme.space("wide") * ratio), "warning")
        self._alert.setDevicePixelRatio(ratio)
        self._tick = theme.pixmap("check", round(self._line * ratio), "accent")
        self._note = theme.pixmap("sticky-note", round(self._line * ratio), "text")


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
