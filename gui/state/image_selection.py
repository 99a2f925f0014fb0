"""Image selection: the current image and the selected ones, shared by all views of a window."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from gui.state.image_item import ImageItem
    from gui.state.image_table import ImageTable


class ImageSelection(QObject):
    """The current image and the selection among the images of `table`."""

    current_changed = Signal()
    selection_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table: ImageTable | None = None
        self.empty_field: str | None = None
        """The field without a cell that is shown in place of an image."""
        self._current_path: str | None = None
        self._selected: Sequence[str] = ()

    def item(self, path: str) -> "ImageItem | None":
        """Return an image with its present state, None if there is no such image."""
        row = self.table.row(path) if self.table is not None else None
        return self.table.item(row) if self.table is not None and row is not None else None

    @property
    def current(self) -> "ImageItem | None":
        """The current image with its present state."""
        return self.item(self._current_path) if self._current_path is not None else None

    @property
    def selected(self) -> "Sequence[str]":
        """The paths of the selected images, else of the current image."""
        if self._selected:
            return self._selected
        return (self._current_path,) if self._current_path is not None else ()

    @property
    def targets(self) -> "Sequence[str]":
        """The paths that a key acts on: the selection, or the current image outside it."""
        if self._current_path is None or self._current_path in self.selected:
            return self.selected
        # Ctrl and an arrow key moved away from the selection.
        return (self._current_path,)

    def set_current(self, path: str | None) -> None:
        """Make another image the current one."""
        if path != self._current_path or (path is not None and self.empty_field is not None):
            self._current_path = path
            self.empty_field = None
            self.current_changed.emit()

    def set_selection(self, path: str | None, selected: "Sequence[str]") -> None:
        """Set the current image and the selection together."""
        # The selection first, so that receivers of `current_changed` see both.
        self._selected = selected
        self.set_current(path)
        self.selection_changed.emit()

    def show_empty_field(self, field_path: str) -> None:
        """Show a field without a cell in place of an image."""
        self.set_selection(None, ())
        self.empty_field = field_path
        self.current_changed.emit()

    def _forget_selection(self) -> None:
        self._current_path = self.empty_field = None
        self._selected = ()
