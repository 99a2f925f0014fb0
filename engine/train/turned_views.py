"""Turned views: embeddings of rotated and mirrored images, which make few labelled images go further.

A cell has no upright orientation, so a view is as good a training image as the original. In a laboratory that
the model does not know, ten cells a class and their views teach a head more than the cells alone, and the mean
over the views of the other images is more often right than a single view (`bench/own_laboratory.py`).
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from engine.classify.bundle import Bundle
from engine.classify.card import MAX_VIEWS
from engine.classify.devices import choose_device
from engine.classify.multi_view import transform_view
from engine.classify.pipeline import ReadResult, read_images
from engine.classify.reading import Float16, Reading
from engine.classify.runtime import open_runtime
from engine.images.record import ImageRecord, LoadedImage
from engine.images.source import Source
from engine.images.wrapped_source import WrappedSource
from engine.jobs import Job, NestedJob
from engine.messages import Problem

MAX_IMAGES = 400
"""Labelled images up to which a quick retrain reads their views as well: about a minute on two cores."""

_MAX_READINGS = 8000  # of a folder: three minutes of EfficientNetB4 on two cores


def choose_views(images: int) -> int:
    """Return in how many views a folder of so many images is read: 8, 4, 2 or, where it is large, 1."""
    return next(count for count in (8, 4, 2, 1) if count == 1 or count * images <= _MAX_READINGS)


def read_turned_views(
    job: Job, source: Source, records: Sequence[ImageRecord], model: Bundle
) -> list[Float16]:
    """Return the embeddings (n, d) of the images' other views, an array for each; none of too many images.

    They are single views, whatever the model's card says. Raises `Cancelled`, and `Problem` if an
    image cannot be read any more.
    """
    if len(records) > MAX_IMAGES:
        return []
    model = model.with_views(1)
    runtime = open_runtime(model, choose_device("cpu"), job)
    try:
        views = []
        for view in range(1, MAX_VIEWS):
            readings: dict[str, Reading] = {}

            def keep(results: list[ReadResult], readings: dict[str, Reading] = readings) -> None:
                for image, result in results:
                    if not isinstance(result, Reading):
                        raise Problem(result.id, **result.params)
                    readings[image.path] = result

            turned = TurnedSource(source, view)
            read_images(NestedJob(job, keep), turned, records, runtime, model.card)
            views.append(np.stack([readings[record.path].embedding for record in records]))
        return views
    finally:
        runtime.close()


class TurnedSource(WrappedSource):
    """A source whose images are rotated and mirrored: view 0 to 7 of `transform_view`."""

    def __init__(self, source: Source, view: int) -> None:
        super().__init__(source)
        self._view = view

    def load(self, record: ImageRecord) -> LoadedImage:
        """Decode an image and turn it; raises `Problem`."""
        image = self._source.load(record)
        turned = transform_view(image.pixels[None], self._view)[0]
        return replace(image, pixels=np.ascontiguousarray(turned))
