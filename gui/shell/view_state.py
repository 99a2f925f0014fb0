"""Where a person was in the window, for the one that comes after it in another language."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray

if TYPE_CHECKING:
    from gui.shell.window import MainWindow


@dataclass(frozen=True, slots=True)
class ViewState:
    """The workspace and its page, order, bands and size of the images, the one looked at, and the frame."""

    workspace: str
    page: str
    order: str
    bands: str
    edge: int
    image: str | None
    frame: QByteArray


def capture_view_state(window: "MainWindow") -> ViewState:
    """Return where a person is in a window."""
    gallery, workspaces = window.review.gallery, window.workspaces
    return ViewState(
        workspaces.key,
        workspaces.current.page_key if workspaces.current is not None else "",
        gallery.order_box.currentData(),
        gallery.bands_box.currentData(),
        gallery.view.image_edge,
        gallery.view.current_path,
        window.saveGeometry(),
    )


def restore_view_state(window: "MainWindow", place: ViewState) -> None:
    """Put a window where another one was, as soon as its folder is open."""
    window.restoreGeometry(place.frame)
    gallery = window.review.gallery
    gallery.set_arrangement(place.order, place.bands, place.edge)

    def go(_: object) -> None:
        window.loader.project_attached.disconnect(go)
        if place.image is not None:
            gallery.view.show_path(place.image)
        window.workspaces.go(place.workspace)
        if place.page and window.workspaces.current is not None:
            window.workspaces.current.show_page(place.page)

    window.loader.project_attached.connect(go)
