"""The Review workspace: gallery or large view on the left, inspector on the right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from gui.gallery.panel import GalleryPanel
from gui.gallery.thumbnails import Thumbnails
from gui.inspector.heat import Heat
from gui.inspector.image import ImageView
from gui.inspector.panel import InspectorPanel
from gui.pictures import Pictures
from gui.session import Session
from gui.theme import Theme
from gui.workers import Workers


class ReviewWorkspace(QWidget):
    """Looking through a folder."""

    large_changed = Signal()

    def __init__(self, session: Session, workers: Workers, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self.thumbnails = Thumbnails(workers)
        self.pictures = Pictures(session, workers, self.thumbnails)
        self.heat = Heat(session)
        self.gallery = GalleryPanel(session, self.thumbnails, theme)
        self.large = ImageView(self.pictures, self.heat, theme)
        self.inspector = InspectorPanel(session, self.pictures, self.heat, theme)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.gallery)
        self._pages.addWidget(self.large)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(theme.space("hair"))
        split.setChildrenCollapsible(False)
        split.addWidget(self._pages)
        split.addWidget(self.inspector)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 1)
        split.setSizes([3000, 1200])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)
        session.opened.connect(self._open)
        self.gallery.view.looked_at.connect(session.set_current)
        self.gallery.view.doubleClicked.connect(self.toggle_large)

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
        (self.large if shown else self.gallery.view).setFocus()
        self.large.fit()
        self.large_changed.emit()

    def close_large(self) -> None:
        """Go back to the grid."""
        if self.is_large:
            self.toggle_large()

    def _open(self) -> None:
        self.close_large()
        self.thumbnails.open(self._session.source)
