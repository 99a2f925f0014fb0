"""Project library: the projects of this computer, and the project that belongs to a folder."""

import hashlib
import os
import time
import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.damaged_data import DamagedData, decoding
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.paths import data_dir
from engine.project.decisions import decode_path, encode_path
from engine.project.fingerprint import SampleMatch, Sampler, folder_still_has
from engine.project.library_index import LibraryIndex, read_last_edit_of
from engine.project.metadata import ProjectSummary
from engine.project.project import SUFFIX, Project
from engine.project.project_title import INDEX_FILE, PROJECTS_DIR
from engine.project.reviewers import LastEdit
from engine.project.store import write_problem
from engine.project.writer_lock import WriterLock

if TYPE_CHECKING:
    from engine.images.record import ImageRecord
    from engine.images.source import Source

_POINTER_SUFFIX = ".elsewhere"
_LOCKED_NAME = "new-project"
_LOCK_PAUSE_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class ProjectCandidate:
    """A project that may belong to an opened folder.

    `is_same_folder`: the project was last linked to this path. `is_copy`: the project's folder is
    still in its place, so the opened folder is a copy of it. `last_edit` is read where a person has to
    choose.
    """

    summary: ProjectSummary
    match: SampleMatch
    is_same_folder: bool
    is_copy: bool
    last_edit: LastEdit | None = None


@dataclass(frozen=True, slots=True)
class FolderMatch:
    """The project of a folder, or the candidates to choose from, likeliest first."""

    project: ProjectCandidate | None = None
    choices: tuple[ProjectCandidate, ...] = ()


class Library:
    """The projects in one folder, and registered projects that are stored elsewhere."""

    def __init__(self, folder: Path | None = None) -> None:
        """Use `folder`, by default `projects` in the data folder."""
        self.folder = folder or data_dir() / PROJECTS_DIR
        self._index = LibraryIndex(self.folder / INDEX_FILE)

    def recent(self) -> list[ProjectSummary]:
        """Return all readable projects, most recently opened first."""
        return sorted(self._heads(), key=lambda head: head.opened, reverse=True)

    def last_opened(self, root: Path) -> Path | None:
        """Return the file of the project last opened for a folder, None where there is none."""
        real = os.path.realpath(root)
        opened = (summary for summary in self.recent() if summary.root is not None)
        return next((s.file for s in opened if os.path.realpath(s.root or "") == real), None)

    def unreadable(self) -> dict[Path, Message]:
        """Return the projects that cannot be read, each with the reason."""
        self._heads()
        return self._index.problems

    def find(
        self,
        job: Job,
        source: "Source",
        records: Sequence["ImageRecord"],
        *,
        refused: Collection[Path] = (),
    ) -> FolderMatch:
        """Return the project of an opened folder, recognised by a sample of its images' contents.

        Projects in the `refused` files are left out. Reads a few dozen files of the folder. Raises
        `Cancelled`.
        """
        from engine.fields.field_source import holds_fields

        sampler = Sampler(job, source, records)
        root = os.path.realpath(source.root)
        # A folder may have two projects, of its fields and of their cells, with the same sample.
        are_cells = holds_fields(source)
        summaries = [
            summary
            for summary in self.recent()
            if summary.fields == are_cells and summary.file not in refused
        ]
        same_root = [
            summary for summary in summaries if summary.root and os.fspath(summary.root) == root
        ]
        unsampled = [summary for summary in same_root if not summary.sample]
        if unsampled and not sampler.sample():
            # Without a readable image a folder is recognised by its place alone.
            match = SampleMatch(0, 0)
            return FolderMatch(
                ProjectCandidate(unsampled[0], match, is_same_folder=True, is_copy=False)
            )
        same_folder = [
            ProjectCandidate(summary, match, is_same_folder=True, is_copy=False)
            for summary in same_root
            if (match := sampler.match(summary.sample)).is_possible
        ]
        # A folder in its old place is recognised even if it has grown. Of several projects there
        # (one may hold a single image) only one may match that well.
        for chosen in (
            [candidate for candidate in same_folder if candidate.match.is_certain],
            [candidate for candidate in same_folder if candidate.match.has_most_images],
        ):
            if len(chosen) == 1:
                return FolderMatch(chosen[0])
            if chosen:
                break
        elsewhere = [
            ProjectCandidate(
                summary,
                match,
                is_same_folder=False,
                is_copy=bool(summary.root and folder_still_has(summary.root, summary.sample)),
            )
            for summary in summaries
            if summary not in same_root and (match := sampler.match(summary.sample)).is_possible
        ]
        candidates = sorted(
            same_folder + elsewhere,
            key=lambda candidate: (candidate.is_same_folder, candidate.match.similarity),
            reverse=True,
        )
        certain = [candidate for candidate in candidates if candidate.match.is_certain]
        if len(certain) == 1 and not (same_folder or certain[0].is_copy):
            return FolderMatch(certain[0])  # The others share only some of the images.
        return FolderMatch(None, tuple(map(_with_last_edit, candidates)))

    @contextmanager
    def creating(self, job: Job) -> Iterator[None]:
        """Let no other window or program create a project meanwhile; waits for one that does.

        Raises `Cancelled`.
        """
        lock = WriterLock(self.folder / _LOCKED_NAME)
        with suppress(
            OSError
        ):  # Where no lock can be written, no project can either: `create` says so.
            self.folder.mkdir(parents=True, exist_ok=True)
            while not lock.acquire():
                job.check()
                time.sleep(_LOCK_PAUSE_SECONDS)
        try:
            yield
        finally:
            lock.release()

    def create(self, source: "Source", records: Sequence["ImageRecord"], name: str) -> Project:
        """Create the project of an opened folder; raises `Problem` (`project.*`)."""
        project = Project.create(self.folder / f"{uuid.uuid4()}{SUFFIX}", name)
        try:
            project.record_folder(Job(), source, records)
        except BaseException:
            project.close()
            raise
        return project

    def register(self, file: Path) -> Project:
        """Open a project file in its place and add it to the library; raises `Problem`.

        Its images may lie elsewhere on this computer: `Project.match_folder` checks a folder.
        """
        project = Project.open(file)
        file = Path(os.path.realpath(file))
        if file.parent != Path(os.path.realpath(self.folder)):
            path_bytes = encode_path(os.fspath(file))
            name = hashlib.blake2b(path_bytes, digest_size=16).hexdigest()
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                (self.folder / f"{name}{_POINTER_SUFFIX}").write_bytes(path_bytes)
            except OSError as error:
                project.close()
                raise write_problem(self.folder, error) from error
        return project

    def _heads(self) -> list[ProjectSummary]:
        files: list[Path] = []
        with suppress(OSError):
            files += sorted(self.folder.glob(f"*{SUFFIX}"))
            pointers = sorted(self.folder.glob(f"*{_POINTER_SUFFIX}"))
            files += [file for pointer in pointers if (file := _read_pointer(pointer))]
        return self._index.summaries(files)


def _with_last_edit(candidate: ProjectCandidate) -> ProjectCandidate:
    with suppress(Problem, OSError):
        return replace(candidate, last_edit=read_last_edit_of(candidate.summary.file))
    return candidate


def _read_pointer(pointer: Path) -> Path | None:
    """Return the project file that a pointer names; None if it is missing or the pointer is damaged."""
    try:
        with decoding():
            file = Path(decode_path(pointer.read_bytes()))
            return file if file.is_absolute() and file.exists() else None
    except (OSError, DamagedData):
        return None
