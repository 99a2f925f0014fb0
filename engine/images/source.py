"""Image sources: the common protocol, and the functions that open a path."""

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from engine.images.archive_source import ArchiveSource
from engine.images.class_set import ClassSet, load_class_set
from engine.images.file_signatures import detect_format, has_image_suffix
from engine.images.folder_source import FolderSource
from engine.images.image_files import read_header
from engine.images.record import BadFile, ImageRecord, LoadedImage, Pixels
from engine.jobs import Job
from engine.messages import Problem


class Source(Protocol):
    """Images in a stable order; `load` and `preview` may be called from any thread."""

    @property
    def root(self) -> Path:
        """The folder that the paths of the records are relative to."""
        ...

    @property
    def folders(self) -> Sequence[Path]:
        """The folders whose images are read, with all below; those behind links once they were scanned."""
        ...

    def scan(self, job: Job) -> Iterator[ImageRecord | BadFile]:
        """Yield images and bad files, lazily and in a stable order; a bad file never raises.

        Reports progress (without a total if it is unknown) and raises `Cancelled`.
        """
        ...

    def load(self, record: ImageRecord) -> LoadedImage:
        """Decode and hash one image; raises `Problem` (`image.*`)."""
        ...

    def digest(self, record: ImageRecord) -> str:
        """Return the content hash as `load` does, without decoding; raises `Problem` (`image.*`).

        The problem is `image.changed` if the file changed since the scan.
        """
        ...

    def preview(self, record: ImageRecord, edge: int) -> Pixels:
        """Decode one image, smaller where that is faster, but not below `edge`.

        Raises `Problem` (`image.*`).
        """
        ...


def open_selection(paths: Sequence[Path], classes: ClassSet | None = None) -> Source:
    """Return a source of several images and folders; its root is their common parent folder.

    Paths inside another given folder are not repeated. Raises `Problem` (`source.*`).
    """
    absolute = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100  (links are not resolved)
    try:
        root = Path(os.path.commonpath([path.parent for path in absolute]))
    except ValueError as error:  # several Windows drives
        raise Problem("source.several_drives") from error
    inside = [path.relative_to(root).as_posix() for path in absolute]
    only = [
        path
        for path in dict.fromkeys(inside)
        if not any(path.startswith(f"{folder}/") for folder in inside)
    ]
    return FolderSource(root, classes or load_class_set(), only=only)


def open_source(path: str | Path, classes: ClassSet | None = None) -> Source:
    """Return the source for `path`: a folder, an `.npz` archive or a single image.

    `classes` is the class set of the labels (default: blood8). Only an archive's headers and labels
    are read at this point. Raises `Problem` (`source.*`, `archive.*`).
    """
    path = Path(path)
    shown_path = os.fsencode(path).decode("utf-8", "replace")
    classes = classes or load_class_set()
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            os.scandir(path).close()
            return FolderSource(path, classes)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Problem("source.missing", path=shown_path) from error
    except PermissionError as error:
        raise Problem("source.denied", path=shown_path) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Problem("source.unreadable", path=shown_path, reason=reason) from error
    header = read_header(path)
    if stat.S_ISREG(mode) and (path.suffix.lower() == ".npz" or header[:4] == b"PK\3\4"):
        return ArchiveSource(path, classes)
    if detect_format(header) or has_image_suffix(path.name):
        return FolderSource(path.parent, classes, only=(path.name,))
    raise Problem("source.unsupported", path=shown_path)
