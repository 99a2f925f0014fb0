"""Cells to compare: several selected images, or one with typical cells, which are looked up when needed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.inspector.cell_images import Cell
from gui.inspector.shown_references import shown_references
from gui.state.reference_cells import ReferenceCells
from gui.state.session import Session

if TYPE_CHECKING:
    from gui.state.image_item import ImageItem

_USER = "compare"


class CellsToCompare(QObject):
    """Finds what is put side by side; beside a single image, typical cells of its `count` likeliest classes."""

    found = Signal()
    """The requested typical cells are found, and the same image is still current."""

    def __init__(self, session: Session, references: ReferenceCells, count: int) -> None:
        super().__init__(session)
        self._session = session
        self._references = references
        self._count = count
        self._waiting: str | None = None
        references.changed.connect(self._on_changed)
        session.current_changed.connect(self._on_changed)

    def find(self) -> Sequence[tuple[Cell, str]] | None:
        """Return the selected images, or the only one and typical cells; None while these are looked up."""
        selected, current = self._session.selected, self._session.current
        if len(selected) != 1 or current is None:
            # The current image first: it stays the current one.
            first = [current.path] if current is not None and current.path in selected else []
            return [(Cell(path), "") for path in dict.fromkeys([*first, *selected])]
        return self._find_beside(current)

    def _find_beside(self, item: "ImageItem") -> list[tuple[Cell, str]] | None:
        """Return an image and typical cells of its classes, likeliest first; None until they are found.

        The image alone if it was not read.
        """
        classes = list(item.prediction.shares) if item.prediction else []
        if not all(self._is_found(name, item.path) for name in classes[: self._count]):
            self._waiting = item.path
            self._references.want(_USER, True)
            return None
        self._stop()
        typical = [
            (cells[0], "" if cells[0].is_here else class_id)
            for class_id in classes
            if (cells := shown_references(self._references, class_id, item.path).cells)
        ]
        return [(Cell(item.path), ""), *typical[: self._count]]

    def _is_found(self, class_id: str, path: str) -> bool:
        """Return whether a typical cell is here, or other folders were searched for one."""
        references = self._references
        here = any(found != path for found in references.paths(class_id) or ())
        return here or references.is_complete

    def _on_changed(self) -> None:
        if self._waiting is None:
            return
        current = self._session.current
        if current is None or current.path != self._waiting:
            self._stop()
        elif self._find_beside(current) is not None:
            self.found.emit()

    def _stop(self) -> None:
        self._waiting = None
        self._references.want(_USER, False)
