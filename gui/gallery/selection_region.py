"""Selection region: the part of a view to repaint where a selection changed."""

import itertools

from PySide6.QtCore import QItemSelection
from PySide6.QtGui import QRegion

from gui.gallery.selection import row_ranges
from gui.gallery.tile_grid import TileGrid

_MAX_TILE_UPDATES = 32
"""More changed tiles than this are repainted together with the whole viewport."""


def selection_region(view: TileGrid, selection: QItemSelection) -> QRegion:
    """Return the region of the visible tiles of a selection, which may be large."""
    visible_rows = view.grid.row_span(view.visible_area)
    full_region = QRegion(view.viewport().rect())
    ranges = row_ranges(selection)
    if visible_rows is None or len(ranges) > _MAX_TILE_UPDATES:
        return full_region
    visible_ranges = [
        range(max(first, visible_rows[0]), min(last, visible_rows[1]) + 1) for first, last in ranges
    ]
    if sum(map(len, visible_ranges)) > _MAX_TILE_UPDATES:
        return full_region
    region = QRegion()
    for row in itertools.chain.from_iterable(visible_ranges):
        region += view.visualRect(view.model().index(row))
    return region
