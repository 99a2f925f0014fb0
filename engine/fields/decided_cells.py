"""Decided cells: the cells of fields that a person decided on, and the boxes that a person drew."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from engine.fields.cell_box import BoxFlag, BoxKind, CellBox, FieldCells
from engine.fields.cell_path import (
    BoxCoordinates,
    cell_content_hash,
    coordinates_of,
    split_cell_path,
)

_SAME_CELL_OVERLAP = 0.5  # intersection over union of two boxes around one cell


@dataclass(frozen=True, slots=True)
class DrawnBox:
    """A box that a person decided on: the kind of the cell there, None where there is none.

    `field` is the content hash of the field. `flags` say whether it is cut by the border of the field; a
    box that a person drew has no other flags, because it was looked at.
    """

    field: str
    kind: BoxKind | None
    flags: tuple[BoxFlag, ...] = ()


@dataclass(frozen=True, slots=True)
class DecidedCell:
    """A cell with a decision: its path, its content hash (empty if unknown), and its box if it was drawn.

    `label` is the class that a person gave it, or `not_classed`; `noted`: it has a note or tags.
    """

    path: str
    content_hash: str = ""
    drawn: DrawnBox | None = None
    label: str | None = None
    removed: bool = False
    noted: bool = False

    @property
    def is_decided(self) -> bool:
        """True if anything but its box was decided."""
        return self.label is not None or self.removed or self.noted


class DecidedCells:
    """The decided cells of a project; they stay in place of what a detector finds there."""

    def __init__(self, cells: Iterable[DecidedCell] = ()) -> None:
        self._decided: dict[str, list[tuple[BoxCoordinates, str]]] = {}
        self._drawn: dict[str, dict[BoxCoordinates, DrawnBox]] = {}
        for cell in cells:
            if parts := split_cell_path(cell.path):
                field_path, box = parts
                # After a merge: moved away by one person, decided on by another. It stays to be seen.
                is_disputed = cell.drawn is not None and cell.drawn.kind is None and cell.is_decided
                if cell.drawn is not None and not is_disputed:
                    # By content: a drawn box is on its field, whatever the file is called.
                    self._drawn.setdefault(cell.drawn.field, {})[box] = cell.drawn
                else:
                    self._decided.setdefault(field_path, []).append((box, cell.content_hash))

    def draw(self, box: BoxCoordinates, drawn: DrawnBox) -> None:
        """Add a box that a person drew now."""
        # A new dictionary, because other threads read the old one.
        boxes = {**self._drawn.get(drawn.field, {}), box: drawn}
        self._drawn = {**self._drawn, drawn.field: boxes}

    def forget(self, field_hash: str, box: BoxCoordinates) -> None:
        """Forget a drawn box, so that what the detector finds there counts again."""
        drawn = self._drawn.get(field_hash, {})
        self._drawn = {
            **self._drawn,
            field_hash: {other: drawn_box for other, drawn_box in drawn.items() if other != box},
        }

    def with_found(self, field_path: str, field_hash: str, found: FieldCells) -> FieldCells:
        """Return the cells of a field: decided ones in place of found ones that overlap them."""
        drawn = self._drawn.get(field_hash, {})
        decided = [
            CellBox(*box, drawn_box.kind, drawn_box.flags)
            for box, drawn_box in drawn.items()
            if drawn_box.kind is not None
        ]
        decided += [
            find_box(found, box)
            for box, cell_hash in self._decided.get(field_path, ())
            if box not in drawn and cell_hash in ("", cell_content_hash(field_hash, box))
        ]
        absent = [CellBox(*box) for box, drawn_box in drawn.items() if drawn_box.kind is None]
        if not decided and not absent:
            return found
        taken = [*decided, *absent]
        kept = (
            box
            for box in found.boxes
            if all(box.overlap(other) < _SAME_CELL_OVERLAP for other in taken)
        )
        boxes = sorted((*decided, *kept), key=lambda box: (box.y, box.x))
        return replace(found, boxes=tuple(boxes))

    def box_of(self, field_hash: str, found: FieldCells, box: BoxCoordinates) -> CellBox:
        """Return the box of a cell with its kind and flags."""
        drawn = self._drawn.get(field_hash, {}).get(box)
        if drawn is None or drawn.kind is None:
            return find_box(found, box)
        return CellBox(*box, drawn.kind, drawn.flags)


def find_box(cells: FieldCells, coordinates: BoxCoordinates) -> CellBox:
    """Return the box of a field with these coordinates, or a new one if the detector finds none there now."""
    for box in cells.boxes:
        if coordinates_of(box) == coordinates:
            return box
    return CellBox(*coordinates)
