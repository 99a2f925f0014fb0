"""Painting what is not a tile: the headers of bands, and the picture of what is dragged."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPixmap, QPolygonF

from gui.classes import ClassLook
from gui.gallery.bands import Band
from gui.gallery.delegate import paint_letter
from gui.gallery.thumbnails import Thumbnails
from gui.theme import Theme
from gui.words import number


def header_height(theme: Theme) -> int:
    """Return the height of a band's header in pixels."""
    return QFontMetrics(theme.font(strong=True)).height() + 2 * theme.space("small")


def paint_header(
    painter: QPainter,
    theme: Theme,
    band: Band,
    look: ClassLook | None,
    box: QRect,
    *,
    folded: bool,
    target: bool,
) -> None:
    """Paint a band's header: fold mark, class, title, count and detail; `target`: something may drop."""
    painter.save()
    painter.fillRect(box, theme.colour("accent_soft" if target else "surround"))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_fold(painter, theme, box, folded)
    left = box.left() + theme.space("wide") + theme.space("small")
    line = QFontMetrics(theme.font(strong=True)).height()
    if look is not None:
        chip = QRect(left, box.center().y() - line // 2 + 1, line, line)
        paint_letter(painter, theme, look, chip)
        left += line + theme.space("small")
    for words, strong, colour in (
        (band.title, True, "text"),
        (number(band.count), False, "text"),
        (band.detail, False, "muted"),
    ):
        painter.setFont(theme.font(strong=strong))
        painter.setPen(theme.colour(colour))
        metrics = painter.fontMetrics()
        room = QRect(left, box.top(), box.right() - left, box.height())
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        left += metrics.horizontalAdvance(words) + theme.space("medium")
    if target:
        painter.setPen(QPen(theme.colour("accent"), 2))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
    painter.restore()


def drag_picture(theme: Theme, thumbnails: Thumbnails, paths: Sequence[str]) -> QPixmap:
    """Return the first image with how many there are, to hang on the pointer."""
    edge = 3 * theme.space("wide")
    picture = QPixmap(edge, edge)
    picture.fill(theme.colour("tile"))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    if (image := thumbnails.peek(paths[0])) is not None:
        painter.drawImage(picture.rect(), image)
    if len(paths) > 1:
        painter.setFont(theme.font(strong=True))
        words = number(len(paths))
        metrics = painter.fontMetrics()
        box = QRect(
            0, 0, metrics.horizontalAdvance(words) + theme.space("medium"), metrics.height()
        )
        box.moveBottomRight(picture.rect().bottomRight())
        painter.fillRect(box, theme.colour("accent"))
        painter.setPen(theme.colour("on_accent"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
    painter.end()
    return picture


def _paint_fold(painter: QPainter, theme: Theme, box: QRect, folded: bool) -> None:
    size = theme.space("small")
    mark = QRectF(0, 0, size, size)
    mark.moveCenter(QPointF(box.left() + theme.space("large"), box.center().y() + 1))
    points = (
        [mark.topLeft(), QPointF(mark.right(), mark.center().y()), mark.bottomLeft()]
        if folded
        else [mark.topLeft(), mark.topRight(), QPointF(mark.center().x(), mark.bottom())]
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("muted"))
    painter.drawPolygon(QPolygonF(points))
