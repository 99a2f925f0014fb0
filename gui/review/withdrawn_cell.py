"""Place of a withdrawn cell: its field, and the cells that are left there."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from engine.fields.cell_path import BoxCoordinates, split_cell_path

if TYPE_CHECKING:
    from gui.state.image_table import ImageTable


class WithdrawnPlace(NamedTuple):
    """A field from which a cell was withdrawn, and its other cells, the nearest first."""

    field: str
    cells: list[str]


def place_of_withdrawn(table: "ImageTable", paths: Iterable[str]) -> WithdrawnPlace | None:
    """Return the place of the first of these cells that is in the table no more, None without one."""
    for path in paths:
        parts = split_cell_path(path)
        if parts is None or path in table or table.fields.number(parts[0]) is None:
            continue
        field, box = parts
        cells = table.cell_paths(field)
        return WithdrawnPlace(field, sorted(cells, key=lambda cell: _distance(cell, box)))
    return None


def _distance(path: str, box: BoxCoordinates) -> float:
    parts = split_cell_path(path)
    assert parts is not None
    other = parts[1]
    across = other.x + other.width / 2 - box.x - box.width / 2
    down = other.y + other.height / 2 - box.y - box.height / 2
    return float(across**2 + down**2)
