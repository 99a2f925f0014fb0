"""The grid that leads: what is highlighted in it is what the whole window is about.

A grid's own current and selected images are the only ones that are kept. The session repeats them, always
both together, and all that describes an image or acts on some asks the session.
"""

from PySide6.QtCore import QObject

from gui.gallery.view import GalleryView
from gui.session import Session


class Leading(QObject):
    """Tells the session what is current and selected in a view, while that view leads."""

    def __init__(self, view: GalleryView, session: Session) -> None:
        super().__init__(view)
        self._view = view
        self._session = session
        self._leads = True
        view.looked_at.connect(self._tell)
        view.selectionModel().selectionChanged.connect(self._tell)
        # After the view has selected again what is still there.
        view.model().modelReset.connect(self._tell)

    def take(self) -> None:
        """Lead from now on."""
        self._leads = True
        self._tell()

    def give_up(self) -> None:
        """Lead no longer: another view does."""
        self._leads = False

    def _tell(self, *_: object) -> None:
        if self._leads:
            self._session.look_at(self._view.looked, self._view.chosen())
