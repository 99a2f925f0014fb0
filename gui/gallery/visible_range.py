"""Visible range of the tile view: which thumbnails are requested, and in which order."""

from PySide6.QtCore import QObject, QTimer, Signal

from gui.gallery.delegate import TileDelegate
from gui.gallery.thumbnails import ThumbnailCache
from gui.gallery.tile_grid import TileGrid
from gui.state.session import Session

_SETTLE_MS = 60
_PRUNE_MS = 40


class VisibleRange(QObject):
    """Follows the scrolling of a view, and reports the visible images with a short delay."""

    paths_changed = Signal(object)
    """The paths of the visible images, then of those ahead in scroll direction."""

    def __init__(
        self,
        view: TileGrid,
        delegate: TileDelegate,
        session: Session,
        thumbnails: ThumbnailCache,
    ) -> None:
        super().__init__(view)
        self._view = view
        self._delegate = delegate
        self._session = session
        self._thumbnails = thumbnails
        self._last_offset = 0
        self._scroll_direction = 1
        self._settle_timer = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle_timer.timeout.connect(self._report)
        # Not restarted while scrolling, so that requests for images scrolled past are dropped meanwhile.
        self._prune_timer = QTimer(self, singleShot=True, interval=_PRUNE_MS)
        self._prune_timer.timeout.connect(self._drop_hidden_requests)
        view.verticalScrollBar().valueChanged.connect(self._scrolled)

    @property
    def is_reported(self) -> bool:
        """True if the last change has been reported."""
        return not self._settle_timer.isActive()

    def report_soon(self) -> None:
        """Report the visible images once nothing has changed for a moment."""
        self._settle_timer.start()

    def _scrolled(self) -> None:
        offset = self._view.verticalOffset()
        self._scroll_direction = 1 if offset >= self._last_offset else -1
        self._last_offset = offset
        self._settle_timer.start()
        if not self._prune_timer.isActive():
            self._prune_timer.start()

    def _drop_hidden_requests(self) -> None:
        if self._view.isVisible():
            self._thumbnails.keep_only(set(self._view.visible_paths()))

    def _report(self) -> None:
        view, thumbnails = self._view, self._thumbnails
        edge = round(self._delegate.edge * view.devicePixelRatioF())
        if edge != thumbnails.edge:
            thumbnails.edge = edge
            view.viewport().update()
        if not view.model() or not view.isVisible():
            return  # another view uses the thumbnail cache
        visible_area = view.visible_area
        visible = view.paths_in(visible_area)
        visible_set = set(visible)
        ahead = view.paths_in(
            visible_area.translated(0, self._scroll_direction * visible_area.height())
        )
        paths = [*visible, *(path for path in ahead if path not in visible_set)]
        thumbnails.keep_only(set(paths))
        items = (self._session.item(path) for path in paths[len(visible) :])
        thumbnails.prefetch([item.record for item in items if item and item.record])
        self.paths_changed.emit(paths)
