"""View place: current image, selection and scroll place of a grid, carried over to another window."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QTimer
from PySide6.QtGui import QWindow

from gui.gallery.scroll_anchor import Anchor
from gui.gallery.selection import to_item_selection
from gui.gallery.view import GalleryView

PERSON_ACTS = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)
"""Events after which nothing is restored any more: the place is the person's again."""


@dataclass(frozen=True, slots=True)
class ViewPlace:
    """Current and selected images of a grid, and an image with its y coordinate in the viewport."""

    current: str | None
    selected: tuple[str, ...]
    anchor: str | None
    y: int


def capture_place(view: GalleryView) -> ViewPlace:
    """Return the place of a grid."""
    anchor = view.scroll_anchor.find()
    return ViewPlace(
        view.current_path,
        tuple(view.selected_paths()),
        view.model().path(anchor.row) if anchor is not None else None,
        anchor.y if anchor is not None else 0,
    )


class PlaceRestorer(QObject):
    """Restores the place of a grid while its images arrive, until the person acts in the window."""

    def __init__(self, view: GalleryView, place: ViewPlace, window: QWindow) -> None:
        super().__init__(view)
        self._view, self._place = view, place
        # Delayed until the view has laid out its new rows.
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._restore)
        view.model().modelReset.connect(self._timer.start)
        view.model().rowsInserted.connect(self._timer.start)
        window.installEventFilter(self)
        self._restore()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in PERSON_ACTS:
            watched.removeEventFilter(self)
            self._timer.stop()
            self._view.model().modelReset.disconnect(self._timer.start)
            self._view.model().rowsInserted.disconnect(self._timer.start)
        return False

    def _restore(self) -> None:
        view, place = self._view, self._place
        if place.current is not None:
            view.show_path(place.current)
        if view.current_path == place.current:
            _select(view, place.selected)
        row = view.model().row_of(place.anchor) if place.anchor is not None else None
        if row is not None:
            view.scroll_anchor.apply(Anchor(row, place.y))
        elif place.anchor is None:
            view.scrollToTop()


def _select(view: GalleryView, paths: Sequence[str]) -> None:
    table = view.model().table
    if table is None or not paths:
        return
    selection = to_item_selection(view.model(), table.rows(paths))
    view.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
