"""Pointing game: share of images whose activation-map maximum lies on the cell (Zhang et al. 2018).

    python bench/pointing_game.py FOLDER --model NAME|PATH [--images N]

The cell is segmented by Otsu's threshold on the smoothed green channel; of the components, the one with the
best ratio of size to distance from the centre counts. Compared are the measured position of the map
(`engine/classify/map_shift.py`), the one computed from the paddings, and the map spread evenly over the image.
"""

import sys
from dataclasses import replace

import common
import cv2
import msgspec
import numpy as np

from engine.classify.activation_maps import compute_heat, upsample_heat
from engine.classify.devices import choose_device
from engine.classify.map_placement import placement_for_model
from engine.classify.models import open_model
from engine.classify.runtime import open_runtime
from engine.images.record import ImageRecord, Pixels
from engine.images.resize import resize_to_square
from engine.images.source import open_source
from engine.jobs import Job

_EDGE_PIXELS = 128


def main() -> int:
    """Print the share for each placement."""
    parser = common.argument_parser(__doc__ or "", 800)
    parser.add_argument("--model", metavar="NAME|PATH")
    args = parser.parse_args()
    model = open_model(args.model)
    source = open_source(args.folder)
    records = [record for record in source.scan(Job()) if isinstance(record, ImageRecord)]
    records = records[:: max(1, len(records) // args.images)][: args.images]
    images = [source.load(record).pixels for record in records]
    size = model.card.preprocessing.size
    runtime = open_runtime(model, choose_device("cpu"), Job())
    step = runtime.batch_size
    starts = range(0, len(images), step)
    batches = (
        (start, np.stack([resize_to_square(image, size) for image in images[start : start + step]]))
        for start in starts
    )
    actual = placement_for_model(model.card)
    evenly = size / model.card.map_size[0]
    unmeasured = msgspec.structs.replace(model.card, map_shift=None)
    placements = {
        "as measured": actual,
        "from the paddings": placement_for_model(unmeasured),
        "spread evenly": replace(actual, origin=(evenly - 1) / 2, step=evenly),
    }
    hits = dict.fromkeys(placements, 0)
    for start, outputs in runtime.stream(batches):
        for number, logits in enumerate(outputs.logits):
            coarse = compute_heat(outputs.maps[number][..., int(logits.argmax())])
            if coarse is None:
                continue
            mask = segment_cell(resize_to_square(images[start + number], _EDGE_PIXELS))
            for name, placement in placements.items():
                upsampled = upsample_heat(coarse, placement, _EDGE_PIXELS, _EDGE_PIXELS)
                hits[name] += bool(mask[np.unravel_index(upsampled.argmax(), upsampled.shape)])
    runtime.close()
    for name, count in hits.items():
        print(f"{model.card.name}, {name}: {count / len(images):.1%} of {len(images)} images")
    return 0


def segment_cell(image: Pixels) -> np.ndarray:
    """Return the mask (h, w) of the stained body nearest the centre."""
    green = cv2.GaussianBlur(image[..., 1], (0, 0), 2)
    _, dark = cv2.threshold(green, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    count, components, stats, centroids = cv2.connectedComponentsWithStats(dark)
    if count < 2:
        return np.ones(green.shape, bool)
    centre = (np.array(green.shape[::-1]) - 1) / 2
    distance = np.hypot(*(centroids[1:] - centre).T) / _EDGE_PIXELS
    score = np.sqrt(stats[1:, cv2.CC_STAT_AREA]) * np.exp(-6 * distance)
    return np.asarray(components == 1 + int(score.argmax()))


if __name__ == "__main__":
    sys.exit(main())
