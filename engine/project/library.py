"""All projects of this computer: which one a folder belongs to, and which were used last."""

import hashlib
import os
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.jobs import Job
from engine.messages import Message
from engine.paths import data_dir
from engine.project.about import Head
from engine.project.fingerprint import Fit, Sampler, still_at
from engine.project.index import Index
from engine.project.project import SUFFIX, Project
from engine.project.store import cannot_write
from engine.project.values import to_bytes, to_path
from engine.stored import Damaged, decoding

if TYPE_CHECKING:
    from engine.images.record import ImageRecord
    from engine.images.source import Source

_POINTER = ".elsewhere"


@dataclass(frozen=True, slots=True)
class Found:
    """A project that may be an opened folder's.

    `here`: the folder is where the project's was. `copied`: the project's own folder is still where
    it was, so what was opened is a copy of it.
    """

    head: Head
    fit: Fit
    here: bool
    copied: bool


@dataclass(frozen=True, slots=True)
class Match:
    """The one project of a folder, or those that a person has to choose from, likeliest first."""

    project: Found | None = None
    choices: tuple[Found, ...] = ()


class Library:
    """The projects in one folder, and those elsewhere that were adopted."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` is by default `projects` in the folder of what a person made."""
        self.folder = folder or data_dir() / "projects"
        self._index = Index(self.folder / "index.json")

    def recent(self) -> list[Head]:
        """Return all projects that can be read, those opened last first."""
        return sorted(self._heads(), key=lambda head: head.opened, reverse=True)

    def unreadable(self) -> dict[Path, Message]:
        """Return why projects that are there are not among `recent`."""
        self._heads()
        return self._index.problems

    def find(self, job: Job, source: "Source", records: Sequence["ImageRecord"]) -> Match:
        """Return the project of an opened folder, known by a sample of its images' contents.

        Reads some dozens of its files. Raises `Cancelled`.
        """
        sampler = Sampler(job, source, records)
        root = os.path.realpath(source.root)
        heads = self.recent()
        at_home = [head for head in heads if head.root and os.fspath(head.root) == root]
        here = [
            Found(head, fit, here=True, copied=False)
            for head in at_home
            if (fit := sampler.fit(head.sample)).possible
        ]
        # A folder that has not moved is known though it has grown much; of several projects there,
        # such as one of a single image, the one of the whole folder is meant.
        for chosen in ([f for f in here if f.fit.sure], [f for f in here if f.fit.kept]):
            if len(chosen) == 1:
                return Match(chosen[0])
            if chosen:
                break
        others = [
            Found(
                head, fit, here=False, copied=bool(head.root and still_at(head.root, head.sample))
            )
            for head in heads
            if head not in at_home and (fit := sampler.fit(head.sample)).possible
        ]
        found = sorted(here + others, key=lambda one: (one.here, one.fit.alike), reverse=True)
        sure = [one for one in found if one.fit.sure]
        if len(sure) == 1 and not (here or sure[0].copied):
            return Match(sure[0])  # Any other shares no more than a part of the images.
        return Match(None, tuple(found))

    def create(self, source: "Source", records: Sequence["ImageRecord"], name: str) -> Project:
        """Make the project of an opened folder; raises `Problem` (`project.*`)."""
        project = Project.create(self.folder / f"{uuid.uuid4()}{SUFFIX}", name)
        try:
            project.note_folder(Job(), source, records)
        except BaseException:
            project.close()
            raise
        return project

    def adopt(self, file: Path) -> Project:
        """Open a project's file where it lies, and know it from now on; raises `Problem`.

        Its images may be at another place here: ask for it, and see what `Project.suits` says.
        """
        project = Project.open(file)
        file = Path(os.path.realpath(file))
        if file.parent != Path(os.path.realpath(self.folder)):
            place = to_bytes(os.fspath(file))
            name = hashlib.blake2b(place, digest_size=16).hexdigest()
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                (self.folder / f"{name}{_POINTER}").write_bytes(place)
            except OSError as error:
                project.close()
                raise cannot_write(self.folder, error) from error
        return project

    def _heads(self) -> list[Head]:
        files: list[Path] = []
        with suppress(OSError):
            files += sorted(self.folder.glob(f"*{SUFFIX}"))
            pointers = sorted(self.folder.glob(f"*{_POINTER}"))
            files += [file for pointer in pointers if (file := _pointed_at(pointer))]
        return self._index.heads(files)


def _pointed_at(pointer: Path) -> Path | None:
    """Return the project elsewhere that a pointer leads to; None where it is not there, or was damaged."""
    try:
        with decoding():
            file = Path(to_path(pointer.read_bytes()))
            return file if file.is_absolute() and file.exists() else None
    except (OSError, Damaged):
        return None
