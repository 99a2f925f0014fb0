"""Folders of images."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.images import layout
from engine.images.classes import ClassSet
from engine.images.decode import decode, decode_pixels
from engine.images.files import read_head, read_image_file, reason
from engine.images.layout import Place
from engine.images.natural import in_order
from engine.images.record import BadFile, ImageRecord, Picture, Pixels
from engine.images.signatures import READ, sniff, suffix_says
from engine.jobs import Job
from engine.messages import Message, Problem

_NOT_FOR_PEOPLE = frozenset(
    {
        "thumbs.db",
        "ehthumbs.db",
        "desktop.ini",
        "__macosx",
        "$recycle.bin",
        "system volume information",
        "lost+found",
        "@eadir",
        "#recycle",
    }
)
_REPORT_EVERY = 256

Identity = tuple[int, int]
"""What tells a folder from any other, by whatever path it is reached: device and inode."""


def hidden(name: str) -> bool:
    """Return whether a file or folder is meant for no person: a dot file, or a system's own."""
    return name.startswith(".") or name.casefold() in _NOT_FOR_PEOPLE


@dataclass(frozen=True, slots=True)
class _Folder:
    path: str
    place: Place
    above: tuple[Identity, ...] = ()
    link: bool = False


class FolderSource:
    """The images of a folder and of the folders below it, or only some of its files and folders.

    A link to a folder elsewhere is followed; a link to a folder that is reached anyway is not, so
    no image comes twice. Files whose names say nothing are known as images by their first bytes.
    """

    def __init__(self, root: Path, classes: ClassSet, only: Sequence[str] = ()) -> None:
        self.root = root
        self._prefix = os.fspath(root)
        self._real = os.path.realpath(root)
        self._classes = classes
        self._only = tuple(only)

    def scan(self, job: Job) -> Iterator[ImageRecord | BadFile]:
        """Yield images and bad files: of a folder first its files, then its subfolders, both in
        natural order. Holds the names of one folder at a time in memory."""
        done = 0
        for item in self._walk(job):
            job.check()
            if done % _REPORT_EVERY == 0:
                job.progress(done)
            done += 1
            yield item
        job.progress(done)

    def load(self, record: ImageRecord) -> Picture:
        """Decode and hash one image; raises `Problem` (`image.*`)."""
        return decode(read_image_file(self._full(record.path)))

    def digest(self, record: ImageRecord) -> str:
        """Return the hash that `load` gives, of the file that was scanned and of no other.

        Raises `Problem` (`image.*`).
        """
        full = self._full(record.path)
        data = read_image_file(full)
        try:
            status = os.stat(full)  # noqa: PTH116
        except OSError as error:
            raise Problem(reason(error).id, **reason(error).params) from error
        now = (status.st_size, status.st_mtime_ns, status.st_ino if record.inode else 0)
        if now != (record.size, record.mtime_ns, record.inode):
            raise Problem("image.changed")
        return hashlib.sha256(data).hexdigest()

    def preview(self, record: ImageRecord, edge: int) -> Pixels:
        """Decode one image, a JPEG smaller if still large enough for `edge`; raises `Problem`."""
        return decode_pixels(read_image_file(self._full(record.path)), edge)[0]

    def _full(self, path: str) -> str:
        return f"{self._prefix}{os.sep}{path}" if path else self._prefix

    def _walk(self, job: Job) -> Iterator[ImageRecord | BadFile]:
        walked: set[Identity] = set()
        waiting = [_Folder("", Place())]
        if self._only:
            waiting = []
            for path in self._only:
                place = self._place(path)
                link = os.path.islink(self._full(path))  # noqa: PTH114
                if os.path.isdir(self._full(path)):  # noqa: PTH112
                    waiting.append(_Folder(path, place, link=link))
                else:
                    bad = BadFile(path, Message("image.not_an_image"))
                    yield self._look(path, place, link) or bad
            waiting.reverse()
        while waiting:
            folder = waiting.pop()
            try:
                status = os.stat(self._full(folder.path))  # noqa: PTH116
                identity = (status.st_dev, status.st_ino)
                if identity in walked:
                    if identity in folder.above:
                        yield BadFile(folder.path, Message("image.link_loop"))
                    continue
                files, folders, links = self._entries(folder.path, job)
            except OSError as error:
                yield BadFile(folder.path or ".", _folder_reason(error))
                continue
            walked.add(identity)
            for name in in_order(files):
                link = folder.link or name in links
                if item := self._look(_join(folder.path, name), folder.place, link):
                    yield item
            below = []
            splits = self._splits(folder.path, folders)
            places = layout.places(folder.place, folders, splits, self._classes)
            for name, link in folders.items():
                path = _join(folder.path, name)
                if link and (seen := self._reached_anyway(path, folder.path)) is not None:
                    if seen:
                        yield BadFile(path, Message("image.link_loop"))
                    continue
                above = (*folder.above, identity)
                below.append(_Folder(path, places[name], above, folder.link or link))
            waiting += reversed(below)

    def _place(self, path: str) -> Place:
        """Return the place that the folders above a file or folder give it, and a folder's own name."""
        place = Place()
        names = path.split("/")
        if not os.path.isdir(self._full(path)):  # noqa: PTH112
            names.pop()
        for name in names:
            place = layout.places(place, [name], {}, self._classes)[name]
        return place

    def _entries(self, folder: str, job: Job) -> tuple[list[str], dict[str, bool], set[str]]:
        """Return the files, as they come, the folders of a folder, sorted, and which files are links."""
        files: list[str] = []
        links: set[str] = set()
        folders: dict[str, bool] = {}
        with os.scandir(self._full(folder)) as entries:
            for number, entry in enumerate(entries):
                if number % _REPORT_EVERY == 0:
                    job.check()
                if hidden(entry.name) or _hidden_on_windows(entry):
                    continue
                try:
                    inner = entry.is_dir()
                except OSError:
                    inner = False  # `_look` says what is wrong with it.
                if inner:
                    folders[entry.name] = entry.is_symlink()
                else:
                    files.append(entry.name)
                    if entry.is_symlink():
                        links.add(entry.name)
        return files, {name: folders[name] for name in in_order([*folders])}, links

    def _splits(self, folder: str, names: dict[str, bool]) -> dict[str, list[str]]:
        """Return the subfolders of each split folder, where there are several."""
        splits = [name for name in names if layout.split_of(name)]
        below: dict[str, list[str]] = {}
        for name in splits if len(splits) > 1 else []:
            try:
                with os.scandir(self._full(_join(folder, name))) as entries:
                    below[name] = [entry.name for entry in entries if entry.is_dir()]
            except OSError:
                continue  # The walk comes there and tells.
        return below

    def _reached_anyway(self, link: str, inside: str) -> bool | None:
        """Return None for a link worth following, True for one that leads around, False else."""
        target = os.path.realpath(self._full(link))
        if _contains(target, self._real) or _contains(target, os.path.realpath(self._full(inside))):
            return True
        if not _contains(self._real, target):
            return None
        return None if any(map(hidden, Path(os.path.relpath(target, self._real)).parts)) else False

    def _look(self, path: str, place: Place, link: bool) -> ImageRecord | BadFile | None:
        says = suffix_says(path)
        if says is False and path not in self._only:
            return None
        full = self._full(path)
        try:
            status = os.stat(full)  # noqa: PTH116  (Path costs as much as the call)
        except OSError as error:
            broken = error.errno == errno.ENOENT and Path(full).is_symlink()
            return (
                BadFile(path, Message("image.link_broken") if broken else reason(error))
                if says
                else None
            )
        if not stat.S_ISREG(status.st_mode):
            return BadFile(path, Message("image.special")) if says else None
        if says and not status.st_size:
            return BadFile(path, Message("image.empty"))
        if not says:
            kind = sniff(read_head(full))
            if kind is None:
                return None
            if kind not in READ:
                return BadFile(path, Message("image.unsupported", {"kind": kind}))
        return ImageRecord(
            path, place.label, place.split, status.st_size, status.st_mtime_ns,
            status.st_dev, status.st_ino, status.st_ctime_ns, link,
        )  # fmt: skip


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _contains(folder: str, path: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _hidden_on_windows(entry: os.DirEntry[str]) -> bool:
    if os.name != "nt":
        return False
    attributes = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
    return bool(attributes & stat.FILE_ATTRIBUTE_HIDDEN)


def _folder_reason(error: OSError) -> Message:
    why = reason(error)
    return Message("image.folder_denied") if why.id == "image.denied" else why
