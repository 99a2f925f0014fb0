"""Reference gallery: a cell and, below it, the reference cells of some classes, all at equal scale."""

from collections.abc import Sequence

from PySide6.QtCore import QSizeF, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.inspector.cell_images import Cell, CellImages
from gui.inspector.cell_tile import CellTile, common_scale
from gui.inspector.class_chip import ClassChip
from gui.inspector.elided_label import ElidedLabel
from gui.inspector.shown_references import ShownReferences
from gui.state.class_styles import ClassStyle
from gui.state.reference_cells import CELLS_PER_CLASS
from gui.theme import Theme

ReferenceRow = tuple[ClassStyle, str, ShownReferences]
"""A class, a remark, and its typical cells."""


class ReferenceGallery(QWidget):
    """Rows of tiles; a click on one asks to show its image."""

    picked = Signal(object)
    """The path of the reference cell that was clicked."""

    def __init__(self, images: CellImages, theme: Theme, *, edge: float = 2.25) -> None:
        super().__init__()
        self._images = images
        self._theme = theme
        self._edge = round(edge * theme.space("wide"))
        self.own = CellTile(images, theme)
        self.own.setFixedSize(self._edge, self._edge)
        self.own.setEnabled(False)
        self.note = QLabel(wordWrap=True)
        self.note.setProperty("role", "muted")
        self.note.setFont(theme.font("small"))
        self.rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.space("small"))
        head = QHBoxLayout()
        head.setSpacing(theme.space("small"))
        head.addWidget(self.own)
        head.addWidget(self.note, 1)
        self._column.addLayout(head)
        images.ready.connect(self._update_scale)

    def show_cells(
        self, path: str | None, classes: Sequence[ReferenceRow], explanation: str = ""
    ) -> None:
        """Show a cell, and the typical cells of classes; `explanation` says so where others are shown."""
        self.own.set_cell(Cell(path) if path else None, self.tr("This cell"))
        while len(self.rows) < len(classes):
            row = _Row(self._images, self._theme, self._edge)
            row.picked.connect(self.picked)
            self.rows.append(row)
            self._column.addWidget(row)
        drawn = False
        origins: dict[str, None] = {}
        for index, row in enumerate(self.rows):
            row.setVisible(index < len(classes))
            if index >= len(classes):
                row.show_cells([], "")
                continue
            style, remark, typical = classes[index]
            if projects := typical.signers:
                names = self.tr("from {project}").format(project=", ".join(projects))
                remark = " · ".join(filter(None, (remark, names)))
                signed_by = self.tr("{project}, signed by {who}")
                origins |= {signed_by.format(project=n, who=w): None for n, w in projects.items()}
            if typical.is_drawn:
                remark = self.tr("drawn: none labelled")
                drawn = True
            row.set_class(style, remark)
            row.show_cells(typical.cells, style.name)
        text = explanation or self.tr(
            "This cell, and typical cells of each class at the same scale."
        )
        if origins:
            text += " " + self.tr(
                "Some are of other folders ({folders}), perhaps of another microscope."
            ).format(folders="; ".join(origins))
        if drawn:
            text += " " + self.tr("Drawn cells are not at scale.")
        self.note.setText(text)
        self._update_scale()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_scale()

    def _update_scale(self, *_: object) -> None:
        if not self.isVisible():
            return
        tiles = [self.own, *(tile for row in self.rows for tile in row.shown_tiles)]
        real = [tile for tile in tiles if tile.cell is not None and not tile.cell.drawn_class]
        size = QSizeF(self._edge, self._edge) * self.devicePixelRatioF()
        scale = common_scale([image for tile in real if (image := tile.image)], size)
        for tile in tiles:
            if tile in real:
                tile.set_scale(scale)
            elif image := tile.image:
                tile.set_scale(common_scale([image], size))


class _Row(QWidget):
    picked = Signal(object)

    def __init__(self, images: CellImages, theme: Theme, edge: int) -> None:
        super().__init__()
        self._theme = theme
        self._edge = edge
        self._count = 0
        self.chip = ClassChip(theme)
        self.name = QLabel()
        self.remark = ElidedLabel()
        self.remark.setProperty("role", "muted")
        self.remark.setFont(theme.font("small"))
        self.tiles = [CellTile(images, theme) for _ in range(CELLS_PER_CLASS)]
        head = QHBoxLayout()
        head.setSpacing(theme.space("small"))
        head.addWidget(self.chip)
        head.addWidget(self.name)
        head.addWidget(self.remark, 1)
        self._strip = QWidget()
        self._strip.setFixedHeight(edge)
        for tile in self.tiles:
            tile.setParent(self._strip)
            tile.clicked.connect(lambda _=False, tile=tile: self._pick(tile))
            tile.stepped.connect(lambda step, tile=tile: self._step(tile, step))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.space("tight"))
        rows.addLayout(head)
        rows.addWidget(self._strip)

    @property
    def shown_tiles(self) -> list[CellTile]:
        return [tile for tile in self.tiles if tile.isVisibleTo(self._strip)]

    def set_class(self, style: ClassStyle, remark: str) -> None:
        self.chip.set_look(style)
        self.name.setText(style.name)
        self.remark.set_full_text(remark)

    def show_cells(self, cells: Sequence[Cell], class_name: str) -> None:
        self._count = len(cells)
        for index, tile in enumerate(self.tiles):
            cell = cells[index] if index < len(cells) else None
            tile.set_cell(cell, " · ".join(filter(None, (class_name, _place(cell)))))
            tile.setEnabled(cell is not None and cell.is_here)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        gap = self._theme.space("tight")
        capacity = max(1, (self.width() + gap) // (self._edge + gap))
        for index, tile in enumerate(self.tiles):
            tile.setGeometry(index * (self._edge + gap), 0, self._edge, self._edge)
            tile.setVisible(index < min(capacity, self._count))

    def _pick(self, tile: CellTile) -> None:
        if tile.cell is not None and tile.cell.path:
            self.picked.emit(tile.cell.path)

    def _step(self, tile: CellTile, step: int) -> None:
        shown = self.shown_tiles
        index = shown.index(tile) + step if tile in shown else -1
        if 0 <= index < len(shown):
            shown[index].setFocus()


def _place(cell: Cell | None) -> str:
    if cell is None or cell.signed is None:
        return cell.path if cell is not None else ""
    return f"{cell.signed.project} · {cell.signed.path}"
