"""Image folders: a source that walks a folder tree and reports images and unreadable files."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.images import folder_layout
from engine.images.budget import image_budget, reserve_memory
from engine.images.class_set import ClassSet
from engine.images.decoder import decode, decode_pixels
from engine.images.file_sample import sample_checksum
from engine.images.file_signatures import READABLE_FORMATS, detect_format, has_image_suffix
from engine.images.folder_layout import FolderLabel
from engine.images.image_files import explain_os_error, read_header, read_image_file
from engine.images.natural_order import sort_naturally
from engine.images.record import BadFile, ImageRecord, LoadedImage, Pixels
from engine.jobs import Job
from engine.messages import Message, Problem

_SYSTEM_NAMES = frozenset(
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

FolderIdentity = tuple[int, int]
"""Device and inode, which identify a folder whatever path leads to it."""


def is_hidden(name: str) -> bool:
    """Return whether a file or folder is hidden: a dot file, or one of the operating system."""
    return name.startswith(".") or name.casefold() in _SYSTEM_NAMES


@dataclass(frozen=True, slots=True)
class _Folder:
    path: str
    place: FolderLabel
    above: tuple[FolderIdentity, ...] = ()
    link: bool = False


class FolderSource:
    """Images of a folder and its subfolders, or of a selection (`only`) of its files and folders.

    Links to folders outside are followed; links to folders inside are not, so no image occurs
    twice. Files without a known suffix are recognised by their first bytes.
    """

    def __init__(self, root: Path, classes: ClassSet, only: Sequence[str] = ()) -> None:
        self.root = root
        self._prefix = os.fspath(root)
        self._real = os.path.realpath(root)
        self._classes = classes
        self._only = tuple(only)
        self._linked_folders: dict[str, None] = {}

    @property
    def folders(self) -> Sequence[Path]:
        """The folders whose images are read, and those outside that links led to in a scan."""
        paths = map(self._full_path, self._only or [""])
        chosen = [Path(path) for path in paths if os.path.isdir(path)]  # noqa: PTH112
        return [*chosen, *map(Path, self._linked_folders)]

    def scan(self, job: Job) -> Iterator[ImageRecord | BadFile]:
        """Yield images and bad files: first the files of a folder, then its subfolders, in natural order.

        Only the names of one folder at a time are held in memory.
        """
        done = 0
        for item in self._walk(job):
            job.check()
            if done % _REPORT_EVERY == 0:
                job.progress(done)
            done += 1
            yield item
        job.progress(done)

    def load(self, record: ImageRecord) -> LoadedImage:
        """Decode and hash one image; raises `Problem` (`image.*`)."""
        with image_budget(), reserve_memory(file_bytes=record.size):
            return decode(read_image_file(self._full_path(record.path)))

    def digest(self, record: ImageRecord) -> str:
        """Return the content hash as `load` does, and only for the file that was scanned.

        Raises `Problem` (`image.*`).
        """
        full = self._full_path(record.path)
        data = read_image_file(full)
        try:
            status = os.stat(full)  # noqa: PTH116
        except OSError as error:
            raise Problem(explain_os_error(error).id, **explain_os_error(error).params) from error
        current = (status.st_size, status.st_mtime_ns, status.st_ino if record.inode else 0)
        if current != (record.size, record.mtime_ns, record.inode):
            raise Problem("image.changed")
        return hashlib.sha256(data).hexdigest()

    def preview(self, record: ImageRecord, edge: int) -> Pixels:
        """Decode one image; a JPEG may be smaller, but not below `edge`. Raises `Problem` (`image.*`)."""
        with image_budget(), reserve_memory(file_bytes=record.size):
            return decode_pixels(read_image_file(self._full_path(record.path)), edge)[0]

    def _full_path(self, path: str) -> str:
        return f"{self._prefix}{os.sep}{path}" if path else self._prefix

    def _walk(self, job: Job) -> Iterator[ImageRecord | BadFile]:
        visited: set[FolderIdentity] = set()
        pending = [_Folder("", FolderLabel())]
        if self._only:
            pending = []
            for path in self._only:
                place = self._label_for(path)
                link = os.path.islink(self._full_path(path))  # noqa: PTH114
                if os.path.isdir(self._full_path(path)):  # noqa: PTH112
                    pending.append(_Folder(path, place, link=link))
                else:
                    bad = BadFile(path, Message("image.not_an_image"))
                    yield self._inspect_file(path, place, link) or bad
            pending.reverse()
        while pending:
            folder = pending.pop()
            try:
                status = os.stat(self._full_path(folder.path))  # noqa: PTH116
                identity = (status.st_dev, status.st_ino)
                if identity in visited:
                    if identity in folder.above:
                        yield BadFile(folder.path, Message("image.link_loop"))
                    continue
                files, folders, links = self._list_folder(folder.path, job)
            except OSError as error:
                yield BadFile(folder.path or ".", _explain_folder_error(error))
                continue
            visited.add(identity)
            for name in sort_naturally(files):
                link = folder.link or name in links
                if item := self._inspect_file(_join(folder.path, name), folder.place, link):
                    yield item
            below = []
            splits = self._list_split_folders(folder.path, folders)
            places = folder_layout.label_subfolders(folder.place, folders, splits, self._classes)
            for name, link in folders.items():
                path = _join(folder.path, name)
                if link and (is_loop := self._check_link(path, folder.path)) is not None:
                    if is_loop:
                        yield BadFile(path, Message("image.link_loop"))
                    continue
                if link:
                    self._linked_folders[os.path.realpath(self._full_path(path))] = None
                above = (*folder.above, identity)
                below.append(_Folder(path, places[name], above, folder.link or link))
            pending += reversed(below)

    def _label_for(self, path: str) -> FolderLabel:
        """Return the label that the folders above a path, and a folder's own name, give it."""
        place = FolderLabel()
        names = path.split("/")
        if not os.path.isdir(self._full_path(path)):  # noqa: PTH112
            names.pop()
        for name in names:
            place = folder_layout.label_subfolders(place, [name], {}, self._classes)[name]
        return place

    def _list_folder(self, folder: str, job: Job) -> tuple[list[str], dict[str, bool], set[str]]:
        """Return a folder's files (unsorted), its subfolders (sorted; True: a link), and links to files."""
        files: list[str] = []
        links: set[str] = set()
        folders: dict[str, bool] = {}
        with os.scandir(self._full_path(folder)) as entries:
            for number, entry in enumerate(entries):
                if number % _REPORT_EVERY == 0:
                    job.check()
                if is_hidden(entry.name) or _hidden_on_windows(entry):
                    continue
                try:
                    is_folder = entry.is_dir()
                except OSError:
                    is_folder = False  # `_inspect_file` reports the error.
                if is_folder:
                    folders[entry.name] = entry.is_symlink()
                else:
                    files.append(entry.name)
                    if entry.is_symlink():
                        links.add(entry.name)
        return files, {name: folders[name] for name in sort_naturally([*folders])}, links

    def _list_split_folders(self, folder: str, names: dict[str, bool]) -> dict[str, list[str]]:
        """Return the subfolders of each split folder, if there are at least two split folders."""
        splits = [name for name in names if folder_layout.parse_split(name)]
        below: dict[str, list[str]] = {}
        for name in splits if len(splits) > 1 else []:
            try:
                with os.scandir(self._full_path(_join(folder, name))) as entries:
                    below[name] = [entry.name for entry in entries if entry.is_dir()]
            except OSError:
                continue  # The walk reports the error.
        return below

    def _check_link(self, link: str, inside: str) -> bool | None:
        """Return None for a link to follow, True for one that forms a loop, False for one to skip."""
        target = os.path.realpath(self._full_path(link))
        if _contains(target, self._real) or _contains(
            target, os.path.realpath(self._full_path(inside))
        ):
            return True
        if not _contains(self._real, target):
            return None
        return (
            None if any(map(is_hidden, Path(os.path.relpath(target, self._real)).parts)) else False
        )

    def _inspect_file(
        self, path: str, place: FolderLabel, link: bool
    ) -> ImageRecord | BadFile | None:
        by_suffix = has_image_suffix(path)
        if by_suffix is False and path not in self._only:
            return None
        full = self._full_path(path)
        try:
            status = os.stat(full)  # noqa: PTH116  (Path costs as much as the call)
        except OSError as error:
            is_broken = error.errno == errno.ENOENT and Path(full).is_symlink()
            return (
                BadFile(
                    path, Message("image.link_broken") if is_broken else explain_os_error(error)
                )
                if by_suffix
                else None
            )
        if not stat.S_ISREG(status.st_mode):
            return BadFile(path, Message("image.special")) if by_suffix else None
        if by_suffix and not status.st_size:
            return BadFile(path, Message("image.empty"))
        if not by_suffix:
            kind = detect_format(read_header(full))
            if kind is None:
                return None
            if kind not in READABLE_FORMATS:
                return BadFile(path, Message("image.unsupported", {"kind": kind}))
        return ImageRecord(
            path, place.label, place.split, status.st_size, status.st_mtime_ns,
            status.st_dev, status.st_ino, status.st_ctime_ns, link,
            sample_checksum(full, status.st_size), place.unknown_names,
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


def _explain_folder_error(error: OSError) -> Message:
    message = explain_os_error(error)
    return Message("image.folder_denied") if message.id == "image.denied" else message
