"""Pointing game: how often the hottest place of the heat map lies on the cell (Zhang et al. 2018).

    python bench/pointing.py FOLDER --model NAME|PATH [--images N]

The cell is what is stained darkest in the green channel (Otsu's threshold on it, smoothed), of all its parts
the one nearest the middle for its size. `as drawn before` spreads the map's cells evenly over the image.
"""

import sys
from dataclasses import replace

import common
import cv2
import numpy as np

from engine.classify.activation import heat, upsample
from engine.classify.devices import choose
from engine.classify.models import find
from engine.classify.placement import placement_of
from engine.classify.runtime import open_runtime
from engine.images.record import ImageRecord, Pixels
from engine.images.resize import square
from engine.images.source import open_source
from engine.jobs import Job

_EDGE = 128


def main() -> int:
    """Print both shares."""
    parser = common.arguments(__doc__ or "", 800)
    parser.add_argument("--model", metavar="NAME|PATH")
    given = parser.parse_args()
    model = find(given.model)
    source = open_source(given.folder)
    records = [record for record in source.scan(Job()) if isinstance(record, ImageRecord)]
    records = records[:: max(1, len(records) // given.images)][: given.images]
    pictures = [source.load(record).pixels for record in records]
    size = model.card.preprocessing.size
    runtime = open_runtime(model, choose("cpu"), Job())
    step = runtime.batch_size
    starts = range(0, len(pictures), step)
    batches = (
        (start, np.stack([square(picture, size) for picture in pictures[start : start + step]]))
        for start in starts
    )
    true = placement_of(model.card)
    evenly = size / model.card.map_size[0]
    placements = {
        "where its cells lie": true,
        "as drawn before": replace(true, origin=(evenly - 1) / 2, step=evenly),
    }
    hits = dict.fromkeys(placements, 0)
    for start, outputs in runtime.stream(batches):
        for number, logits in enumerate(outputs.logits):
            small = heat(outputs.maps[number][..., int(logits.argmax())])
            if small is None:
                continue
            body = cell(square(pictures[start + number], _EDGE))
            for name, placement in placements.items():
                large = upsample(small, placement, _EDGE, _EDGE)
                hits[name] += bool(body[np.unravel_index(large.argmax(), large.shape)])
    runtime.close()
    for name, count in hits.items():
        print(f"{model.card.name}, {name}: {count / len(pictures):.1%} of {len(pictures)} images")
    return 0


def cell(image: Pixels) -> np.ndarray:
    """Return the mask (h, w) of the stained body nearest the middle."""
    green = cv2.GaussianBlur(image[..., 1], (0, 0), 2)
    _, dark = cv2.threshold(green, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    count, parts, facts, centres = cv2.connectedComponentsWithStats(dark)
    if count < 2:
        return np.ones(green.shape, bool)
    middle = (np.array(green.shape[::-1]) - 1) / 2
    away = np.hypot(*(centres[1:] - middle).T) / _EDGE
    score = np.sqrt(facts[1:, cv2.CC_STAT_AREA]) * np.exp(-6 * away)
    return np.asarray(parts == 1 + int(score.argmax()))


if __name__ == "__main__":
    sys.exit(main())
