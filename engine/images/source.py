"""Where images come from: one protocol, and the choice of what reads a path."""

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from engine.images.archive import ArchiveSource
from engine.images.classes import ClassSet, load_class_set
from engine.images.files import read_head
from engine.images.folder import FolderSource
from engine.images.record import BadFile, ImageRecord, Picture, Pixels
from engine.images.signatures import sniff, suffix_says
from engine.jobs import Job
from engine.messages import Problem


class Source(Protocol):
    """Images in a stable order; `load` and `preview` may be called from any thread."""

    @property
    def root(self) -> Path:
        """The folder that the paths of the records are relative to."""
        ...

    def scan(self, job: Job) -> Iterator[ImageRecord | BadFile]:
        """Yield what there is, lazily and in a stable order; one bad file never raises.

        Reports progress (with no total where it is unknown) and raises `Cancelled`.
        """
        ...

    def load(self, record: ImageRecord) -> Picture:
        """Decode and hash one image; raises `Problem` (`image.*`)."""
        ...

    def digest(self, record: ImageRecord) -> str:
        """Return the hash that `load` gives, without decoding; raises `Problem` (`image.*`).

        `image.changed` where the file is no longer the one that was scanned.
        """
        ...

    def preview(self, record: ImageRecord, edge: int) -> Pixels:
        """Decode one image, smaller where that is quicker, but not below what fits `edge`.

        Raises `Problem` (`image.*`).
        """
        ...


def open_together(paths: Sequence[Path], classes: ClassSet | None = None) -> Source:
    """Return a source of several images and folders, with the folder that holds them all as its root.

    What lies in a folder that is given too comes once. Raises `Problem` (`source.*`).
    """
    whole = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100  (links stay what they are)
    try:
        root = Path(os.path.commonpath([path.parent for path in whole]))
    except ValueError as error:  # drives of Windows
        raise Problem("source.several_drives") from error
    inside = [path.relative_to(root).as_posix() for path in whole]
    only = [
        one for one in dict.fromkeys(inside) if not any(one.startswith(f"{two}/") for two in inside)
    ]
    return FolderSource(root, classes or load_class_set(), only=only)


def open_source(path: str | Path, classes: ClassSet | None = None) -> Source:
    """Return the source that reads `path`: a folder, an `.npz` archive or a single image.

    `classes` names the labels (default: blood8). Nothing but the archive's headers and labels is
    read yet. Raises `Problem` (`source.*`, `archive.*`).
    """
    path = Path(path)
    shown = os.fsencode(path).decode("utf-8", "replace")
    classes = classes or load_class_set()
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            os.scandir(path).close()
            return FolderSource(path, classes)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Problem("source.missing", path=shown) from error
    except PermissionError as error:
        raise Problem("source.denied", path=shown) from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise Problem("source.unreadable", path=shown, reason=why) from error
    head = read_head(path)
    if stat.S_ISREG(mode) and (path.suffix.lower() == ".npz" or head[:4] == b"PK\3\4"):
        return ArchiveSource(path, classes)
    if sniff(head) or suffix_says(path.name):
        return FolderSource(path.parent, classes, only=(path.name,))
    raise Problem("source.unsupported", path=shown)
