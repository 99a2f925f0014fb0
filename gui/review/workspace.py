"""Review workspace: facets on the left, gallery, large view or compared images beside them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from engine.project.decisions import NOT_CLASSED
from gui.gallery.panel import GalleryPanel
from gui.gallery.view import GalleryView
from gui.inspector.large_view import LargeView
from gui.review.cells_to_compare import CellsToCompare
from gui.review.compare_view import MAX_IMAGES, CompareView
from gui.review.facets import Facets
from gui.review.image_actions import ImageActions
from gui.review.withdrawn_cell import place_of_withdrawn
from gui.shortcuts.actions import CommandActions
from gui.theme import Theme
from gui.widgets.page_stack import PageStack
from gui.words import number
from gui.workspace.base import Workspace
from gui.workspace.context import WorkspaceContext


class ReviewWorkspace(Workspace):
    """Looking through a folder and labelling its images."""

    large_changed = Signal()

    def __init__(self, context: WorkspaceContext) -> None:
        super().__init__()
        self.context = context
        self._session = session = context.session
        theme = context.theme
        self.gallery = GalleryPanel(session, context.thumbnails, context.workers, theme)
        self.facets = Facets(self.gallery.model, session, theme)
        self.large = LargeView(context.image_loader, context.activation_overlay, theme)
        self.compare = CompareView(context)
        self._cells_to_compare = CellsToCompare(session, context.reference_cells, MAX_IMAGES - 1)
        self._cells_to_compare.found.connect(self._compare_found)
        self._pages = PageStack()
        for page in (self.gallery, self.large, self.compare):
            self._pages.addWidget(page)
        self.image_actions = ImageActions(
            context.decisions,
            self.gallery.view,
            self._targets,
            lambda: self.is_comparing,
            self._say_last,
        )
        self._compose(theme)
        session.opened.connect(self.close_compare)
        session.opened.connect(self.close_large)
        self.compare.closed.connect(self.close_compare)
        context.inspector.references.compare_requested.connect(self.compare_images)
        self.gallery.view.doubleClicked.connect(self.toggle_large)
        # The gallery drops all thumbnail requests but its own.
        self.gallery.view.visible_paths_changed.connect(
            context.inspector.neighbours.request_thumbnails
        )
        self.gallery.view.dropped.connect(self.image_actions.relabel)
        self.facets.show_all_requested.connect(self.gallery.show_all)
        self.facets.relabel_requested.connect(self.image_actions.relabel)
        session.current_changed.connect(self._update_caption)
        self.large.stepped.connect(self.gallery.view.step)
        self.large.closed.connect(self.close_large)
        # The inspector does not repeat the image of the large view.
        self.large.shown.connect(lambda: context.inspector.show_image(False))
        self.large.hidden.connect(lambda: context.inspector.show_image(True))

    def bind(self, actions: CommandActions) -> None:
        view, add, run = self.gallery.view, actions.add, self.image_actions
        homes: tuple[QWidget, ...] = (view, self.large, self.gallery.map_page)
        for home in homes:
            add("large", home, self.toggle_large, inside=True)
        for home in (*homes, self.compare):
            add("confirm", home, run.confirm, inside=True)
            add("not_classed", home, run.not_classed, inside=True)
            add("remove", home, run.remove, inside=True)
            add("clear", home, run.clear, inside=True)
            actions.add_classes(home, run.label)
        add("compare", self, self.compare_images)
        add("larger", view, view.enlarge)
        add("smaller", view, view.shrink)
        add("search", self, lambda: self._in_grid(self.gallery.search.setFocus))
        add("facets", self, lambda: self._in_grid(self.facets.focus_first))

    def enter(self) -> None:
        if not self.is_comparing:
            self.gallery.selection_sync.activate()
        self.context.tagging.set_only_current(self.is_large or self.is_comparing)
        self.focus_images()

    def leave(self) -> None:
        self.gallery.selection_sync.deactivate()
        self.context.tagging.set_only_current(False)

    def escape(self) -> bool:
        if self.is_comparing:
            self.close_compare()
            return True
        if not self.is_large:
            return False
        self.close_large()
        return True

    @property
    def image_view(self) -> GalleryView:
        return self.gallery.view

    @property
    def page_key(self) -> str:
        if self.is_large:
            return "large"
        return "map" if self.gallery.bar.map_toggle.isChecked() else ""

    def show_page(self, key: str) -> None:
        if key == "map":
            self.gallery.bar.map_toggle.click()
        elif key == "large":
            self.toggle_large()

    @property
    def is_large(self) -> bool:
        """True if one image fills the workspace."""
        return self._pages.currentWidget() is self.large

    @property
    def is_comparing(self) -> bool:
        """True if images are side by side."""
        return self._pages.currentWidget() is self.compare

    def _say_last(self) -> None:
        # People who label quickly press the next key before they see that nothing moved on.
        self.context.status_message.emit(
            self.tr("This was the last image; further keys change its label.")
        )

    def compare_images(self) -> None:
        """Put the two to four selected images side by side, or the only one beside typical cells."""
        if self.is_comparing:
            return
        cells = self._cells_to_compare.find()
        if cells is None:
            self.context.status_message.emit(self.tr("Looking for typical cells…"))
            return
        if not 2 <= len(cells) <= MAX_IMAGES:
            self.context.status_message.emit(
                self.tr(
                    "Select two to four images to put them side by side; {n} {n:is|are} selected."
                ).format(n=number(len(self._session.selected)))
            )
            return
        self.close_large()
        self.gallery.selection_sync.deactivate()
        self.compare.show_cells(cells)
        self._show_page(self.compare)
        self.compare.begin()

    def close_compare(self) -> None:
        """Return from the compared images to the grid, whose selection is as before."""
        if self.is_comparing:
            self._show_page(self.gallery)
            self.compare.clear()
            self.gallery.selection_sync.activate()
            self.focus_images()

    def _compare_found(self) -> None:
        self.context.status_message.emit("")
        self.compare_images()

    def _show_page(self, page: QWidget) -> None:
        # A splitter forgets the width of a hidden part.
        if page is not self.gallery and not self.facets.isHidden():
            self._widths = self._split.sizes()
        self.facets.setVisible(page is self.gallery)
        if page is self.gallery:
            self._split.setSizes(self._widths)
        self._pages.setCurrentWidget(page)
        self.context.tagging.set_only_current(page is not self.gallery)

    def toggle_large(self) -> None:
        """Switch between the large view of the current image and the grid."""
        if self.is_comparing or (not self.is_large and self._session.current is None):
            return
        self._show_page(self.gallery if self.is_large else self.large)
        self.focus_images()
        self.large.image.fit()
        self._update_caption()
        self.large_changed.emit()

    def close_large(self) -> None:
        """Return to the grid."""
        if self.is_large:
            self.toggle_large()

    def _targets(self) -> Sequence[str]:
        # The large view shows one image, whatever the selection; of compared images one is marked.
        if self.is_comparing:
            return (self.compare.current,) if self.compare.current is not None else ()
        current = self._session.current
        if self.is_large:
            return (current.path,) if current is not None else ()
        return self._session.targets

    def _in_grid(self, focus: Callable[[], None]) -> None:
        # Parts hidden by the large view are shown before they get the focus.
        self.close_compare()
        self.close_large()
        focus()

    def _update_caption(self) -> None:
        item = self._session.current
        if not self.is_large or item is None:
            return
        style = None
        if item.displayed_class is not None and item.displayed_class != NOT_CLASSED:
            style = self._session.class_styles.find(item.displayed_class)
        self.large.set_caption(style, item.path)

    def return_to(self, paths: Sequence[str], keys: Sequence[str]) -> None:
        if self.is_comparing:
            if self.compare.return_to(paths):
                return
            self.close_compare()
        shown = [path for path in paths if self.gallery.model.row_of(path) is not None]
        current = self._session.current
        if shown and (current is None or current.path not in shown):
            self.gallery.view.show_path(shown[0])
        elif not shown:
            self._stay_in_field(paths)

    def _stay_in_field(self, withdrawn: Sequence[str]) -> None:
        """Show what is beside a cell that undo took out of its field: the nearest cell, or the field."""
        table = self._session.table
        place = place_of_withdrawn(table, withdrawn) if table is not None else None
        if place is None:
            return
        shown = [path for path in place.cells if self.gallery.model.row_of(path) is not None]
        if shown:
            self.gallery.view.show_path(shown[0])
        elif not place.cells:
            self.gallery.show_empty_field(place.field)

    def show_image(self, path: str) -> None:
        """Show an image in the gallery."""
        self.close_compare()
        # An image outside the current filter was requested explicitly: clear the filter.
        if self.gallery.model.row_of(path) is None:
            self.gallery.show_all()
        self.gallery.view.show_path(path)

    def show_only(
        self, paths: Sequence[str], description: str, *, keep_order: bool = False
    ) -> None:
        """Show only these images in the gallery, with a description of them."""
        self.close_compare()
        self.close_large()
        self.gallery.show_only(paths, description, keep_order=keep_order)

    def focus_images(self) -> None:
        """Move the keyboard focus to the images."""
        if self.is_comparing:
            self.compare.begin()
        else:
            (self.large if self.is_large else self.gallery.current_page).setFocus()

    def _compose(self, theme: Theme) -> None:
        split = self._split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(theme.space("hair"))
        split.setChildrenCollapsible(False)
        for widget in (self.facets, self._pages):
            split.addWidget(widget)
        # In a wider window only the gallery grows.
        split.setStretchFactor(1, 1)
        wide = theme.space("wide")
        split.setSizes([10 * wide, 100 * wide])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)
