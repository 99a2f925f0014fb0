"""Map shift: how far activation maps, spread evenly over the image, lie right of and below what they show.

The paddings of a network determine where the receptive field of a map cell lies, but not to which part of it
the cell responds. Kernels of stride 2 that were trained on even sizes, padded on one side only, respond to one
side; after five of them the maps are almost half a cell off. So the shift is measured.
"""

import numpy as np
import numpy.typing as npt

from engine.classify.inference import split_batches
from engine.classify.reading import Float32
from engine.classify.runtime_protocol import Runtime
from engine.images.record import Pixels
from engine.jobs import Job

_MIN_IMAGES = 16


def measure_map_shift(job: Job, runtime: Runtime, images: Pixels) -> float | None:
    """Return the shift of a network's maps in cells, to the right and down alike.

    The map of an image turned by 180° should be the turned map of the image; half of the distance
    between the two is the shift. It is the median over both axes of all images (n, size, size, 3),
    and needs no knowledge of where their cells are. None with too few images that have evidence.
    """
    maps, classes = _predicted_maps(job, runtime, images)
    turned_maps, _ = _predicted_maps(job, runtime, images[:, ::-1, ::-1], classes)
    shifts = (_centres(maps) - _centres(turned_maps[:, ::-1, ::-1])) / 2
    shifts = shifts[~np.isnan(shifts).any(1)]
    return float(np.median(shifts)) if len(shifts) >= _MIN_IMAGES else None


def _predicted_maps(
    job: Job, runtime: Runtime, images: Pixels, classes: npt.NDArray[np.intp] | None = None
) -> tuple[Float32, npt.NDArray[np.intp]]:
    """Return the maps (n, h, w) of the given or the predicted classes, and these classes (n,)."""
    batches = (
        (None, np.ascontiguousarray(batch)) for batch in split_batches(images, runtime.batch_size)
    )
    outputs = [output for _, output in runtime.stream(batches, job)]
    maps = np.concatenate([output.maps for output in outputs]).astype(np.float32)
    if classes is None:
        classes = np.concatenate([output.logits for output in outputs]).argmax(1)
    return maps[np.arange(len(maps)), ..., classes], classes


def _centres(maps: Float32) -> npt.NDArray[np.float64]:
    """Return the centre of gravity (n, 2) of each map's squared positive part, NaN without any."""
    weights = np.maximum(maps, 0, dtype=np.float64) ** 2
    totals = weights.sum((1, 2))
    totals[totals == 0] = np.nan
    rows, columns = (np.arange(edge) for edge in weights.shape[1:])
    return np.stack([weights.sum(2) @ rows / totals, weights.sum(1) @ columns / totals], 1)
