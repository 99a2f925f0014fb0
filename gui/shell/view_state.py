"""View state: workspace, order, filters and places, carried over when the language changes."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray

from gui.gallery.panel import GalleryPanel
from gui.gallery.view_place import PlaceRestorer, ViewPlace, capture_place
from gui.loading.folder_loader import FolderLoader
from gui.shell.page_scroll import PageScroll
from gui.shell.workspace_stack import WorkspaceStack
from gui.workspace.base import Workspace

if TYPE_CHECKING:
    from gui.gallery.query import Facet


@dataclass(frozen=True, slots=True)
class WorkspaceState:
    """Page of a workspace, place in its grid, and how far its texts are scrolled."""

    page: str
    place: ViewPlace | None
    scrolled: dict[str, float]


@dataclass(frozen=True, slots=True)
class ViewState:
    """Order, bands, filters and size of the images, state of each workspace, and window geometry."""

    order: str
    bands: str
    text: str
    facets: "frozenset[Facet]"
    edge: int
    workspaces: dict[str, WorkspaceState]
    """The visited workspaces, the current one last."""
    geometry: QByteArray = field(compare=False)


def capture_view_state(
    gallery: GalleryPanel, workspaces: WorkspaceStack, geometry: QByteArray
) -> ViewState:
    """Return the view state of a window."""
    query = gallery.model.query
    return ViewState(
        gallery.order_box.currentData(),
        gallery.bands_box.currentData(),
        query.text if query is not None else "",
        query.facets if query is not None else frozenset(),
        gallery.view.image_edge,
        {key: _capture(workspaces.workspace(key)) for key in workspaces.visited},
        geometry,
    )


def restore_view_state(
    view_state: ViewState, gallery: GalleryPanel, workspaces: WorkspaceStack, loader: FolderLoader
) -> None:
    """Restore a view state except the geometry, the parts inside the folder once it is open."""
    gallery.set_arrangement(view_state.order, view_state.bands, view_state.edge)

    def restore(_: object) -> None:
        loader.project_attached.disconnect(restore)
        gallery.set_filters(view_state.text, view_state.facets)
        for key, state in view_state.workspaces.items():
            workspaces.go(key)
            _restore(workspaces.workspace(key), state)

    loader.project_attached.connect(restore)


def _capture(workspace: Workspace) -> WorkspaceState:
    view = workspace.image_view
    return WorkspaceState(
        workspace.page_key,
        capture_place(view) if view is not None else None,
        PageScroll.capture(workspace),
    )


def _restore(workspace: Workspace, state: WorkspaceState) -> None:
    view, window = workspace.image_view, workspace.window().windowHandle()
    if view is not None and state.place is not None:
        PlaceRestorer(view, state.place, window)
    if state.page:
        workspace.show_page(state.page)
    PageScroll(workspace, state.scrolled, window)
