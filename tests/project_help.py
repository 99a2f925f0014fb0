"""What tests of projects do: folders of images of which only the bytes matter, linked and read."""

import os
from pathlib import Path

from hostile import encoded, picture

from engine.images.record import ImageRecord
from engine.images.source import Source, open_source
from engine.jobs import Job
from engine.project.link_result import LinkResult
from engine.project.project import Project

JPEG = encoded(picture(0), "JPEG")


def image(number: int | str) -> bytes:
    """Return an image's file: other content, and mostly other size, for each number."""
    return JPEG + b"\0" * (hash_of(number) % 997) + str(number).encode()


def hash_of(number: int | str) -> int:
    """Return a number that is the same in every process."""
    return sum(ord(letter) * 31**place for place, letter in enumerate(str(number)))


def put(folder: Path, **files: int | str) -> None:
    """Write images: `put(folder, a=1)` makes a.jpg of content 1."""
    for name, number in files.items():
        write(folder / f"{name}.jpg", number)


def write(path: Path, number: int | str) -> Path:
    """Write one image, with a time of its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(image(number))
    return path


def touch(path: Path) -> None:
    """Give a file another time."""
    status = path.stat()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 10**9))


def scan(root: Path) -> tuple[Source, list[ImageRecord]]:
    """Open a folder and read what is there."""
    source = open_source(root)
    return source, [item for item in source.scan(Job()) if isinstance(item, ImageRecord)]


def link(project: Project, root: Path) -> LinkResult:
    """Open a folder and link it."""
    source, records = scan(root)
    return project.link(Job(), source, records)


def confirm(project: Project, root: Path) -> LinkResult:
    """Confirm a folder that was linked."""
    return project.verify_links(Job(), open_source(root))


def labels(project: Project) -> dict[str, str | None]:
    """Return the labels that images have now."""
    return {path: decision.label for path, decision in project.decisions().items()}
