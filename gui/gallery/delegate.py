"""Painting one tile: the image, what it was read as, and its name."""

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from engine.project.values import NOT_CLASSED
from gui.classes import ClassLook
from gui.gallery.marks import Marks
from gui.gallery.model import ItemRole
from gui.gallery.thumbnails import Thumbnails
from gui.session import Session
from gui.theme import Theme
from gui.words import percent, say

if TYPE_CHECKING:
    from gui.table import Item

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SMOOTH = QPainter.RenderHint.SmoothPixmapTransform
_LEAST = 4
"""A name that is cut to fewer characters tells nothing: the letter stands alone."""

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
        theme.changed.connect(self.restyle)
        self.restyle()

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
        image = self.picture(option.rect)
        self._paint_ground(painter, option)
        shown = self._paint_image(painter, item, image)
        if shown:
            if item.removed:
                self._marks.paint_removed(painter, shown)
            if item.shown:
                colour = self._session.looks.find(item.shown).colour
                self._marks.paint_outline(painter, shown, colour, dotted=item.label is None)
            self._marks.paint_badges(painter, item, shown)
            self._paint_given(painter, item, shown)
        caption = QRect(image.left(), image.bottom() + 1 + self._tight, self.edge, self._line)
        self._paint_class(painter, item, caption)
        self._paint_name(painter, item, caption.translated(0, self._line))

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        # Selected: a ground with an edge. Current: a ring; dull while the keyboard is elsewhere.
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        current = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if not (chosen or current):
            return
        active = bool(option.state & QStyle.StateFlag.State_Active)
        width = 3 * self._tight / 4 if current else 1
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._soft if chosen else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._accent if active or not current else self._muted, width))
        inset = 1 + width / 2
        box = QRectF(option.rect).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, self._tight, self._tight)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_image(self, painter: QPainter, item: "Item", box: QRect) -> QRect | None:
        # Returns where the image lies, None where there is no image to see.
        picture = self._thumbnails.get(item.record) if item.record else None
        if picture is not None:
            size = picture.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(box.topLeft(), size)
            place.moveCenter(box.center())
            # Only where it is scaled: the hint makes every picture with an alpha channel slow.
            scaled = picture.size() != place.size() * painter.device().devicePixelRatioF()
            painter.setRenderHint(_SMOOTH, scaled)
            painter.drawImage(place, picture)
            painter.setRenderHint(_SMOOTH, False)
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

    def _paint_given(self, painter: QPainter, item: "Item", image: QRect) -> None:
        # The folder says another class than what is shown: its letter in the other corner.
        if item.given and item.shown and item.given != item.shown:
            edge, tight = self._line, self._tight
            box = QRect(image.right() - tight - edge, image.top() + tight, edge, edge)
            painter.fillRect(box.adjusted(-2, -2, 2, 2), self._surround)
            paint_letter(painter, self._theme, self._session.looks.find(item.given), box)

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
            painter.drawText(line, _RIGHT, confidence)
            taken = self._strong_metrics.horizontalAdvance(confidence)
            words.setRight(words.right() - taken - self._tight)
        font, metrics = self._fonts[item.label is not None, item.removed]
        if words.width() >= _LEAST * metrics.averageCharWidth():
            painter.setFont(font)
            name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, words.width())
            painter.drawText(words, _LEFT, name)

    def _paint_name(self, painter: QPainter, item: "Item", line: QRect) -> None:
        font, metrics = self._fonts[False, item.removed]
        painter.setFont(font)
        painter.setPen(self._muted)
        name = item.name
        if metrics.horizontalAdvance(name) > line.width():
            # What tells files apart is in the middle and at the end: the type goes first.
            stem = name.rpartition(".")[0] or name
            name = metrics.elidedText(stem, Qt.TextElideMode.ElideMiddle, line.width())
        painter.drawText(line, _LEFT, name)

    def _caption_height(self) -> int:
        return self._tight + 2 * self._line

    def restyle(self) -> None:
        theme = self._theme
        self._gap, self._pad = theme.space("tight") // 2, theme.space("tight")
        self._tight = theme.space("tight")
        self._small, self._strong = theme.font("small"), theme.font("small", strong=True)
        self._small_metrics = QFontMetrics(self._small)
        self._strong_metrics = QFontMetrics(self._strong)
        self._line = self._small_metrics.height() + 2
        # By whether a person decided, and whether it is removed, which strikes the words out too.
        self._fonts = {}
        for strong in (False, True):
            for struck in (False, True):
                font = theme.font("small", strong=strong)
                font.setStrikeOut(struck)
                self._fonts[strong, struck] = font, QFontMetrics(font)
        self._text, self._muted = theme.colour("text"), theme.colour("muted")
        self._accent, self._soft = theme.colour("accent"), theme.colour("accent_soft")
        self._warning = theme.colour("warning")
        self._tile, self._surround = theme.colour("tile"), theme.colour("surround")
        ratio = self.parent().devicePixelRatioF()
        self._alert = theme.pixmap("triangle-alert", round(theme.space("wide") * ratio), "warning")
        self._alert.setDevicePixelRatio(ratio)
        self._marks = Marks(theme, self._line, ratio)


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
