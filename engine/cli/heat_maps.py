"""Heat maps as files: `classify --maps DIR`."""

from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli.model_run import Engine, Results
from engine.outputs import Output, check_is_free

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from engine.classify.reading import Reading
    from engine.images.record import ImageRecord


class HeatMaps:
    """Writes the heat map of each image's predicted class as a grey 8-bit PNG of the image's size.

    The hottest place is 255; an image in which nothing speaks for its class is black. Raises `Problem`
    (`write.*`) unless the folder is new or empty: no file is replaced.
    """

    def __init__(self, folder: Path, engine: Engine) -> None:
        check_is_free(folder)
        self._folder, self._engine = folder, engine

    def take(self, results: Results) -> None:
        """Write the maps of the images that could be read."""
        from engine.messages import Message

        for record, result in results:
            if not isinstance(result, Message):
                self._write_map(record, result)

    def _write_map(self, record: "ImageRecord", reading: "Reading") -> None:
        import cv2

        done, data = cv2.imencode(".png", self._render_map(record, reading))
        assert done
        Output(self._folder / f"{record.path}.png").write(bytes(data))

    def _render_map(self, record: "ImageRecord", reading: "Reading") -> "npt.NDArray[np.uint8]":
        import numpy as np

        from engine.classify.activation_maps import heat, upsample
        from engine.classify.map_placement import placement_of

        height, width = self._engine.source.load(record).pixels.shape[:2]
        small = heat(reading.maps[..., int(reading.logits.argmax())])
        if small is None:
            return np.zeros((height, width), np.uint8)
        placement = placement_of(self._engine.bundle.card, views=self._engine.views)
        return (upsample(small, placement, height, width) * 255 + 0.5).astype(np.uint8)
