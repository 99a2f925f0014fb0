"""Drawn fields of a smear whose cells are known."""

import numpy as np

from engine.fields.cell_box import CellBox
from engine.images.record import Pixels
from engine.images.sample.canvas import photograph
from engine.images.sample.cells import CELLS, render_cell
from engine.images.sample.field import EDGE, draw_field, make_slide

CLASSES = ("neutrophil", "lymphocyte", "monocyte", "eosinophil", "basophil", "erythroblast")


def draw_smear(
    seed: int, cells: tuple[str | None, ...] = CLASSES, columns: int = 3
) -> tuple[Pixels, list[CellBox]]:
    """Draw a field of one stain with these cells (None: red cells only), and return it with their boxes."""
    rng = np.random.default_rng(seed)
    slide = make_slide(rng)
    parts, boxes = [], []
    for index, name in enumerate(cells):
        if name is None:
            parts.append(photograph(draw_field(rng, slide, 0), rng))
            continue
        parts.append(render_cell(name, rng, slide))
        radius = CELLS[name][1]
        row, column = divmod(index, columns)
        x, y = round((column + 0.5) * EDGE - radius), round((row + 0.5) * EDGE - radius)
        boxes.append(CellBox(x, y, 2 * radius, 2 * radius))
    rows = [np.hstack(parts[start : start + columns]) for start in range(0, len(parts), columns)]
    return np.ascontiguousarray(np.vstack(rows)), boxes
