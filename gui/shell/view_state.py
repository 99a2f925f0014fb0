"""View state: workspace, order and current image, carried over when the language changes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray

if TYPE_CHECKING:
    from gui.shell.window import MainWindow


@dataclass(frozen=True, slots=True)
class ViewState:
    """Workspace and page, order, bands and size of the images, current image, and window geometry."""

    workspace: str
    page: str
    order: str
    bands: str
    edge: int
    image: str | None
    geometry: QByteArray


def capture_view_state(window: "MainWindow") -> ViewState:
    """Return the view state of a window."""
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


def restore_view_state(window: "MainWindow", view_state: ViewState) -> None:
    """Restore a view state, the parts inside the folder once it is open."""
    window.restoreGeometry(view_state.geometry)
    gallery = window.review.gallery
    gallery.set_arrangement(view_state.order, view_state.bands, view_state.edge)

    def restore(_: object) -> None:
        window.loader.project_attached.disconnect(restore)
        if view_state.image is not None:
            gallery.view.show_path(view_state.image)
        window.workspaces.go(view_state.workspace)
        if view_state.page and window.workspaces.current is not None:
            window.workspaces.current.show_page(view_state.page)

    window.loader.project_attached.connect(restore)
