"""Cell paths: a cell of a field is named by the field's path and its box, `FIELD/00123_00456_080x080`."""

import hashlib
import re
from typing import NamedTuple

from engine.fields.cell_box import CellBox

_BOX_NAME = re.compile(r"(\d{5,9})_(\d{5,9})_(\d{3,9})x(\d{3,9})")


class BoxCoordinates(NamedTuple):
    """Place and size of a box, which identify a cell within its field."""

    x: int
    y: int
    width: int
    height: int


def coordinates_of(box: CellBox) -> BoxCoordinates:
    """Return the coordinates of a box."""
    return BoxCoordinates(box.x, box.y, box.width, box.height)


def cell_path(field_path: str, box: CellBox) -> str:
    """Return the path of a cell. Paths do not sort from top to bottom; `find_cells` gives that order."""
    return f"{field_path}/{box.x:05}_{box.y:05}_{box.width:03}x{box.height:03}"


def split_cell_path(path: str) -> tuple[str, BoxCoordinates] | None:
    """Return the field's path and the box of a cell's path, None for the path of any other image."""
    field_path, _, name = path.rpartition("/")
    match = _BOX_NAME.fullmatch(name)
    if not field_path or match is None:
        return None
    return field_path, BoxCoordinates(*map(int, match.groups()))


def file_path(path: str) -> str:
    """Return the path of the file that holds an image: of a cell, its field."""
    parts = split_cell_path(path)
    return parts[0] if parts else path


def cell_content_hash(field_hash: str, box: BoxCoordinates) -> str:
    """Return the content hash of a cell, from that of its field and its box."""
    text = "{} {},{},{},{}".format(field_hash, *box)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
