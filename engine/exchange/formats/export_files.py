"""Images on their way out: their bytes, and names that no file system confuses."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from engine.exchange.export_row import Row
from engine.images.file_signatures import suffix_says
from engine.images.image_files import read_image_file
from engine.images.record import ImageRecord
from engine.images.source import Source
from engine.messages import Problem
from engine.writing import to_printable

_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Placed:
    """An image that was written: what is known of it, its file's relative POSIX path, width, height."""

    row: Row
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


def content(source: Source, record: ImageRecord) -> tuple[bytes, str]:
    """Return an image's file as it is, and its suffix; a PNG where it lies in an archive.

    Raises `Problem` (`image.*`).
    """
    file = source.root / record.path
    if file.is_file():
        suffix = PurePosixPath(record.path).suffix
        return read_image_file(file), suffix if suffix_says(record.path) else ".img"
    import cv2

    done, data = cv2.imencode(".png", source.load(record).pixels[..., ::-1])
    assert done
    return data.tobytes(), ".png"


class Names:
    """Names that were given in one export; no two of a folder share a stem, whatever their case."""

    def __init__(self) -> None:
        self._given: set[tuple[str, str]] = set()

    def give(self, folder: str, path: str, suffix: str, digest: str) -> str:
        """Return a file's relative path in `folder`: its own name where that is free and harmless."""
        stem = PurePosixPath(to_printable(path)).stem if path else digest[:16]
        stem = _UNSAFE.sub("_", unicodedata.normalize("NFC", stem)).strip(" .")[:_LONGEST]
        if not stem or _RESERVED.fullmatch(stem) or stem.startswith(("-", "=", "+", "@", "~")):
            stem = f"image_{stem}"
        wanted = stem
        for more in (
            f"{stem}-{digest[:12]}",
            *(f"{stem}-{digest[:12]}-{n}" for n in range(2, 100_000)),
        ):
            if (folder, wanted.casefold()) not in self._given:
                break
            wanted = more
        self._given.add((folder, wanted.casefold()))
        return f"{folder}/{wanted}{suffix}" if folder else f"{wanted}{suffix}"


def check_folder_name(label: str) -> None:
    """Raise `Problem` (`export.bad_class`) unless a class can be the name of a folder anywhere."""
    harmless = (
        label == unicodedata.normalize("NFC", label).strip(" .")
        and label == to_printable(label)
        and not _UNSAFE.search(label)
        and not _RESERVED.fullmatch(label)
        and not label.startswith((".", "-"))
        and 0 < len(label.encode()) < _LONGEST
    )
    if not harmless:
        raise Problem("export.bad_class", label=to_printable(label))


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()
