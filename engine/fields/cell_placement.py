"""Cell placement: whether the cells of one image lie as in a field, or one in the middle as in a crop."""

from typing import Literal

from engine.fields.detection import find_cells
from engine.fields.scale import shrink
from engine.images.record import Pixels

CellPlacement = Literal["single", "several", "off_centre", "none"]

_SEARCHED_EDGE = 1280  # pixels; larger images are searched in a smaller version


def place_cells(pixels: Pixels) -> CellPlacement:
    """Return where the cells of an image lie: one in the middle, several white cells, none in the middle.

    `none` means that no cell was found, as in an image that shows red cells only.
    """
    pixels = shrink(pixels, _SEARCHED_EDGE)
    boxes = find_cells(pixels).boxes
    if not boxes:
        return "none"
    if sum(box.kind == "white_cell" for box in boxes) > 1:
        return "several"
    x, y = pixels.shape[1] / 2, pixels.shape[0] / 2
    is_central = any(
        box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height for box in boxes
    )
    return "single" if is_central else "off_centre"
