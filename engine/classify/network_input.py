"""Network input: the last step before a network, by the version of its preprocessing."""

from collections.abc import Iterable, Iterator

import numpy as np

from engine.classify.card import Preprocessing
from engine.classify.runtime_protocol import BatchKey
from engine.images.record import Pixels
from engine.images.stain_deposits import fill_deposits


def prepare_batches(
    batches: Iterable[tuple[BatchKey, Pixels]], preprocessing: Preprocessing
) -> Iterator[tuple[BatchKey, Pixels]]:
    """Yield batches of resized images, uint8 (n, size, size, 3), as the network takes them."""
    for key, pixels in batches:
        if not preprocessing.fills_deposits:
            yield key, pixels
            continue
        images = list(pixels)
        filled = [fill_deposits(image) for image in images]
        is_changed = any(after is not before for after, before in zip(filled, images, strict=True))
        yield key, np.stack(filled) if is_changed else pixels
