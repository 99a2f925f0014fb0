"""Tile painting: image, class with confidence, file name."""

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from engine.project.decisions import NOT_CLASSED
from gui.gallery.model import ITEM_ROLE
from gui.gallery.thumbnails import ThumbnailCache
from gui.gallery.tile_overlays import TileOverlays
from gui.state.class_styles import ClassStyle
from gui.state.session import Session
from gui.theme import Theme
from gui.words import percent, to_sentence

if TYPE_CHECKING:
    from gui.state.image_item import ImageItem

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SMOOTH = QPainter.RenderHint.SmoothPixmapTransform
_MIN_NAME_CHARS = 4
"""Class names elided to fewer characters are omitted; the letter remains."""

_Index = QModelIndex | QPersistentModelIndex


def paint_class_letter(painter: QPainter, theme: Theme, style: ClassStyle, box: QRect) -> None:
    """Paint the letter of a class on its colour, in a square."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(
        box.topLeft(), _letter_pixmap(theme, style.letter, style.colour, box.height(), ratio)
    )


@lru_cache(maxsize=512)
def _letter_pixmap(theme: Theme, letter: str, colour: str, edge: int, ratio: float) -> QPixmap:
    # Cached: every tile has one, and drawing text is slow.
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
    """Painter of tiles of one size; requests thumbnails while painting and never waits for them."""

    def __init__(
        self, parent: QWidget, session: Session, thumbnails: ThumbnailCache, theme: Theme
    ) -> None:
        super().__init__(parent)
        self._parent = parent
        self._session = session
        self._thumbnails = thumbnails
        self._theme = theme
        self.edge = 0
        theme.changed.connect(self.restyle)
        self.restyle()

    def tile_size(self, edge: int) -> QSize:
        """Return the size of a tile whose image is `edge` pixels wide, including gaps."""
        inside = 2 * (self._gap + self._pad)
        return QSize(edge + inside, edge + inside + self._caption_height())

    def image_rect(self, tile: QRect) -> QRect:
        """Return the rectangle of the image in a tile, empty for an empty tile."""
        if tile.isEmpty():
            return QRect()
        left = tile.left() + (tile.width() - self.edge) // 2
        return QRect(left, tile.top() + self._gap + self._pad, self.edge, self.edge)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return self.tile_size(self.edge)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        item = index.data(ITEM_ROLE)
        image = self.image_rect(option.rect)
        self._paint_background(painter, option)
        shown = self._paint_image(painter, item, image)
        if shown:
            if item.removed:
                self._overlays.paint_removed(painter, shown)
            if item.displayed_class:
                colour = self._session.class_styles.find(item.displayed_class).colour
                self._overlays.paint_outline(painter, shown, colour, dotted=item.label is None)
            self._overlays.paint_badges(painter, item, shown)
            self._paint_folder_class(painter, item, shown)
        caption = QRect(image.left(), image.bottom() + 1 + self._tight, self.edge, self._line)
        self._paint_class(painter, item, caption)
        self._paint_name(painter, item, caption.translated(0, self._line))

    def _paint_background(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        # Selected: filled background with border. Current: a ring, muted without keyboard focus.
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        current = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if not (selected or current):
            return
        active = bool(option.state & QStyle.StateFlag.State_Active)
        width = 3 * self._tight / 4 if current else 1
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._accent_soft if selected else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._accent if active or not current else self._muted, width))
        inset = 1 + width / 2
        box = QRectF(option.rect).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, self._tight, self._tight)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_image(self, painter: QPainter, item: "ImageItem", box: QRect) -> QRect | None:
        # Returns the rectangle of the image, None if there is no thumbnail.
        thumbnail = self._thumbnails.get(item.record) if item.record else None
        if thumbnail is not None:
            size = thumbnail.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRect(box.topLeft(), size)
            target.moveCenter(box.center())
            # Only if it is scaled: the hint is slow for images with an alpha channel.
            scaled = thumbnail.size() != target.size() * painter.device().devicePixelRatioF()
            painter.setRenderHint(_SMOOTH, scaled)
            painter.drawImage(target, thumbnail)
            painter.setRenderHint(_SMOOTH, False)
            return target
        painter.fillRect(box, self._placeholder)
        problem = item.problem or self._thumbnails.reason(item.path)
        if problem:
            self._paint_problem(painter, to_sentence(problem), box)
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

    def _paint_folder_class(self, painter: QPainter, item: "ImageItem", image: QRect) -> None:
        # Show the letter of the folder's class, if it differs, in the opposite corner.
        if item.folder_class and item.displayed_class and item.folder_class != item.displayed_class:
            edge, tight = self._line, self._tight
            box = QRect(image.right() - tight - edge, image.top() + tight, edge, edge)
            painter.fillRect(box.adjusted(-2, -2, 2, 2), self._surround)
            paint_class_letter(
                painter, self._theme, self._session.class_styles.find(item.folder_class), box
            )

    def _paint_class(self, painter: QPainter, item: "ImageItem", line: QRect) -> None:
        if item.displayed_class is None:
            if item.problem:
                painter.setFont(self._strong)
                painter.setPen(self._warning)
                painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self.tr("Could not be read"))
            return
        edge, name_rect = line.height() - 2, QRect(line)
        name = self.tr("Not classed")
        if item.displayed_class != NOT_CLASSED:
            style = self._session.class_styles.find(item.displayed_class)
            name = style.name
            paint_class_letter(
                painter, self._theme, style, QRect(line.left(), line.top() + 1, edge, edge)
            )
            name_rect.setLeft(line.left() + edge + self._tight)
        painter.setPen(self._text)
        # The confidence belongs to the predicted class: omit it beside another class.
        if item.prediction and item.prediction.class_id == item.displayed_class:
            painter.setFont(self._strong)
            confidence = percent(item.prediction.confidence)
            painter.drawText(line, _RIGHT, confidence)
            confidence_width = self._strong_metrics.horizontalAdvance(confidence)
            name_rect.setRight(name_rect.right() - confidence_width - self._tight)
        font, metrics = self._fonts[item.label is not None, item.removed]
        if name_rect.width() >= _MIN_NAME_CHARS * metrics.averageCharWidth():
            painter.setFont(font)
            name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, name_rect.width())
            painter.drawText(name_rect, _LEFT, name)

    def _paint_name(self, painter: QPainter, item: "ImageItem", line: QRect) -> None:
        font, metrics = self._fonts[False, item.removed]
        painter.setFont(font)
        painter.setPen(self._muted)
        name = item.name
        if metrics.horizontalAdvance(name) > line.width():
            # File names differ mostly at their end: drop the extension first.
            stem = name.rpartition(".")[0] or name
            name = metrics.elidedText(stem, Qt.TextElideMode.ElideMiddle, line.width())
        painter.drawText(line, _LEFT, name)

    def _caption_height(self) -> int:
        return self._tight + 2 * self._line

    def restyle(self) -> None:
        """Update fonts, colours and sizes from the theme and the screen."""
        theme = self._theme
        self._gap, self._pad = theme.space("tight") // 2, theme.space("tight")
        self._tight = theme.space("tight")
        self._small, self._strong = theme.font("small"), theme.font("small", strong=True)
        self._small_metrics = QFontMetrics(self._small)
        self._strong_metrics = QFontMetrics(self._strong)
        self._line = self._small_metrics.height() + 2
        # Keyed by (has a label, is removed).
        self._fonts = {}
        for strong in (False, True):
            for struck in (False, True):
                font = theme.font("small", strong=strong)
                font.setStrikeOut(struck)
                self._fonts[strong, struck] = font, QFontMetrics(font)
        self._text, self._muted = theme.colour("text"), theme.colour("muted")
        self._accent, self._accent_soft = theme.colour("accent"), theme.colour("accent_soft")
        self._warning = theme.colour("warning")
        self._placeholder, self._surround = theme.colour("tile"), theme.colour("surround")
        ratio = self._parent.devicePixelRatioF()
        self._alert = theme.pixmap("triangle-alert", round(theme.space("wide") * ratio), "warning")
        self._alert.setDevicePixelRatio(ratio)
        self._overlays = TileOverlays(theme, self._line, ratio)


def _wrap(text: str, metrics: QFontMetrics, width: int, lines: int) -> str:
    # Fill up to `lines` lines with words and elide the rest.
    wrapped: list[str] = []
    words = text.split()
    while words and len(wrapped) < lines:
        line = words.pop(0)
        while words and metrics.horizontalAdvance(f"{line} {words[0]}") <= width:
            line = f"{line} {words.pop(0)}"
        if len(wrapped) == lines - 1 and words:
            line = " ".join([line, *words])
        wrapped.append(metrics.elidedText(line, Qt.TextElideMode.ElideRight, width))
    return "\n".join(wrapped)
