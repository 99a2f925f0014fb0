"""Cell boxes: where the cells of a field are."""

from dataclasses import dataclass
from typing import Literal, get_args

BoxKind = Literal["white_cell", "platelet"]
"""Kind of a cell box; white cells are nucleated cells: leukocytes, erythroblasts and smudge cells."""

BoxFlag = Literal["border", "clump", "double", "deposit", "smudge"]
"""Reasons that make a box doubtful: the cell is cut by the border of the field, lies in a clump of platelets
or of white cells, is probably two cells, a stain deposit, or a smudge cell."""

BOX_KINDS: tuple[BoxKind, ...] = get_args(BoxKind)
BOX_FLAGS: tuple[BoxFlag, ...] = get_args(BoxFlag)


@dataclass(frozen=True, slots=True)
class CellBox:
    """The box around one cell, in pixels of the field; (x, y) is its top left corner."""

    x: int
    y: int
    width: int
    height: int
    kind: BoxKind = "white_cell"
    flags: tuple[BoxFlag, ...] = ()

    @property
    def centre(self) -> tuple[float, float]:
        """Centre of the box, in pixels of the field."""
        return self.x + self.width / 2, self.y + self.height / 2

    def overlap(self, other: "CellBox") -> float:
        """Return the intersection over union (IoU) with another box, from 0 to 1."""
        width = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        height = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        if width <= 0 or height <= 0:
            return 0.0
        shared = width * height
        return shared / (self.width * self.height + other.width * other.height - shared)


@dataclass(frozen=True, slots=True)
class FieldCells:
    """The cells of one field.

    `boxes` are white cells and platelets, from top to bottom and left to right. `red_cell_count` is None
    where red cells could not be counted, and `red_cell_diameter` (their median, in pixels) where none is
    separable.
    """

    boxes: tuple[CellBox, ...]
    red_cell_count: int | None = None
    red_cell_diameter: float | None = None
