"""Project tasks: find, attach, add and copy the project of a folder; run on worker threads.

Heavy modules are imported inside the functions, so that they load after the window is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.jobs import Job
from engine.messages import Message, Problem

if TYPE_CHECKING:
    from engine.images.folder_names import FolderNames
    from engine.images.record import ImageRecord
    from engine.images.source import Source
    from engine.project.classes import ClassEntry
    from engine.project.decisions import Decision
    from engine.project.library import Library, ProjectCandidate
    from engine.project.link_result import LinkResult
    from engine.project.project import Project
    from gui.loading.recent_folders import RecentFolder

_MAX_RECENT_FOLDERS = 12


@dataclass(frozen=True, slots=True)
class AttachedProject:
    """An open project, the links to its images in the folder, and its decisions."""

    project: "Project"
    links: "LinkResult"
    decisions: "dict[str, Decision]"
    classes: "tuple[ClassEntry, ...]"
    dismissed: frozenset[str]
    moved: dict[str, Any]
    model: Path | None
    """The folder of the model adopted in the project, if it can still be used."""
    folder_names: "FolderNames"
    """The classes that folder names were mapped to."""
    messages: "tuple[Message, ...]" = ()
    """On a missing model, and on damaged projects: one that was recovered, those that were skipped (one may
    be the folder's)."""


@dataclass(frozen=True, slots=True)
class ProjectChoice:
    """Several projects that may belong to the folder; a person chooses."""

    choices: "tuple[ProjectCandidate, ...]"


def attach_project(
    job: Job,
    source: "Source",
    records: "Sequence[ImageRecord]",
    file: Path | None = None,
    refused: frozenset[Path] | None = None,
) -> "AttachedProject | ProjectChoice":
    """Find or create the project of a folder and link its images.

    `file` is the project that a person chose; instead of the `refused` ones a person asked for a new one.
    Raises `Problem` and `Cancelled`.
    """
    from engine.project.library import Library
    from engine.project.project import Project
    from engine.project.recovery import explained_damage, opening_recovered

    library = Library()
    created: Project | None = None
    if file is None:
        found = _find_or_create(job, library, source, records, refused)
        if isinstance(found, ProjectChoice):
            return found
        if isinstance(found, Project):
            created = found
        else:
            file = found
    messages = tuple(
        explained
        for path, message in library.unreadable().items()
        if (explained := explained_damage(path, message)).id == "project.lost"
    )

    def attach(project: Project) -> AttachedProject:
        if file:
            _check_fit(job, project, source, records)
        return _attached(project, project.link(job, source, records))

    if file is not None:
        attached, recovery = opening_recovered(file, attach)
        if recovery is not None:
            messages += (recovery.message,)
        return replace(attached, messages=(*messages, *attached.messages))
    assert created is not None
    try:
        return replace(attach(created), messages=messages)
    except BaseException:
        created.close()
        raise


def _find_or_create(
    job: Job,
    library: "Library",
    source: "Source",
    records: "Sequence[ImageRecord]",
    refused: frozenset[Path] | None,
) -> "Path | Project | ProjectChoice":
    """Return the file of a folder's project, several to choose from, or a new project."""
    if refused is None:
        match = library.find(job, source, records)
        if match.choices:
            return ProjectChoice(match.choices)
        if match.project:
            return match.project.summary.file
    with library.creating(job):
        # Another window may have created the project of this folder meanwhile.
        match = library.find(job, source, records, refused=refused or ())
        if match.project and (refused is None or match.project.is_same_folder):
            return match.project.summary.file
        if match.choices and refused is None:
            return ProjectChoice(match.choices)
        return library.create(source, records, source.root.name or "/")


def confirm_links(job: Job, project: "Project", source: "Source") -> "AttachedProject | None":
    """Hash the images that were linked without reading them; return the state if that corrected a link."""
    links = project.verify_links(job, source)
    if not (links.moved or links.changed or links.ambiguous):
        return None
    return _attached(project, links)


@dataclass(frozen=True, slots=True)
class RegisteredProject:
    """A project's file, and the folder of its images, None if it was moved."""

    file: Path
    root: Path | None


def _attached(project: "Project", links: "LinkResult") -> AttachedProject:
    from engine.project.folder_names import FOLDER_NAMES_FIELD, decode_folder_names
    from engine.train.current_model import find_adopted_model

    adopted = find_adopted_model(project)
    return AttachedProject(
        project,
        links,
        project.decisions(),
        _classes(project),
        project.dismissed_findings(),
        project.moved_files(),
        adopted.bundle.folder if adopted.bundle else None,
        decode_folder_names(project.get(FOLDER_NAMES_FIELD)),
        (adopted.problem,) if adopted.problem else (),
    )


def register_project(job: Job, file: Path) -> RegisteredProject:
    """Add a project's file to the library; raises `Problem`."""
    from engine.project.library import Library

    library = Library()
    with library.register(file):
        pass
    root = next((head.root for head in library.recent() if head.file.samefile(file)), None)
    return RegisteredProject(file, root if root is not None and _exists(root) else None)


def find_recent_folders(job: Job) -> "list[RecentFolder]":
    """Return the folders that were opened before, the latest first."""
    from engine.project.library import Library
    from gui.loading.recent_folders import RecentFolder

    heads = [
        head
        for head in Library().recent()
        if head.root is not None and (head.images or head.fields)
    ]
    # A folder may have two projects, of its fields and of their cells; it opens as it was last open.
    latest: dict[Path | None, bool] = {}
    heads = [head for head in heads if latest.setdefault(head.root, head.fields) == head.fields]
    return [
        RecentFolder(
            head.name, head.root, head.opened, head.images, head.decided, _exists(head.root)
        )
        for head in heads
        if head.root is not None
    ][:_MAX_RECENT_FOLDERS]


def _exists(folder: Path) -> bool:
    try:
        return folder.exists()
    except OSError:  # a path that is not valid on this system
        return False


def save_project_copy(job: Job, project: "Project", file: Path) -> None:
    """Write the whole project as one file; raises `Problem`."""
    project.save_copy(file)


def _check_fit(
    job: Job, project: "Project", source: "Source", records: "Sequence[ImageRecord]"
) -> None:
    fit = project.match_folder(job, source, records)
    if fit.total and not fit.found:
        raise Problem("project.other_images", name=project.name, folder=source.root.name)


def _classes(project: "Project") -> "tuple[ClassEntry, ...]":
    stored = project.get("classes")
    if not stored:
        return ()
    from engine.project.classes import decode_classes

    return decode_classes(stored)
