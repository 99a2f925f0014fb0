"""Images to compare two runtimes on, where a person gave none: drawn cells of every kind."""

import numpy as np

from engine.images.record import Pixels
from engine.images.resize import square


def drawn_images(size: int, each: int = 2) -> Pixels:
    """Return drawn cells, uint8 (n, size, size, 3), the same at every call."""
    from engine.images.sample.cells import CELLS, render_cell
    from engine.images.sample.field import make_slide

    drawn = []
    for number, name in enumerate(CELLS):
        for index in range(each):
            rng = np.random.default_rng((11, number, index))
            drawn.append(square(render_cell(name, rng, make_slide(rng)), size))
    return np.stack(drawn)
