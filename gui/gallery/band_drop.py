"""Band drop: images that are dragged over the gallery and dropped on a band."""

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

from gui.gallery.drag_data import IMAGES_MIME_TYPE, paths_from_mime_data
from gui.gallery.headers import BandHeaders
from gui.gallery.rubber_band import AutoScroller
from gui.gallery.tile_grid import TileGrid
from gui.theme import Theme


class BandDrop(QObject):
    """Finds the band under dragged images, and takes them when they are dropped."""

    dropped = Signal(object, object)
    """The paths of the images and the key of the band they were dropped on."""

    def __init__(self, view: TileGrid, headers: BandHeaders, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._headers = headers
        self._source_bands: set[int] = set()
        self._position = QPoint()
        self._scroller = AutoScroller(view, theme, self._update_target)

    def enter(self, event: QDragEnterEvent) -> None:
        """Accept dragged images if a band takes any; anything else is for the window."""
        view = self._view
        if not event.mimeData().hasFormat(IMAGES_MIME_TYPE) or not any(
            band.accepts_drops for band in view.grid.bands
        ):
            event.ignore()  # a dropped folder is handled by the window
            return
        rows = (view.model().row_of(path) for path in paths_from_mime_data(event.mimeData()))
        self._source_bands = {view.grid.band_of(row) for row in rows if row is not None}
        event.acceptProposedAction()

    def move(self, event: QDragMoveEvent) -> None:
        """Mark the band under the pointer, and scroll near the edges."""
        self._position = event.position().toPoint()
        self._update_target()
        self._scroller.follow(self._position)
        event.setAccepted(self._headers.drop_target is not None)

    def leave(self) -> None:
        """Forget the dragged images."""
        self._scroller.stop()
        self._set_target(None)

    def drop(self, event: QDropEvent) -> None:
        """Take the images if the band under the pointer does."""
        number = self._band_at(event.position().toPoint())
        self.leave()
        paths = paths_from_mime_data(event.mimeData())
        if number is None or not paths:
            event.ignore()
            return
        event.acceptProposedAction()
        self.dropped.emit(paths, self._view.grid.bands[number].key)

    def _band_at(self, point: QPoint) -> int | None:
        # The band at a point that accepts the dragged images and is not their only source.
        grid = self._view.grid
        number = self._headers.band_at(point)
        if number is None:
            number = grid.band_at(point.y() + self._view.verticalOffset())
        if number is None or not grid.bands[number].accepts_drops or self._source_bands == {number}:
            return None
        return number

    def _update_target(self) -> None:
        self._set_target(self._band_at(self._position))

    def _set_target(self, number: int | None) -> None:
        if number != self._headers.drop_target:
            self._headers.drop_target = number
            self._view.viewport().update()
