"""Selection synchronisation: copies the current and selected images of the active grid to the session.

The grid owns both; the session mirrors them together, and everything that describes or acts on images reads
the session.
"""

from PySide6.QtCore import QObject

from gui.gallery.view import GalleryView
from gui.state.session import Session


class SelectionSync(QObject):
    """Publishes the current and selected images of a view to the session while the view is active."""

    def __init__(self, view: GalleryView, session: Session) -> None:
        super().__init__(view)
        self._view = view
        self._session = session
        self._is_active = True
        view.current_path_changed.connect(self._publish)
        view.selectionModel().selectionChanged.connect(self._publish)
        # Connected after the view, which restores its selection first.
        view.model().modelReset.connect(self._publish)

    def activate(self) -> None:
        """Publish from now on."""
        self._is_active = True
        self._publish()

    def deactivate(self) -> None:
        """Stop publishing: another view is active."""
        self._is_active = False

    def _publish(self, *_: object) -> None:
        if self._is_active:
            self._session.set_selection(self._view.current_path, self._view.selected_paths())
