"""Band headers: position (the top one is pinned), collapse state, keyboard focus and painting."""

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
from gui.gallery.delegate import paint_class_letter
from gui.gallery.tile_grid import TileGrid
from gui.state.session import Session
from gui.theme import Theme
from gui.words import number as in_words


class BandHeaders:
    """All headers of the grid; bands are identified by number, or by key where state outlives a layout."""

    def __init__(self, view: TileGrid, session: Session, theme: Theme) -> None:
        self._view = view
        self._session = session
        self._theme = theme
        self.collapsed_keys: set[str] = set()
        self.focused_key: str | None = None
        """The key of the band whose header has the keyboard focus instead of the current image."""
        self.drop_target: int | None = None
        """The number of the band under a drag."""

    @property
    def height(self) -> int:
        """The height of a header in pixels."""
        return QFontMetrics(self._theme.font(strong=True)).height() + 2 * self._theme.space("small")

    @property
    def focused_band(self) -> int | None:
        """The number of the band whose header has the keyboard focus."""
        bands = self._view.grid.bands
        return next(
            (number for number, band in enumerate(bands) if band.key == self.focused_key), None
        )

    def rect_of(self, number: int) -> QRect:
        """Return the rectangle of a header in the viewport: pinned to the top, pushed out by the next."""
        grid, offset = self._view.grid, self._view.verticalOffset()
        width = self._view.viewport().width()
        box = grid.header_rect(number, width).translated(0, -offset)
        if box.top() < 0:
            limit = 0
            if number + 1 < len(grid.bands):
                limit = grid.header_rect(number + 1, width).top() - offset - box.height()
            box.moveTop(min(0, limit))
        return box

    def visible_bands(self) -> list[int]:
        """Return the numbers of the bands whose headers are visible, the pinned one first."""
        grid, sight = self._view.grid, self._view.visible_area
        if not grid.header_height:
            return []
        numbers = list(grid.headers_between(sight.top(), sight.bottom()))
        pinned = grid.band_at(sight.top())
        return numbers if pinned is None or pinned in numbers else [pinned, *numbers]

    def band_at(self, point: QPoint) -> int | None:
        """Return the number of the band whose header is at a point of the viewport, None beside headers."""
        return next(
            (number for number in self.visible_bands() if self.rect_of(number).contains(point)),
            None,
        )

    def is_on_collapse_marker(self, point: QPoint) -> bool:
        """Return whether a point of a header is on its collapse marker."""
        return point.x() < self._theme.space("wide") + self._theme.space("small")

    def focus(self, number: int | None) -> None:
        """Give a header the keyboard focus and announce it to screen readers; None returns it to the images."""
        view = self._view
        if number is None and self.focused_key is None:
            return
        self.focused_key = None if number is None else view.grid.bands[number].key
        view.viewport().update()
        view.setAccessibleDescription("" if number is None else self.description(number))
        if number is not None:
            self.scroll_to(number)
            announcement = QAccessibleAnnouncementEvent(view, view.accessibleDescription())
            QAccessible.updateAccessibility(announcement)

    def scroll_to(self, number: int) -> None:
        """Scroll until a header is visible."""
        bar, box = self._view.verticalScrollBar(), self._view.grid.header_rect(number, 0)
        viewport_height = self._view.viewport().height()
        bar.setValue(min(box.top(), max(bar.value(), box.bottom() + 1 - viewport_height)))

    def description(self, number: int) -> str:
        """Return the text of a header for screen readers."""
        band = self._view.grid.bands[number]
        state = _tr("collapsed") if band.key in self.collapsed_keys else _tr("expanded")
        if not band.count:
            state = ""
        return ", ".join(filter(None, (band.title, in_words(band.count), band.detail, state)))

    def paint(self, painter: QPainter, region: QRect) -> None:
        """Paint the visible headers and the drop target."""
        bands, class_styles = self._view.grid.bands, self._session.class_styles
        # The pinned header last, on top of the header it is pushed out by.
        for number in reversed(self.visible_bands()):
            box = self.rect_of(number)
            if box.intersects(region):
                band = bands[number]
                letter = class_styles.find(band.key).letter if band.key in class_styles.ids else ""
                self._paint(painter, band, letter, box, number)
        if self.drop_target is not None:
            self._paint_drop_target(painter, self.drop_target)

    def _paint(self, painter: QPainter, band: Band, letter: str, box: QRect, number: int) -> None:
        theme = self._theme
        painter.save()
        painter.fillRect(
            box, theme.colour("accent_soft" if number == self.drop_target else "surround")
        )
        if band.count:
            self._paint_collapse_marker(painter, box, collapsed=band.key in self.collapsed_keys)
        left = box.left() + theme.space("wide") + theme.space("small")
        line = QFontMetrics(theme.font(strong=True)).height()
        if letter:
            chip = QRect(left, box.center().y() - line // 2 + 1, line, line)
            paint_class_letter(painter, theme, self._session.class_styles.find(band.key), chip)
            left += line + theme.space("small")
        for text, strong, colour in (
            (band.title, True, "text"),
            (in_words(band.count), False, "text"),
            (band.detail, False, "muted"),
        ):
            painter.setFont(theme.font(strong=strong))
            painter.setPen(theme.colour(colour))
            metrics = painter.fontMetrics()
            text_rect = QRect(left, box.top(), max(0, box.right() - left), box.height())
            elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, text_rect.width())
            painter.drawText(
                text_rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided
            )
            left += metrics.horizontalAdvance(elided) + theme.space("medium")
        if box.top() <= 0 and self._view.verticalOffset():
            # A line under the pinned header separates it from the tiles that scroll beneath.
            painter.fillRect(box.left(), box.bottom(), box.width(), 1, theme.colour("line"))
        if number == self.focused_band:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_collapse_marker(self, painter: QPainter, box: QRect, *, collapsed: bool) -> None:
        size = self._theme.space("small")
        marker = QRectF(0, 0, size, size)
        marker.moveCenter(QPointF(box.left() + self._theme.space("large"), box.center().y() + 1))
        points = (
            [marker.topLeft(), QPointF(marker.right(), marker.center().y()), marker.bottomLeft()]
            if collapsed
            else [
                marker.topLeft(),
                marker.topRight(),
                QPointF(marker.center().x(), marker.bottom()),
            ]
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("muted"))
        painter.drawPolygon(QPolygonF(points))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_drop_target(self, painter: QPainter, number: int) -> None:
        view = self._view
        top, bottom = self.rect_of(number).top(), view.viewport().height()
        if number + 1 < len(view.grid.bands):
            following = view.grid.header_rect(number + 1, 0).top() - view.verticalOffset()
            bottom = min(bottom, following)
        painter.setPen(QPen(self._theme.colour("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRect(1, top + 1, view.viewport().width() - 2, bottom - top - 2))


def _tr(text: str) -> str:
    return QCoreApplication.translate("headers", text)
