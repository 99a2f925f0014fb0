"""Images on which two runtimes are compared: some of the person's own, else drawn cells."""

from collections.abc import Sequence

import numpy as np

from engine.images.record import ImageRecord, Pixels
from engine.images.resize import resize_to_square
from engine.images.source import Source
from engine.images.stain_deposits import fill_deposits
from engine.jobs import Job
from engine.messages import Problem

_MAX_IMAGES = 32


def render_sample_images(size: int, each: int = 2) -> Pixels:
    """Return drawn cells of every class, uint8 (n, size, size, 3), the same at every call."""
    from engine.images.sample.cells import CELLS, render_cell
    from engine.images.sample.field import make_slide

    drawn = []
    for number, name in enumerate(CELLS):
        for index in range(each):
            rng = np.random.default_rng((11, number, index))
            drawn.append(resize_to_square(render_cell(name, rng, make_slide(rng)), size))
    return np.stack(drawn)


def load_spread_images(
    job: Job, source: Source, records: Sequence[ImageRecord], size: int
) -> Pixels:
    """Return about 32 images spread evenly over a source, uint8 (n, size, size, 3).

    Stain deposits are filled in, since exported models do not do so themselves. Raises `Problem`
    (`source.empty`) if none of the images can be read.
    """
    images = []
    for record in records[:: max(1, len(records) // _MAX_IMAGES)]:
        job.check()
        try:
            images.append(fill_deposits(resize_to_square(source.load(record).pixels, size)))
        except Problem:
            continue
    if not images:
        raise Problem("source.empty", folder=str(source.root))
    return np.stack(images)
