"""What is known of one image before its pixels are read."""

from dataclasses import dataclass, field

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
    the image's own bytes, unpacked, and the archive's time. `device`, `inode` and `ctime_ns` are of the file
    itself (0 inside an archive), which is reached through a link where `link` is True.
    """

    path: str
    label: str | None
    split: str | None
    size: int
    mtime_ns: int
    device: int = field(default=0, compare=False)
    inode: int = field(default=0, compare=False)
    ctime_ns: int = field(default=0, compare=False)
    link: bool = field(default=False, compare=False)

    @property
    def stamp(self) -> str:
        """What is other for a file that was changed or exchanged, also where size and time are the same."""
        return f"{self.size} {self.mtime_ns} {self.inode} {self.ctime_ns}"

    @property
    def identity(self) -> tuple[int, int] | None:
        """What all names of one file have in common; None inside an archive."""
        return (self.device, self.inode) if self.inode else None


DAMAGED = frozenset({"image.empty", "image.not_an_image", "image.truncated", "image.damaged"})
"""Reasons that lie in a file's content. All others may pass, or are this program's own: a permission, a drive,
a link, memory, a format that is not read."""


@dataclass(frozen=True, slots=True)
class BadFile:
    """A file that is no readable image: its relative path and the reason."""

    path: str
    reason: Message

    @property
    def damaged(self) -> bool:
        """Whether the content itself is at fault, so that the file is of no use to anybody."""
        return self.reason.id in DAMAGED


@dataclass(frozen=True, slots=True)
class Picture:
    """A decoded image: its pixels, the SHA-256 of its content, and what decoding had to decide.

    `dropped` is a hash of what the file holds and the pixels do not, empty where they hold all: pictures
    of the same pixels are copies only if this is the same too.
    """

    pixels: Pixels
    content_hash: str
    notes: tuple[Message, ...] = ()
    dropped: str = ""
