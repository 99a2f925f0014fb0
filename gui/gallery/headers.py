"""The headers of bands: where they are (the top one stays in sight), what is folded, and their look."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFontMetrics,
    QPainter,
    QPen,
    QPolygonF,
)

from gui.gallery.bands import Band
from gui.gallery.delegate import paint_letter
from gui.session import Session
from gui.theme import Theme
from gui.words import number as in_words

if TYPE_CHECKING:
    from gui.gallery.tiles import TileView


class Headers:
    """All headers of the grid; a band is spoken of by its number or, where it has to last, by its key."""

    def __init__(self, view: "TileView", session: Session, theme: Theme) -> None:
        self._view = view
        self._session = session
        self._theme = theme
        self.folded: set[str] = set()
        self.focused: str | None = None
        """The key of the band whose header has the keyboard, instead of the current image."""
        self.target: int | None = None
        """The band that what is dragged would be dropped on."""

    @property
    def height(self) -> int:
        """The height of a header in pixels."""
        return QFontMetrics(self._theme.font(strong=True)).height() + 2 * self._theme.space("small")

    @property
    def number(self) -> int | None:
        """The number of the band whose header has the keyboard."""
        bands = self._view.grid.bands
        return next((at for at, band in enumerate(bands) if band.key == self.focused), None)

    def box(self, number: int) -> QRect:
        """Return where a header is in the viewport: pinned at its top, pushed out by the next one."""
        grid, offset = self._view.grid, self._view.verticalOffset()
        width = self._view.viewport().width()
        box = grid.header_rect(number, width).translated(0, -offset)
        if box.top() < 0:
            limit = 0
            if number + 1 < len(grid.bands):
                limit = grid.header_rect(number + 1, width).top() - offset - box.height()
            box.moveTop(min(0, limit))
        return box

    def in_sight(self) -> list[int]:
        """Return the bands whose headers are in sight, the pinned one first."""
        grid, sight = self._view.grid, self._view.sight
        if not grid.header:
            return []
        numbers = list(grid.headers(sight.top(), sight.bottom()))
        pinned = grid.band_at(sight.top())
        return numbers if pinned is None or pinned in numbers else [pinned, *numbers]

    def at(self, point: QPoint) -> int | None:
        """Return the band whose header is at a point of the viewport."""
        return next(
            (number for number in self.in_sight() if self.box(number).contains(point)), None
        )

    def on_fold(self, point: QPoint) -> bool:
        """Return whether a point of a header is on the mark that folds its band."""
        return point.x() < self._theme.space("wide") + self._theme.space("small")

    def focus(self, number: int | None) -> None:
        """Give a header the keyboard and say so to a screen reader; None gives it back to the images."""
        view = self._view
        if number is None and self.focused is None:
            return
        self.focused = None if number is None else view.grid.bands[number].key
        view.viewport().update()
        view.setAccessibleDescription("" if number is None else self.words(number))
        if number is not None:
            bar, box = view.verticalScrollBar(), view.grid.header_rect(number, 0)
            room = view.viewport().height()
            bar.setValue(min(box.top(), max(bar.value(), box.bottom() + 1 - room)))
            said = QAccessibleAnnouncementEvent(view, view.accessibleDescription())
            QAccessible.updateAccessibility(said)

    def words(self, number: int) -> str:
        """Return a header in words."""
        band = self._view.grid.bands[number]
        state = _tr("folded") if band.key in self.folded else _tr("unfolded")
        return ", ".join(filter(None, (band.title, in_words(band.count), band.detail, state)))

    def paint(self, painter: QPainter, region: QRect) -> None:
        """Paint the headers in sight, and what is highlighted."""
        bands, looks = self._view.grid.bands, self._session.looks
        # The pinned one last: it lies over the others' way out.
        for number in reversed(self.in_sight()):
            box = self.box(number)
            if box.intersects(region):
                band = bands[number]
                known = band.key in looks.ids
                self._paint(
                    painter, band, looks.find(band.key).letter if known else "", box, number
                )
        if self.target is not None:
            self._paint_target(painter, self.target)

    def _paint(self, painter: QPainter, band: Band, letter: str, box: QRect, number: int) -> None:
        theme = self._theme
        painter.save()
        painter.fillRect(box, theme.colour("accent_soft" if number == self.target else "surround"))
        self._paint_fold(painter, box, folded=band.key in self.folded)
        left = box.left() + theme.space("wide") + theme.space("small")
        line = QFontMetrics(theme.font(strong=True)).height()
        if letter:
            chip = QRect(left, box.center().y() - line // 2 + 1, line, line)
            paint_letter(painter, theme, self._session.looks.find(band.key), chip)
            left += line + theme.space("small")
        for words, strong, colour in (
            (band.title, True, "text"),
            (in_words(band.count), False, "text"),
            (band.detail, False, "muted"),
        ):
            painter.setFont(theme.font(strong=strong))
            painter.setPen(theme.colour(colour))
            metrics = painter.fontMetrics()
            room = QRect(left, box.top(), max(0, box.right() - left), box.height())
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(
                room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown
            )
            left += metrics.horizontalAdvance(shown) + theme.space("medium")
        if box.top() <= 0 and self._view.verticalOffset():
            # Pinned: tiles go by beneath it.
            painter.fillRect(box.left(), box.bottom(), box.width(), 1, theme.colour("line"))
        if number == self.number:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_fold(self, painter: QPainter, box: QRect, *, folded: bool) -> None:
        size = self._theme.space("small")
        mark = QRectF(0, 0, size, size)
        mark.moveCenter(QPointF(box.left() + self._theme.space("large"), box.center().y() + 1))
        points = (
            [mark.topLeft(), QPointF(mark.right(), mark.center().y()), mark.bottomLeft()]
            if folded
            else [mark.topLeft(), mark.topRight(), QPointF(mark.center().x(), mark.bottom())]
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("muted"))
        painter.drawPolygon(QPolygonF(points))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_target(self, painter: QPainter, number: int) -> None:
        view = self._view
        top, bottom = self.box(number).top(), view.viewport().height()
        if number + 1 < len(view.grid.bands):
            following = view.grid.header_rect(number + 1, 0).top() - view.verticalOffset()
            bottom = min(bottom, following)
        painter.setPen(QPen(self._theme.colour("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRect(1, top + 1, view.viewport().width() - 2, bottom - top - 2))


def _tr(text: str) -> str:
    return QCoreApplication.translate("headers", text)
