"""Image records: what is known of an image before and after decoding."""

import hashlib
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from engine.messages import Message

Pixels = npt.NDArray[np.uint8]
"""An RGB image: uint8, shape (height, width, 3), values 0 to 255."""


@dataclass(frozen=True, slots=True)
class ImageRecord:
    """One image of a source, identified by its path relative to the source's root.

    `path` is a POSIX path; inside an archive it continues below the archive's name
    (`cells.npz/train/00012`). `label` is a class id of the class set, a folder's name outside the
    set, or None. `split` is `train`, `val`, `test` or None. `size` (bytes) and `mtime_ns` show
    whether the file changed; inside an archive they are the unpacked size of the image and the
    archive's time. `device`, `inode` and `ctime_ns` are those of the file (0 inside an archive);
    `is_link` is True if the path leads through a link. `checksum` is that of the array inside an archive
    that holds the image, or of parts of the file where times do not show a change (`file_sample`), else 0.
    `folder_names` are the names of its folders that may stand for a class outside the class set, outermost
    first; a label that is no class of the set is one of them.
    Of a cell of a field, `size` is that of the box's pixels, and `shown_part` the square of its crop,
    which may change while the cell stays the same.
    """

    path: str
    label: str | None
    split: str | None
    size: int
    mtime_ns: int
    device: int = field(default=0, compare=False)
    inode: int = field(default=0, compare=False)
    ctime_ns: int = field(default=0, compare=False)
    is_link: bool = field(default=False, compare=False)
    checksum: int = field(default=0, compare=False)
    folder_names: tuple[str, ...] = field(default=(), compare=False)
    shown_part: str = field(default="", compare=False)

    @property
    def stamp(self) -> str:
        """String that differs after the file was changed or replaced, even with the same size and time."""
        stamp = f"{self.size} {self.mtime_ns} {self.inode} {self.ctime_ns}"
        parts = [stamp, str(self.checksum or ""), self.shown_part]
        return " ".join(part for part in parts if part)

    @property
    def identity(self) -> tuple[int, int] | None:
        """Device and inode, common to all names of one file; None inside an archive."""
        return (self.device, self.inode) if self.inode else None


DAMAGE_REASONS = frozenset(
    {"image.empty", "image.not_an_image", "image.truncated", "image.damaged"}
)
"""Reasons that lie in a file's content. Others may be temporary (a permission, a drive, a link, memory) or are
limits of this program (an unsupported format)."""


@dataclass(frozen=True, slots=True)
class BadFile:
    """A file that cannot be read as an image: its relative path and the reason."""

    path: str
    reason: Message

    @property
    def is_damaged(self) -> bool:
        """True if the content itself is damaged, so that no program can read it."""
        return self.reason.id in DAMAGE_REASONS


@dataclass(frozen=True, slots=True)
class LoadedImage:
    """A decoded image: its pixels, the SHA-256 of its content, and notes on the decoding.

    `dropped_hash` covers values of the file that the pixels lack; it is empty if nothing was lost. Images
    with the same pixels are copies only if it is the same too. `shown_part` is the part of the content that
    the pixels show, where that may change: the square of a crop. `jpeg_quality` is 1 to 100, 0 in other
    formats.
    """

    pixels: Pixels
    content_hash: str
    notes: tuple[Message, ...] = ()
    dropped_hash: str = ""
    shown_part: str = ""
    jpeg_quality: int = 0

    @property
    def cache_key(self) -> str:
        """SHA-256 under which results that depend on the pixels are stored."""
        if not self.shown_part:
            return self.content_hash
        return hashlib.sha256(f"{self.content_hash} {self.shown_part}".encode("ascii")).hexdigest()
