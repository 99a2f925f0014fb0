"""Where images come from: one protocol, and the choice of what reads a path."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from engine.images.classes import ClassSet, load_class_set
from engine.images.record import BadFile, ImageRecord, Picture, Pixels
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

        Reports progress (the total is unknown) and raises `Cancelled`.
        """
        ...

    def load(self, record: ImageRecord) -> Picture:
        """Decode and hash one image; raises `Problem` (`image.*`)."""
        ...

    def preview(self, record: ImageRecord, edge: int) -> Pixels:
        """Decode one image, smaller where that is quicker, but no smaller than needed to fit `edge`.

        Raises `Problem` (`image.*`).
        """
        ...


def open_source(path: str | Path, classes: ClassSet | None = None) -> Source:
    """Return the source that reads `path`: a folder, an `.npz` archive or a single image.

    `classes` names the labels (default: blood8). Raises `Problem` (`source.*`, `archive.*`).
    """
    from engine.images.folder import FolderSource

    path = Path(path)
    classes = classes or load_class_set()
    if path.is_dir():
        return FolderSource(path, classes)
    raise Problem("source.missing", path=str(path))
