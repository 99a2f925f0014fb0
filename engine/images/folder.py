"""Folders of images."""

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from engine.images.classes import ClassSet
from engine.images.decode import decode
from engine.images.record import BadFile, ImageRecord, Picture, Pixels
from engine.jobs import Job
from engine.messages import Problem

_SUFFIXES = {".jpg", ".jpeg", ".png", ".bmp", ".webp", ".gif", ".tif", ".tiff"}
_DIGITS = re.compile(r"([0-9]+)")


def natural_key(name: str) -> tuple[object, ...]:
    """Return what sorts `cell2` before `cell10`: a total order, the same on every computer."""
    folded = unicodedata.normalize("NFC", name).casefold()
    parts = _DIGITS.split(folded)
    numbers = (part.lstrip("0") for part in parts[1::2])
    parts[1::2] = [f"{len(number):09d}{number}" for number in numbers]
    return (*parts, name) if len(parts) % 2 == 0 else (*parts, "", name)


class FolderSource:
    """The images of a folder and of the folders below it."""

    def __init__(self, root: Path, classes: ClassSet) -> None:
        self.root = root
        self._classes = classes

    def scan(self, job: Job) -> Iterator[ImageRecord | BadFile]:
        """Yield the images, folder by folder in natural order."""
        stack: list[tuple[str, str | None]] = [("", None)]
        done = 0
        while stack:
            folder, label = stack.pop()
            entries = sorted(os.scandir(self.root / folder), key=lambda entry: natural_key(entry.name))
            below = []
            for entry in entries:
                job.check()
                path = f"{folder}/{entry.name}" if folder else entry.name
                if entry.name.startswith("."):
                    continue
                if entry.is_dir():
                    found = self._classes.find(entry.name)
                    below.append((path, found.id if found else label))
                elif Path(entry.name).suffix.lower() in _SUFFIXES:
                    stat = entry.stat()
                    done += 1
                    if done % 256 == 0:
                        job.progress(done)
                    yield ImageRecord(path, label, None, stat.st_size, stat.st_mtime_ns)
            stack += reversed(below)

    def load(self, record: ImageRecord) -> Picture:
        """Decode and hash one image; raises `Problem` (`image.*`)."""
        try:
            data = (self.root / record.path).read_bytes()
        except OSError as error:
            raise Problem("image.gone") from error
        return decode(data)

    def preview(self, record: ImageRecord, edge: int) -> Pixels:
        """Decode one image; raises `Problem` (`image.*`)."""
        return self.load(record).pixels
