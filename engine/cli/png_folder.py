"""Folder of PNG files made of the images of a source: heat maps, crops."""

from pathlib import Path
from typing import TYPE_CHECKING

from engine.output_places import check_images_outside
from engine.outputs import Output, check_is_free, make_writable_folder

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from engine.images.source import Source


class PngFolder:
    """A new or empty folder for PNG files, each at the path of its image plus `.png`.

    Raises `Problem` (`write.*`) unless it is new or empty and outside the folders that the source reads.
    """

    def __init__(self, folder: Path, source: "Source") -> None:
        check_is_free(folder)
        check_images_outside(folder, source.folders)
        self._folder = folder

    def create(self) -> None:
        """Create the folder, before any work is done; raises `OSError`."""
        make_writable_folder(self._folder)

    def write(self, path: str, pixels: "npt.NDArray[np.uint8]") -> None:
        """Write the PNG of the image at `path`; raises `Problem` and `OSError`."""
        from engine.images.png import encode_png

        Output(self._folder / f"{path}.png").write(encode_png(pixels))
