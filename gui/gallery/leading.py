"""Of several grids one leads: what is current and selected in it is what the window is about."""

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
        view.looked_at.connect(self._tell_current)
        view.selectionModel().selectionChanged.connect(self._tell_selection)
        # After the view has selected again what is still there.
        view.model().modelReset.connect(self._tell_selection)

    def take(self) -> None:
        """Lead from now on."""
        self._leads = True
        view = self._view
        current = view.currentIndex()
        shown = current.isValid() and not view.isIndexHidden(current)
        self._tell_current(view.model().path(current.row()) if shown else None)
        self._tell_selection()

    def give_up(self) -> None:
        """Lead no longer: another view does."""
        self._leads = False

    def _tell_current(self, path: str | None) -> None:
        if self._leads:
            self._session.set_current(path)

    def _tell_selection(self) -> None:
        if self._leads:
            self._session.set_selected(self._view.chosen())
