"""View state: workspace, order and current image, carried over when the language changes."""

from dataclasses import dataclass

from PySide6.QtCore import QByteArray

from gui.gallery.panel import GalleryPanel
from gui.loading.folder_loader import FolderLoader
from gui.shell.workspace_stack import WorkspaceStack


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


def capture_view_state(
    gallery: GalleryPanel, workspaces: WorkspaceStack, geometry: QByteArray
) -> ViewState:
    """Return the view state of a window."""
    return ViewState(
        workspaces.key,
        workspaces.current.page_key if workspaces.current is not None else "",
        gallery.order_box.currentData(),
        gallery.bands_box.currentData(),
        gallery.view.image_edge,
        gallery.view.current_path,
        geometry,
    )


def restore_view_state(
    view_state: ViewState, gallery: GalleryPanel, workspaces: WorkspaceStack, loader: FolderLoader
) -> None:
    """Restore a view state except the geometry, the parts inside the folder once it is open."""
    gallery.set_arrangement(view_state.order, view_state.bands, view_state.edge)

    def restore(_: object) -> None:
        loader.project_attached.disconnect(restore)
        if view_state.image is not None:
            gallery.view.show_path(view_state.image)
        workspaces.go(view_state.workspace)
        if view_state.page and workspaces.current is not None:
            workspaces.current.show_page(view_state.page)

    loader.project_attached.connect(restore)
