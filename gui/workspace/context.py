"""Workspace context: session, decisions, workers and inspector shared by the workspaces of a window."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtGui import QImage

from gui.gallery.thumbnails import ThumbnailCache
from gui.inspector.activation_overlay import ActivationOverlay
from gui.inspector.cell_images import CellImages
from gui.inspector.field_loader import FieldLoader
from gui.inspector.image_loader import ImageLoader
from gui.inspector.panel import InspectorPanel
from gui.inspector.reference_section import ReferenceSection
from gui.jobs.activities import Activities
from gui.jobs.error_reporter import ErrorReporter
from gui.jobs.workers import Workers
from gui.state.cell_boxes import CellBoxes
from gui.state.decisions import Decisions
from gui.state.image_analysis import ImageAnalysis
from gui.state.own_laboratory_monitor import OwnLaboratoryMonitor
from gui.state.reference_cells import ReferenceCells
from gui.state.session import Session
from gui.state.sign_off import SignOffMonitor
from gui.state.trained_images import TrainedImages
from gui.theme import Theme
from gui.workspace.quarantine import Quarantine
from gui.workspace.tagging import Tagging

if TYPE_CHECKING:
    from engine.project.decisions import Edit


class WorkspaceContext(QObject):
    """The shared parts; signals carry requests from one workspace to another."""

    show_images_requested = Signal(object, str, bool)
    """Paths to show alone in the gallery, a description of them, and whether to keep their order."""
    show_image_requested = Signal(object)
    """A path to show in the gallery."""
    model_requested = Signal(str)
    """The folder of a model to use for the open project."""
    status_message = Signal(str)
    """A sentence for the job strip that needs no answer."""
    blind_reading_requested = Signal(object)
    """A `ReadingRound` that its reader wants to read."""
    blind_sheet_requested = Signal(object)
    """An `AnswerSheet` that a person wants to fill in blind."""
    focus_requested = Signal()
    """The images of the current workspace should take the keyboard focus."""

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
        self.cell_images = CellImages(session, workers)
        self.reference_cells = ReferenceCells(session, workers, lambda: decisions.project)
        self.activation_overlay = ActivationOverlay(session)
        self.trained_images = TrainedImages(session)
        self.image_analysis = ImageAnalysis(session, workers, self.trained_images)
        self.own_laboratory = OwnLaboratoryMonitor(
            session, workers, self.trained_images, lambda: decisions.project
        )
        self.quarantine = Quarantine(session, decisions, workers, activities, self.errors)
        self.cell_boxes = CellBoxes(session, decisions, workers, self.errors)
        self.sign_off_monitor = SignOffMonitor(decisions, workers)
        self.inspector = InspectorPanel(
            session,
            self.image_loader,
            FieldLoader(session, workers),
            self.activation_overlay,
            ReferenceSection(session, self.reference_cells, self.cell_images, theme),
            self.thumbnail,
            theme,
        )
        self.tagging = Tagging(session, decisions, self.inspector.tags)
        self.thumbnails.ready.connect(self.inspector.neighbours.refresh)
        session.opened.connect(lambda: self.thumbnails.open(session.source))
        self._connect_inspector()

    def thumbnail(self, path: str) -> QImage | None:
        """Return the thumbnail of an image, or None until `thumbnails.ready` announces it."""
        item = self.session.item(path)
        return self.thumbnails.get(item.record) if item and item.record else None

    def is_decoding_thumbnail(self, path: str) -> bool:
        """Return whether the thumbnail of an image is still to come."""
        item = self.session.item(path)
        if item is None or item.record is None:
            return False
        return self.thumbnails.peek(path) is None and self.thumbnails.reason(path) is None

    def show_images(
        self, paths: Sequence[str], description: str, *, keep_order: bool = False
    ) -> None:
        """Show only these images in the gallery, with a description of them."""
        self.show_images_requested.emit(paths, description, keep_order)

    def close(self) -> None:
        """Stop all work of the shared parts."""
        self.image_analysis.stop()
        self.reference_cells.stop()
        self.own_laboratory.stop()
        self.sign_off_monitor.stop()
        self.thumbnails.close()

    def _connect_inspector(self) -> None:
        inspector, image_analysis = self.inspector, self.image_analysis
        image_analysis.neighbours.connect(inspector.neighbours.set_groups)
        image_analysis.reasons.connect(inspector.reasons.set_reasons)
        inspector.neighbours.picked.connect(self.show_image_requested)
        inspector.references.gallery.picked.connect(self.show_image_requested)
        inspector.field.picked.connect(self.show_image_requested)
        editor = inspector.field.editor
        editor.placed.connect(self._place_cell)
        editor.drawn.connect(self._add_cell)
        editor.moved.connect(self._move_box)
        editor.ended.connect(self.focus_requested)
        inspector.note.edited.connect(self.decisions.set_note)
        self.decisions.releasing.connect(inspector.note.commit)
        inspector.note.finished.connect(self.focus_requested)
        inspector.tags.finished.connect(self.focus_requested)
        self.session.current_changed.connect(self.refresh_inspector)
        self.decisions.project_changed.connect(self.refresh_inspector)
        self.decisions.reviewer_changed.connect(self._update_note_saving)
        self._update_note_saving()

    def _place_cell(self, point: QPointF) -> None:
        if (field := self.inspector.field.field) is not None:
            self.cell_boxes.place(field.facts, point)

    def _add_cell(self, box: QRectF) -> None:
        if (field := self.inspector.field.field) is not None:
            self.cell_boxes.add(field.facts, box)

    def _move_box(self, box: QRectF) -> None:
        field, current = self.inspector.field.field, self.session.current
        if field is not None and current is not None:
            self.cell_boxes.move(current.path, field.facts, box)

    def _update_note_saving(self) -> None:
        # Asking for the name must not interrupt the typing: without one a note is saved when it is finished.
        self.inspector.note.saves_while_typing = self.decisions.reviewer is not None

    def refresh_inspector(self) -> None:
        """Show the stored decision, note and history of the current image."""
        item = self.session.current
        has_project = self.decisions.project is not None
        self.inspector.set_refusal(self.decisions.refusal_text)
        self.inspector.note.set_note(
            item.path if item and has_project else None, item.note if item else ""
        )
        if item is None:
            self.inspector.history.set_edits([])
            return

        def show_edits(edits: "list[Edit]") -> None:
            current = self.session.current
            if current is not None and current.path == item.path:
                self.inspector.history.set_edits(edits)

        self.decisions.history(item.path, show_edits)
