"""Where a person was in the window, for the one that comes after it in another language."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray

if TYPE_CHECKING:
    from gui.window import MainWindow


@dataclass(frozen=True, slots=True)
class Place:
    """The workspace and its page, order, bands and size of the images, the one looked at, and the frame."""

    workspace: str
    page: str
    order: str
    bands: str
    edge: int
    image: str | None
    frame: QByteArray


def place_of(window: "MainWindow") -> Place:
    """Return where a person is in a window."""
    gallery, workspaces = window.review.gallery, window.workspaces
    return Place(
        workspaces.key,
        workspaces.current.page_key if workspaces.current is not None else "",
        gallery.order.currentData(),
        gallery.bands.currentData(),
        gallery.view.edge,
        gallery.view.looked,
        window.saveGeometry(),
    )


def return_to(window: "MainWindow", place: Place) -> None:
    """Put a window where another one was, as soon as its folder is open."""
    window.restoreGeometry(place.frame)
    gallery = window.review.gallery
    gallery.arrange(place.order, place.bands, place.edge)

    def go(_: object) -> None:
        window.flow.attached.disconnect(go)
        if place.image is not None:
            gallery.view.show_path(place.image)
        window.workspaces.go(place.workspace)
        if place.page and window.workspaces.current is not None:
            window.workspaces.current.show_page(place.page)

    window.flow.attached.connect(go)
