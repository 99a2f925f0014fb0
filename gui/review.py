"""The Review workspace: facets on the left, gallery or large view in the middle, inspector on the right."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from engine.project.values import NOT_CLASSED
from gui.decisions import Decisions
from gui.facets import Facets
from gui.gallery.panel import GalleryPanel
from gui.gallery.thumbnails import Thumbnails
from gui.insight import Insight
from gui.inspector.heat import Heat
from gui.inspector.large import LargeView
from gui.inspector.panel import InspectorPanel
from gui.pictures import Pictures
from gui.session import Session
from gui.theme import Theme
from gui.workers import Workers

if TYPE_CHECKING:
    from engine.project.values import Edit


class ReviewWorkspace(QWidget):
    """Looking through a folder and deciding."""

    large_changed = Signal()

    def __init__(
        self, session: Session, decisions: Decisions, workers: Workers, theme: Theme
    ) -> None:
        super().__init__()
        self._session = session
        self._decisions = decisions
        self.thumbnails = Thumbnails(workers)
        self.pictures = Pictures(session, workers, self.thumbnails)
        self.heat = Heat(session)
        self.gallery = GalleryPanel(session, self.thumbnails, workers, theme)
        self.facets = Facets(self.gallery.model, session, theme)
        self.large = LargeView(self.pictures, self.heat, theme)
        self.insight = Insight(session, workers)
        self.inspector = InspectorPanel(session, self.pictures, self.heat, self._thumbnail, theme)
        self.thumbnails.ready.connect(self.inspector.neighbours.refresh)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.gallery)
        self._pages.addWidget(self.large)
        self._compose(theme)
        session.opened.connect(self._open)
        self.gallery.view.looked_at.connect(session.set_current)
        self.gallery.view.doubleClicked.connect(self.toggle_large)
        # The gallery forgets every wish for a thumbnail but its own.
        self.gallery.view.in_sight.connect(self.inspector.neighbours.ask_again)
        self.gallery.view.dropped.connect(self.relabel)
        self.facets.relabel_asked.connect(self.relabel)
        self._connect_inspector()
        self.large.stepped.connect(self.gallery.view.step)
        self.large.closed.connect(self.close_large)

    @property
    def is_large(self) -> bool:
        """Whether one image fills the workspace."""
        return self._pages.currentWidget() is self.large

    def toggle_large(self) -> None:
        """Let the current image fill the workspace, or go back to the grid where one was."""
        if not self.is_large and self._session.current is None:
            return
        shown = not self.is_large
        self._pages.setCurrentWidget(self.large if shown else self.gallery)
        self.inspector.show_image(not shown)
        self.focus_images()
        self.large.image.fit()
        self._caption()
        self.large_changed.emit()

    def close_large(self) -> None:
        """Go back to the grid."""
        if self.is_large:
            self.toggle_large()

    def label(self, class_id: str) -> None:
        """Say which class the selected images are."""
        self._decide(lambda paths: self._decisions.label(paths, class_id))

    def relabel(self, paths: Sequence[str], class_id: str) -> None:
        """Say which class images are that were dragged somewhere."""
        if class_id:
            self._decisions.label(paths, class_id)

    def confirm(self) -> None:
        """Say that the model is right about the selected images."""
        self._decide(self._decisions.confirm)

    def not_classed(self) -> None:
        """Say that the selected images belong to no class."""
        self._decide(self._decisions.not_classed)

    def remove(self) -> None:
        """Remove the selected images, or bring them back if all are removed."""
        self._decide(self._decisions.remove)

    def clear(self) -> None:
        """Take back what was decided on the selected images."""
        paths = self._session.selected
        if paths:
            self._decisions.clear(paths)

    def _thumbnail(self, path: str) -> QImage | None:
        item = self._session.item(path)
        return self.thumbnails.get(item.record) if item and item.record else None

    def _decide(self, decide: Callable[[Sequence[str]], None]) -> None:
        paths = self._session.selected
        if not paths:
            return
        alone = len(paths) == 1
        decide(paths)
        # The next image comes by itself, but nobody loses what they selected.
        if alone and self._decisions.writable and self._decisions.who is not None:
            self.gallery.view.step(1)

    def _connect_inspector(self) -> None:
        inspector, insight = self.inspector, self.insight
        insight.neighbours.connect(inspector.neighbours.set_groups)
        insight.reasons.connect(inspector.reasons.set_reasons)
        inspector.neighbours.chosen.connect(self._show)
        inspector.note.edited.connect(self._decisions.note)
        inspector.note.done.connect(self.focus_images)
        self._session.current_changed.connect(self._tell_inspector)
        self._session.current_changed.connect(self._caption)
        self._decisions.attached.connect(self._tell_inspector)

    def _tell_inspector(self) -> None:
        item = self._session.current
        writable = self._decisions.project is not None
        self.inspector.note.set_note(
            item.path if item and writable else None, item.note if item else ""
        )
        if item is None:
            self.inspector.history.set_edits([])
            return

        def take(edits: "list[Edit]") -> None:
            current = self._session.current
            if current is not None and current.path == item.path:
                self.inspector.history.set_edits(edits)

        self._decisions.history(item.path, take)

    def _caption(self) -> None:
        item = self._session.current
        if not self.is_large or item is None:
            return
        look = None
        if item.shown is not None and item.shown != NOT_CLASSED:
            look = self._session.looks.find(item.shown)
        self.large.set_caption(look, item.path)

    def _show(self, path: str) -> None:
        # An image that the query leaves out is shown all the same: it was asked for.
        if self.gallery.model.row(path) is None:
            self.gallery.show_all()
        self.gallery.view.show_path(path)

    def focus_images(self) -> None:
        """Give the keyboard back to the images."""
        (self.large if self.is_large else self.gallery.view).setFocus()

    def _compose(self, theme: Theme) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(theme.space("hair"))
        split.setChildrenCollapsible(False)
        for widget in (self.facets, self._pages, self.inspector):
            split.addWidget(widget)
        # The gallery takes what a wider window gives.
        split.setStretchFactor(1, 1)
        wide = theme.space("wide")
        split.setSizes([9 * wide, 100 * wide, 14 * wide])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)

    def _open(self) -> None:
        self.close_large()
        self.thumbnails.open(self._session.source)
