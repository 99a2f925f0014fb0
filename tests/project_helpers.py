"""Helpers for tests of projects: folders of images whose bytes alone matter."""

import os
from pathlib import Path

from hostile import encode, smooth_image

from engine.images.record import ImageRecord
from engine.images.source import Source, open_source
from engine.jobs import Job
from engine.project.link_result import LinkResult
from engine.project.project import Project

JPEG = encode(smooth_image(0), "JPEG")


def image_bytes(number: int | str) -> bytes:
    """Return the content of an image file that differs for each number, mostly in size too."""
    return JPEG + b"\0" * (stable_hash(number) % 997) + str(number).encode()


def stable_hash(number: int | str) -> int:
    """Return a number that is the same in every process."""
    return sum(ord(letter) * 31**place for place, letter in enumerate(str(number)))


def write_images(folder: Path, **files: int | str) -> None:
    """Write images: `put(folder, a=1)` makes a.jpg of content 1."""
    for name, number in files.items():
        write_image(folder / f"{name}.jpg", number)


def write_image(path: Path, number: int | str) -> Path:
    """Write one image file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(image_bytes(number))
    return path


def advance_mtime(path: Path) -> None:
    """Advance the modification time of a file by one second."""
    status = path.stat()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 10**9))


def scan_folder(root: Path) -> tuple[Source, list[ImageRecord]]:
    """Open a folder and return its source and records."""
    source = open_source(root)
    return source, [item for item in source.scan(Job()) if isinstance(item, ImageRecord)]


def link_folder(project: Project, root: Path) -> LinkResult:
    """Open a folder and link it."""
    source, records = scan_folder(root)
    return project.link(Job(), source, records)


def confirm(project: Project, root: Path) -> LinkResult:
    """Verify the links of a folder by content."""
    return project.verify_links(Job(), open_source(root))


def current_labels(project: Project) -> dict[str, str | None]:
    """Return the current labels of the images."""
    return {path: decision.label for path, decision in project.decisions().items()}
