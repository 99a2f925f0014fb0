"""What is known of one image before its pixels are read."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.messages import Message

Pixels = npt.NDArray[np.uint8]
"""An RGB image: uint8, shape (height, width, 3), values 0 to 255."""


@dataclass(frozen=True, slots=True)
class ImageRecord:
    """One image of a source, known by its path relative to the source's root.

    `path` is a POSIX path; inside an archive it goes on below the archive's name
    (`cells.npz/train/00012`). `label` is a class id of the class set, or the folder's own name
    where the set does not know it, or None. `split` is `train`, `val` or `test` where the layout
    says so. `size` (bytes) and `mtime_ns` tell whether the file changed; inside an archive they are
    the image's own bytes, unpacked, and the archive's time.
    """

    path: str
    label: str | None
    split: str | None
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class BadFile:
    """A file that is no readable image: its relative path and the reason."""

    path: str
    reason: Message


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded image: its pixels, the SHA-256 of its content, and what decoding had to decide."""

    pixels: Pixels
    content_hash: str
    notes: tuple[Message, ...] = ()
