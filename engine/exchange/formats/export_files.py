"""Exported image files: their content, and names that are valid on every file system."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from engine.exchange.export_row import ExportRow
from engine.fields.cell_path import split_cell_path
from engine.images.file_signatures import has_image_suffix
from engine.images.image_files import read_image_file
from engine.images.record import ImageRecord
from engine.images.source import Source
from engine.messages import Problem
from engine.text import to_printable

_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
_MAX_NAME_LENGTH = 120


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """An exported image: its row, the file's relative POSIX path, and (width, height) in pixels."""

    row: ExportRow
    file: str
    sha256: str
    size: tuple[int, int]

    @property
    def name(self) -> str:
        """The file's name without its folders."""
        return PurePosixPath(self.file).name

    @property
    def stem(self) -> str:
        """The name without its suffix."""
        return PurePosixPath(self.file).stem


def read_export_content(source: Source, record: ImageRecord) -> tuple[bytes, str]:
    """Return an image's file unchanged and its suffix; for an image in an archive a PNG.

    Raises `Problem` (`image.*`).
    """
    file = source.root / record.path
    if file.is_file():
        suffix = PurePosixPath(record.path).suffix
        return read_image_file(file), suffix if has_image_suffix(record.path) else ".img"
    from engine.images.png import encode_png

    return encode_png(source.load(record).pixels), ".png"


class UniqueNames:
    """File names of one export; no two in a folder have the same stem, ignoring case."""

    def __init__(self) -> None:
        self._taken: set[tuple[str, str]] = set()

    def reserve(self, folder: str, path: str, suffix: str, digest: str) -> str:
        """Return a new relative path in `folder`, close to the image's own name; `digest` makes it unique."""
        stem = PurePosixPath(to_printable(path)).stem if path else digest[:16]
        if parts := split_cell_path(path):
            # The same box may occur in many fields.
            stem = f"{PurePosixPath(to_printable(parts[0])).stem}_{stem}"
        stem = _UNSAFE.sub("_", unicodedata.normalize("NFC", stem)).strip(" .")[:_MAX_NAME_LENGTH]
        if not stem or _RESERVED.fullmatch(stem) or stem.startswith(("-", "=", "+", "@", "~")):
            stem = f"image_{stem}"
        candidate, number = stem, 1
        while (folder, candidate.casefold()) in self._taken:
            candidate = f"{stem}-{digest[:12]}" + (f"-{number}" if number > 1 else "")
            number += 1
        self._taken.add((folder, candidate.casefold()))
        return f"{folder}/{candidate}{suffix}" if folder else f"{candidate}{suffix}"


def check_folder_name(label: str) -> None:
    """Raise `Problem` (`export.bad_class`) unless a class is a valid folder name on every system."""
    is_valid = (
        label == unicodedata.normalize("NFC", label).strip(" .")
        and label == to_printable(label)
        and not _UNSAFE.search(label)
        and not _RESERVED.fullmatch(label)
        and not label.startswith((".", "-"))
        and 0 < len(label.encode()) < _MAX_NAME_LENGTH
    )
    if not is_valid:
        raise Problem("export.bad_class", label=to_printable(label))


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()
