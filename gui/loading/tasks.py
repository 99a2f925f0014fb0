"""The work the window has done on its worker threads; nothing here touches a widget.

Everything heavy is imported in these functions, so that it loads after the window is up.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.jobs import Job
from engine.messages import Message, Problem
from gui import settings
from gui.state.active_model import ActiveModel, ModelSession
from gui.words import say

if TYPE_CHECKING:
    from engine.classify.bundle import Bundle
    from engine.classify.devices import Device
    from engine.classify.pipeline import ReadOrder, ReadSummary
    from engine.images.record import BadFile, ImageRecord
    from engine.images.source import Source
    from engine.project.classes import ClassEntry
    from engine.project.decisions import Decision
    from engine.project.library import ProjectCandidate
    from engine.project.link_result import LinkResult
    from engine.project.project import Project
    from gui.loading.recent_folders import RecentFolder

MODEL_SETTING = "model"
"""Under this the name of the model that a person chose is remembered."""

_FIRST_SECONDS = 0.05
_LONGEST_SECONDS = 1.6
_LARGEST_PART = 5_000
_MOST_RECENT = 12


@dataclass(frozen=True, slots=True)
class AvailableModels:
    """The models a person can choose from, each a name and its title, and the one in use."""

    choices: tuple[tuple[str, str], ...]
    active: ActiveModel
    in_preparation: str = ""
    """What the model is called, where its network is made now: once on a computer, in about a minute."""
    notes: tuple[Message, ...] = ()
    """What to say where it is not the model that was meant."""


def load_model(job: Job, room: ModelSession, name: str | None) -> AvailableModels:
    """Import what reading needs, find the model and load it; raises `Problem` where there is none.

    Without a name it is the one that a person chose last, if it is still there, else the default.
    """
    # Not needed here, but soon, some of it on the GUI thread, where it must not have to be loaded.
    from engine.classify import activation_maps, pipeline, reading_cache  # noqa: F401
    from engine.classify.devices import choose
    from engine.classify.models import find, ready, title_of, unmade

    room.enter(job)
    try:
        device = choose("auto")
        asked = name is not None
        name = name or _remembered()
        bundle = find(name)
        job.check()
        making = title_of(bundle) if unmade(bundle, device) else ""
        installed = _installed(bundle, device, in_preparation=making)
        # Told before the network is loaded: names of classes need not wait for it.
        job.partial(installed)
        if making:
            chosen = ready(job, name, device, again=asked)
            installed = _installed(chosen.bundle, device, notes=chosen.notes)
            job.partial(installed)
        room.runtime(job, installed.active)
        return installed
    finally:
        room.leave()


def _remembered() -> str | None:
    from engine.classify.models import installed

    name = settings.load_setting(MODEL_SETTING)
    return name if any(one.name == name and one.card for one in installed()) else None


def _installed(bundle: "Bundle", device: "Device", **told: Any) -> AvailableModels:
    from engine.classify import models
    from engine.images.class_set import load_class_set

    known = [model for model in models.installed() if model.card]
    titles = {
        model.name: say(Message("network.fast", {"name": model.title}))
        if model.fast and len(known) > 1
        else model.title
        for model in known
    }
    # A model from elsewhere is known by its path.
    name = bundle.folder.name if bundle.folder.name in titles else str(bundle.folder)
    titles.setdefault(name, bundle.card.name)
    class_set = load_class_set(bundle.card.class_set)
    engine = ActiveModel(name, bundle, class_set, device, models.title_of(bundle))
    return AvailableModels(tuple(titles.items()), engine, **told)


def scan_source(job: Job, *paths: Path) -> None:
    """Open a source, or several files and folders as one; hand out the source, then lists of its files."""
    from engine.images.source import open_source, open_together

    source = open_source(paths[0]) if len(paths) == 1 else open_together(paths)
    job.partial(source)
    for found in _in_growing_parts(source.scan(job)):
        job.partial(found)


def draw_sample(job: Job, folder: Path) -> Path:
    """Draw the sample into a folder unless it is there, and return the folder; raises `Problem`."""
    from engine.images.sample.writer import write_sample

    if not folder.exists():
        try:
            write_sample(folder, job)
        except OSError as error:
            reason = error.strerror or str(error)
            raise Problem("cli.os_error", path=str(folder), reason=reason) from error
    return folder


def read_images(
    job: Job,
    room: ModelSession,
    engine: ActiveModel,
    source: "Source",
    records: "Sequence[ImageRecord]",
    order: "ReadOrder",
) -> "ReadSummary":
    """Read images; partial results are the pipeline's. Raises `Problem` and `Cancelled`."""
    from engine.classify import pipeline
    from engine.classify.reading_cache import ReadingCache

    room.enter(job)
    try:
        runtime = room.runtime(job, engine)
        with ReadingCache(engine.card) as reading_cache:
            return pipeline.read(job, source, records, runtime, engine.card, reading_cache, order)
    finally:
        room.leave()


def _in_growing_parts(
    found: "Iterator[ImageRecord | BadFile]",
) -> "Iterator[list[ImageRecord | BadFile]]":
    # The first part soon, so that there is something to see; later ones larger, because each makes
    # the gallery lay out its rows anew.
    seconds = _FIRST_SECONDS
    until = time.monotonic() + seconds
    part: list[ImageRecord | BadFile] = []
    for one in found:
        part.append(one)
        if len(part) >= _LARGEST_PART or time.monotonic() >= until:
            yield part
            part = []
            seconds = min(2 * seconds, _LONGEST_SECONDS)
            until = time.monotonic() + seconds
    if part:
        yield part


@dataclass(frozen=True, slots=True)
class AttachedProject:
    """A project, what became of its images in the folder, and what it knows of them."""

    project: "Project"
    links: "LinkResult"
    decisions: "dict[str, Decision]"
    classes: "tuple[ClassEntry, ...]"
    dismissed: frozenset[str]
    moved: dict[str, Any]
    model: Path | None
    """The folder of the model that was adopted in it, if one was and is still there."""
    damaged: "tuple[Message, ...]" = ()
    """Other projects that were set aside, because they are damaged: one of them may be the folder's."""


@dataclass(frozen=True, slots=True)
class ProjectChoice:
    """Several projects may be that of the folder: a person chooses."""

    choices: "tuple[ProjectCandidate, ...]"


def attach_project(
    job: Job,
    source: "Source",
    records: "Sequence[ImageRecord]",
    file: Path | None = None,
    new: bool = False,
) -> "AttachedProject | ProjectChoice":
    """Find the project of a folder, or make one, and connect its images.

    `file` is the project that a person chose, `new` says that it shall be a new one. Raises `Problem`
    and `Cancelled`.
    """
    from engine.project.library import Library
    from engine.project.project import Project

    library = Library()
    if file is None and not new:
        match = library.find(job, source, records)
        if match.choices:
            return ProjectChoice(match.choices)
        file = match.project.summary.file if match.project else None
    damaged = tuple(
        message for message in library.unreadable().values() if message.id == "project.damaged"
    )
    project = (
        Project.open(file) if file else library.create(source, records, source.root.name or "/")
    )
    try:
        if file and not new:
            _check_fit(job, project, source, records)
        links = project.link(job, source, records)
        return replace(_attached(project, links), damaged=damaged)
    except BaseException:
        project.close()
        raise


def confirm_links(job: Job, project: "Project", source: "Source") -> "AttachedProject | None":
    """Hash in full what was linked without; return what is known now if that corrected anything."""
    links = project.verify_links(job, source)
    if not (links.moved or links.changed or links.ambiguous):
        return None
    return _attached(project, links)


@dataclass(frozen=True, slots=True)
class AdoptedProject:
    """A project's file, and the folder of its images if that is where it was."""

    file: Path
    root: Path | None


def _attached(project: "Project", links: "LinkResult") -> AttachedProject:
    from engine.train.current_model import adopted_model_dir

    return AttachedProject(
        project,
        links,
        project.decisions(),
        _classes(project),
        project.dismissed_findings(),
        project.moved_files(),
        adopted_model_dir(project),
    )


def adopt_project(job: Job, file: Path) -> AdoptedProject:
    """Take a project's file among those that are known; raises `Problem`."""
    from engine.project.library import Library

    library = Library()
    with library.adopt(file):
        pass
    root = next((head.root for head in library.recent() if head.file.samefile(file)), None)
    return AdoptedProject(file, root if root is not None and _is_there(root) else None)


def find_recent_folders(job: Job) -> "list[RecentFolder]":
    """Return the folders that were open before, the last one first."""
    from engine.project.library import Library
    from gui.loading.recent_folders import RecentFolder

    heads = [head for head in Library().recent() if head.root is not None and head.images]
    return [
        RecentFolder(
            head.name, head.root, head.opened, head.images, head.decided, _is_there(head.root)
        )
        for head in heads
        if head.root is not None
    ][:_MOST_RECENT]


def _is_there(folder: Path) -> bool:
    try:
        return folder.exists()
    except OSError:  # a path that this system cannot even look for
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
    kept = project.get("classes")
    if not kept:
        return ()
    from engine.project.classes import decode_classes

    return decode_classes(kept)
