"""Typical cells of a class, for every view that shows some: of the open folder, of signed folders, or drawn."""

from dataclasses import dataclass

from gui.inspector.cell_images import Cell, can_draw
from gui.state.reference_cells import CELLS_PER_CLASS, ReferenceCells

_DRAWN_CELLS = 3


@dataclass(frozen=True, slots=True)
class ShownReferences:
    """The cells to show, the most typical first; `is_drawn` where no real one is known."""

    cells: tuple[Cell, ...] = ()
    is_drawn: bool = False

    @property
    def signers(self) -> dict[str, str]:
        """The person who signed, by the name of the project, for cells of other folders."""
        return {cell.signed.project: cell.signed.who for cell in self.cells if cell.signed}


def shown_references(
    references: ReferenceCells, class_id: str, path: str | None
) -> ShownReferences:
    """Return the typical cells of a class other than the image at `path`; none until they are looked up.

    A class without any, here or in other folders, gets drawn cells, where the program can draw it.
    """
    paths = references.paths(class_id)
    here = [Cell(found) for found in paths or () if found != path]
    signed = [Cell("", signed=cell) for cell in references.signed_cells(class_id)]
    cells = tuple((*here, *signed)[:CELLS_PER_CLASS])
    if paths is None or cells or not can_draw(class_id):
        return ShownReferences(cells)
    drawn = (Cell("", class_id, number) for number in range(_DRAWN_CELLS))
    return ShownReferences(tuple(drawn), is_drawn=True)
