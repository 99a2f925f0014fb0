"""Similar cells: a cell beside those of some classes that resemble it most, at equal scale."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.inspector.cell_images import Cell
from gui.inspector.reference_gallery import ReferenceGallery, ReferenceRow
from gui.inspector.shown_references import ShownReferences, shown_references
from gui.state.reference_cells import CELLS_PER_CLASS
from gui.state.similar_images import SimilarImages
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from gui.inspector.neighbours import NeighbourGroup

_TILE_EDGE = 3.5
_DELAY_MS = 120
_USER = "conflicts"


class SimilarCells(QWidget):
    """One row for each class; a class without a labelled cell here shows typical ones of elsewhere."""

    picked = Signal(object)
    """The path of the cell that was clicked."""

    def __init__(self, context: WorkspaceContext) -> None:
        super().__init__()
        self._context = context
        self._path = ""
        self._roles: dict[str, str] = {}
        self._groups: dict[str, Sequence[tuple[str, float]]] = {}
        self.gallery = ReferenceGallery(context.cell_images, context.theme, edge=_TILE_EDGE)
        self.gallery.picked.connect(self.picked)
        self._similar = SimilarImages(context.session, context.workers, self)
        self._similar.found.connect(self._on_found)
        # Delayed: nothing is looked up while a key is held down.
        self._timer = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._timer.timeout.connect(self._find)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.gallery)
        rows.addStretch()
        context.reference_cells.changed.connect(self._show)

    def show_similar(self, path: str, roles: dict[str, str]) -> None:
        """Show cells like the one at `path`; `roles` says of each class who gave it."""
        if (path, roles) == (self._path, self._roles):
            return
        self._path, self._roles, self._groups = path, roles, {}
        self._show()
        self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._context.reference_cells.want(_USER, True)
        # Labels may have changed meanwhile.
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # Qt hides a widget once more while it is being destroyed, when its attributes are gone.
        if "_context" in self.__dict__:
            self._context.reference_cells.want(_USER, False)
            self._timer.stop()

    def _find(self) -> None:
        if self._path:
            self._similar.find(self._path, self._roles)

    def _on_found(self, groups: "Sequence[NeighbourGroup]") -> None:
        self._groups = dict(groups)
        self._show()

    def _show(self) -> None:
        if not self._path:
            return
        self.gallery.show_cells(
            self._path,
            [self._row(class_id, role) for class_id, role in self._roles.items()],
            self.tr(
                "This cell, and the cells of each class most similar to it, at the same scale."
            ),
        )

    def _row(self, class_id: str, role: str) -> ReferenceRow:
        similar = [Cell(path) for path, _ in self._groups.get(class_id, ())]
        shown = ShownReferences(tuple(similar[:CELLS_PER_CLASS]))
        if class_id in self._groups and not similar:
            shown = shown_references(self._context.reference_cells, class_id, self._path)
        return self._context.session.class_styles.find(class_id), role, shown
