"""Heat map files: `classify --maps DIR`."""

from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli.model_run import ModelRun, Results
from engine.cli.png_folder import PngFolder

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from engine.classify.reading import Reading
    from engine.images.record import ImageRecord


class HeatMapWriter:
    """Writer of each image's heat map of the predicted class, as a grey 8-bit PNG of the image's size.

    The maximum is 255; an image without evidence for its class is black. Raises `Problem` (`write.*`)
    unless the folder is new or empty and no image folder, and `OSError` if it cannot be written.
    """

    def __init__(self, folder: Path, model_run: ModelRun) -> None:
        self._folder, self._model_run = PngFolder(folder, model_run.source), model_run

    def create(self) -> None:
        """Create the folder; raises `Problem` and `OSError`."""
        self._folder.create()

    def write_all(self, results: Results) -> None:
        """Write the heat maps of the images that could be read."""
        from engine.messages import Message

        for record, result in results:
            if not isinstance(result, Message):
                self._folder.write(record.path, self._render_map(record, result))

    def _render_map(self, record: "ImageRecord", reading: "Reading") -> "npt.NDArray[np.uint8]":
        import numpy as np

        from engine.classify.activation_maps import compute_heat, upsample_heat
        from engine.classify.map_placement import placement_for_model

        height, width = self._model_run.source.load(record).pixels.shape[:2]
        small = compute_heat(reading.maps[..., int(reading.logits.argmax())])
        if small is None:
            return np.zeros((height, width), np.uint8)
        placement = placement_for_model(self._model_run.bundle.card)
        return (upsample_heat(small, placement, height, width) * 255 + 0.5).astype(np.uint8)
