"""Data set formats: the interface of a format, and writing and walking folders of images."""

import io
import os
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.exchange.export_row import ExportRow
from engine.exchange.formats.claims import LabelClaims
from engine.exchange.formats.export_files import (
    ExportedFile,
    UniqueNames,
    read_export_content,
    sha256_hex,
)
from engine.exchange.formats.untrusted_files import display_name
from engine.images.class_set import ClassSet
from engine.images.record import ImageRecord
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.outputs import check_is_free, move_into_place, staging_folder

MAX_FILES = 1_000_000
"""Files that an imported folder may hold."""

ExportImage = tuple[ImageRecord, ExportRow]
LeftOut = tuple[str, Message]
"""Path of an image that was not exported, and the reason."""


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """Request for an export: labelled images of a source, to a new file or folder `out`.

    `classes` is the order of classes. `size` is the edge of images in archives, in pixels. Without
    `keep_names` files are named after their content.
    """

    source: Source
    images: Sequence[ExportImage]
    classes: Sequence[str]
    out: Path
    size: int = 96
    keep_names: bool = True


class DatasetFormat(ABC):
    """One data set format, in both directions."""

    id: str
    """Name of the format on the command line and in settings."""
    suffix = ""
    """Suffix of the file that is written; empty for a folder."""
    takes_unlabelled = False
    """True if images without a label are written too."""
    writes_images = False
    """True if image files are written, which count as images where they lie."""
    resizes_images = False
    """True if images are written as squares of the requested size."""

    @abstractmethod
    def write(self, job: Job, request: ExportRequest) -> list[LeftOut]:
        """Write the images, completely or not at all; return those that were left out.

        Raises `Problem`, `OSError` and `Cancelled`.
        """

    def read_file(self, job: Job, path: Path, order: Sequence[str]) -> LabelClaims | None:
        """Return the claims of a single file, None if it is not of this format.

        `order` names bare class numbers. Raises `Problem` (`import.*`, `archive.*`) and `Cancelled`.
        """
        return None

    def read_folder(
        self, job: Job, folder: Path, classes: ClassSet, order: Sequence[str]
    ) -> LabelClaims | None:
        """Return the claims of a folder, None if it is not of this format.

        `order` names bare class numbers. Raises `Problem` (`import.*`) and `Cancelled`.
        """
        return None


class FolderFormat(DatasetFormat):
    """A format that is a folder of image files with files of labels."""

    writes_images = True

    def check_classes(self, classes: Sequence[str]) -> None:
        """Raise `Problem` (`export.bad_class`) for a class name that the format cannot hold."""

    @abstractmethod
    def image_folder(self, row: ExportRow) -> str:
        """Return the folder of an image, relative to the export."""

    @abstractmethod
    def write_labels(
        self, folder: Path, files: Sequence[ExportedFile], classes: Sequence[str]
    ) -> None:
        """Write the files of labels, after the images."""

    def write(self, job: Job, request: ExportRequest) -> list[LeftOut]:
        """Write the images as they are, then the labels; an image that changed is left out."""
        self.check_classes(request.classes)
        out = request.out
        check_is_free(out)
        names = UniqueNames()
        files: list[ExportedFile] = []
        left_out: list[LeftOut] = []
        with staging_folder(out) as temporary:
            folder = temporary / "new"
            folder.mkdir()
            for number, (record, row) in enumerate(request.images):
                job.progress(number, len(request.images), Message("export.copying"))
                try:
                    data, suffix = read_export_content(request.source, record)
                    size = _image_size(data)
                except Problem as problem:
                    left_out.append((record.path, problem.message))
                    continue
                digest = sha256_hex(data)
                is_file = (request.source.root / record.path).is_file()
                if row.sha256 and is_file and row.sha256 != digest:
                    left_out.append((record.path, Message("image.changed")))
                    continue
                name = row.path if request.keep_names else ""
                file = names.reserve(self.image_folder(row), name, suffix, digest)
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                (folder / file).write_bytes(data)
                files.append(ExportedFile(row, file, digest, size))
            self.write_labels(folder, files, request.classes)
            move_into_place(folder, out)
        return left_out


def walk_files(job: Job, folder: Path) -> Iterator[Path]:
    """Yield all files below a folder in sorted order; raises `Problem` above `MAX_FILES`."""
    count = 0
    for name, folders, files in os.walk(folder):
        folders.sort()
        for file in sorted(files):
            job.check()
            count += 1
            if count > MAX_FILES:
                raise Problem("import.too_many", name=display_name(folder), limit=MAX_FILES)
            yield Path(name) / file


def _image_size(data: bytes) -> tuple[int, int]:
    """Return width and height as stored; raises `Problem` if the data is not an image."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as image:
            return image.size
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise Problem("image.damaged") from error
