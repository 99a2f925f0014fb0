"""Compare view: two to four images side by side at equal scale; a key acts on the marked one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from gui.deletion import delete_later
from gui.inspector.cell_images import Cell
from gui.inspector.cell_tile import common_scale
from gui.review.compared_cell import ComparedCell
from gui.widgets.step_keys import image_step
from gui.words import number
from gui.workspace.context import WorkspaceContext

MAX_IMAGES = 4
_ZOOM_STEP = 1.25
_MAX_ZOOM = 8.0


class CompareView(QWidget):
    """Arrow keys move the mark, + and − zoom all images together, Esc closes."""

    closed = Signal()

    def __init__(self, context: WorkspaceContext) -> None:
        super().__init__()
        self.setObjectName("large")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context = context
        self.cells: list[ComparedCell] = []
        self._marked = 0
        self.zoom = 1.0
        self.caption = QLabel()
        self.back = QToolButton()
        self.back.setText(self.tr("Back"))
        self.back.setProperty("role", "flat")
        self.back.setToolTip(self.tr("Back to all images (Esc)"))
        self.back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.back.clicked.connect(self.closed)
        self._grid = QGridLayout()
        self._compose()
        session = context.session
        for signal in (session.decided, session.updated, session.classes_changed):
            signal.connect(self._refresh)
        context.cell_images.ready.connect(self._on_ready)

    @property
    def paths(self) -> list[str]:
        """The paths of the images of the open folder that are side by side; keys act on these only."""
        return [cell.path for cell in self.cells if cell.cell.is_here]

    @property
    def current(self) -> str | None:
        """The path of the marked image, on which the next key acts."""
        return self.cells[self._marked].path if self.cells else None

    def show_cells(self, cells: Sequence[tuple[Cell, str]]) -> None:
        """Show cells side by side, with the classes of those that are not of the open folder.

        The first one is of the open folder, and is marked.
        """
        self.clear()
        context = self._context
        columns = 2 if len(cells) == MAX_IMAGES else max(len(cells), 1)
        for index, (shown, class_id) in enumerate(cells):
            cell = ComparedCell(
                context.session, context.cell_images, context.theme, shown, class_id
            )
            cell.tile.focused.connect(partial(self.mark, shown.path))
            cell.tile.clicked.connect(cell.tile.setFocus)
            cell.tile.stepped.connect(self._step)
            self._grid.addWidget(cell, index // columns, index % columns)
            self.cells.append(cell)
        self.zoom = 1.0
        self._marked = 0

    def clear(self) -> None:
        """Forget the images."""
        for cell in self.cells:
            self._grid.removeWidget(cell)
            delete_later(cell)
        self.cells = []

    def begin(self) -> None:
        """Take the keyboard focus; the first image is the current one."""
        if self.cells:
            self.cells[self._marked].tile.setFocus()
            self.mark(self.cells[self._marked].path)

    def mark(self, path: str) -> None:
        """Mark an image; it becomes the current one."""
        self._marked = self._index_of(path)
        for index, cell in enumerate(self.cells):
            cell.tile.is_marked = index == self._marked
            cell.tile.update()
        self._context.session.set_selection(path, (path,))

    def return_to(self, paths: Sequence[str]) -> bool:
        """Mark the image of an undone edit; return whether it is one of these."""
        found = next((path for path in paths if path in self.paths), None)
        if found is None:
            return False
        if self.current not in paths:
            self.cells[self._index_of(found)].tile.setFocus()
            self.mark(found)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in ("+", "="):
            self._zoom_by(_ZOOM_STEP)
        elif event.text() == "-":
            self._zoom_by(1 / _ZOOM_STEP)
        elif step := image_step(event):
            self._step(step)
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if steps := event.angleDelta().y() / 120:
            self._zoom_by(_ZOOM_STEP**steps)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_scale()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._update_scale()

    def _step(self, step: int) -> None:
        index = self._marked + step
        while 0 <= index < len(self.cells):
            if self.cells[index].cell.is_here:
                self.cells[index].tile.setFocus()
                return
            index += step

    def _index_of(self, path: str) -> int:
        return next(index for index, cell in enumerate(self.cells) if cell.path == path)

    def _zoom_by(self, factor: float) -> None:
        self.zoom = min(max(self.zoom * factor, 1.0), _MAX_ZOOM)
        self._update_scale()

    def _on_ready(self, cell: Cell) -> None:
        if any(shown.cell == cell for shown in self.cells):
            self._update_scale()

    def _update_scale(self) -> None:
        if not self.cells or not self.isVisible():
            return
        real = [cell for cell in self.cells if not cell.cell.drawn_class]
        images = [image for cell in real if (image := cell.tile.image) is not None]
        # The smallest tile decides, so that all images have the same scale.
        room = min(
            (cell.room for cell in self.cells), key=lambda size: size.width() * size.height()
        )
        scale = self.zoom * common_scale(images, room)
        for cell in real:
            cell.tile.set_scale(scale)
        for cell in self.cells:
            if cell.cell.drawn_class and (drawn := cell.tile.image) is not None:
                cell.tile.set_scale(common_scale([drawn], room))
        self.caption.setText(
            self.tr("Side by side at the same scale ({scale}%)").format(
                scale=number(round(100 * scale))
            )
            if images
            else ""
        )

    def _refresh(self, *_: object) -> None:
        if self.isVisible():
            for cell in self.cells:
                cell.refresh()

    def _compose(self) -> None:
        theme = self._context.theme
        small, large = theme.space("small"), theme.space("large")
        self._grid.setSpacing(small)
        self._grid.setContentsMargins(small, small, small, small)
        line = QHBoxLayout()
        line.setContentsMargins(large, small, small, small)
        line.addWidget(self.caption, 1)
        line.addWidget(self.back)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(self._grid, 1)
        rows.addLayout(line)
