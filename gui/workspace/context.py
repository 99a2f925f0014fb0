"""What the workspaces of one window share: what is open, who decides, and one inspector beside them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from gui.gallery.thumbnails import ThumbnailCache
from gui.inspector.activation_overlay import ActivationOverlay
from gui.inspector.image_loader import ImageLoader
from gui.inspector.panel import InspectorPanel
from gui.jobs.activities import Activities
from gui.jobs.error_reporter import ErrorReporter
from gui.jobs.workers import Workers
from gui.state.decisions import Decisions
from gui.state.image_analysis import ImageAnalysis
from gui.state.session import Session
from gui.state.sign_off import SignOffMonitor
from gui.theme import Theme
from gui.workspace.quarantine import Quarantine

if TYPE_CHECKING:
    from engine.project.decisions import Edit


class WorkspaceContext(QObject):
    """The shared parts, and what one workspace asks of another by signals."""

    show_images_requested = Signal(object, str)
    """Paths that shall be shown in the gallery alone, and words for what they have in common."""
    show_image_requested = Signal(object)
    """A path that shall be shown in the gallery."""
    model_requested = Signal(str)
    """A model, by its folder, that shall be the current one of the open project."""
    status_message = Signal(str)
    """A sentence for the foot of the window, which needs no answer."""
    focus_requested = Signal()
    """The keyboard goes back to the images of the workspace that is shown."""

    def __init__(
        self,
        session: Session,
        decisions: Decisions,
        workers: Workers,
        activities: Activities,
        theme: Theme,
    ) -> None:
        super().__init__(session)
        self.session = session
        self.decisions = decisions
        self.workers = workers
        self.activities = activities
        self.errors = ErrorReporter(self)
        self.theme = theme
        self.thumbnails = ThumbnailCache(workers)
        self.image_loader = ImageLoader(session, workers, self.thumbnails)
        self.heat = ActivationOverlay(session)
        self.image_analysis = ImageAnalysis(session, workers)
        self.quarantine = Quarantine(self)
        self.sign_off_monitor = SignOffMonitor(decisions, workers)
        self.inspector = InspectorPanel(
            session, self.image_loader, self.heat, self.thumbnail, theme
        )
        self.thumbnails.ready.connect(self.inspector.neighbours.refresh)
        session.opened.connect(lambda: self.thumbnails.open(session.source))
        self._connect_inspector()

    def thumbnail(self, path: str) -> QImage | None:
        """Return the thumbnail of an image if it is there; else it comes, and `thumbnails.ready` says so."""
        item = self.session.item(path)
        return self.thumbnails.get(item.record) if item and item.record else None

    def show_images(self, paths: Sequence[str], words: str) -> None:
        """Show some images alone in the gallery."""
        self.show_images_requested.emit(paths, words)

    def close(self) -> None:
        """Ask nothing more of the workers."""
        self.image_analysis.stop()
        self.sign_off_monitor.stop()
        self.thumbnails.close()

    def _connect_inspector(self) -> None:
        inspector, image_analysis = self.inspector, self.image_analysis
        image_analysis.neighbours.connect(inspector.neighbours.set_groups)
        image_analysis.reasons.connect(inspector.reasons.set_reasons)
        inspector.neighbours.chosen.connect(self.show_image_requested)
        inspector.note.edited.connect(self.decisions.set_note)
        self.decisions.releasing.connect(inspector.note.commit)
        inspector.note.finished.connect(self.focus_requested)
        self.session.current_changed.connect(self._tell_inspector)
        self.decisions.project_changed.connect(self._tell_inspector)

    def _tell_inspector(self) -> None:
        item = self.session.current
        writable = self.decisions.project is not None
        self.inspector.note.set_note(
            item.path if item and writable else None, item.note if item else ""
        )
        if item is None:
            self.inspector.history.set_edits([])
            return

        def take(edits: "list[Edit]") -> None:
            current = self.session.current
            if current is not None and current.path == item.path:
                self.inspector.history.set_edits(edits)

        self.decisions.history(item.path, take)
