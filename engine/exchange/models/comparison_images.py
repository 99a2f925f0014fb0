"""Images to compare two runtimes on: some of a person's own, else drawn cells of every kind."""

from collections.abc import Sequence

import numpy as np

from engine.images.record import ImageRecord, Pixels
from engine.images.resize import square
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Problem

_SOME = 32


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


def pictures(job: Job, source: Source, records: Sequence[ImageRecord], size: int) -> Pixels:
    """Return about 32 images from all over a source, uint8 (n, size, size, 3).

    Raises `Problem` (`classify.empty`) where none of them can be read.
    """
    images = []
    for record in records[:: max(1, len(records) // _SOME)]:
        job.check()
        try:
            images.append(square(source.load(record).pixels, size))
        except Problem:
            continue
    if not images:
        raise Problem("classify.empty", folder=str(source.root))
    return np.stack(images)
