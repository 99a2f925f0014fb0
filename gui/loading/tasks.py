"""Loading tasks: the functions that the folder loader runs on worker threads; no widgets here.

Heavy modules are imported inside the functions, so that they load after the window is shown.
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
    from engine.classify.pipeline import ReadQueue, ReadSummary
    from engine.images.folder_names import FolderNames
    from engine.images.record import BadFile, ImageRecord
    from engine.images.source import Source
    from engine.project.classes import ClassEntry
    from engine.project.decisions import Decision
    from engine.project.library import ProjectCandidate
    from engine.project.link_result import LinkResult
    from engine.project.metadata import ProjectSummary
    from engine.project.project import Project
    from gui.loading.recent_folders import RecentFolder

MODEL_SETTING = "model"
"""The setting that holds the name of the model that a person chose."""

_FIRST_BATCH_SECONDS = 0.05
_MAX_BATCH_SECONDS = 1.6
_MAX_BATCH = 5_000
_MAX_RECENT_FOLDERS = 12


@dataclass(frozen=True, slots=True)
class AvailableModels:
    """The models a person can choose from, and the active one."""

    choices: tuple[tuple[str, str], ...]
    """(name, title) of each model."""
    active: ActiveModel
    in_preparation: str = ""
    """The title of the model while its network is being made (once per computer)."""
    notes: tuple[Message, ...] = ()
    """Messages if the active model is not the requested one."""


def load_model(job: Job, model_session: ModelSession, name: str | None) -> AvailableModels:
    """Find the model and load its network; raises `Problem` where there is none.

    Without a name: the model that a person chose last, if it still exists, else the default.
    """
    # Needed soon, partly on the GUI thread, where importing them would block the window.
    from engine.classify import activation_maps, pipeline, reading_cache  # noqa: F401
    from engine.classify.devices import choose_device
    from engine.classify.models import model_title, needs_network, open_model, prepare_model

    model_session.acquire(job)
    try:
        device = choose_device("auto")
        was_named = name is not None
        name = name or _stored_model()
        bundle = open_model(name)
        job.check()
        making = model_title(bundle) if needs_network(bundle, device) else ""
        models = _available_models(bundle, device, in_preparation=making)
        # Reported before the network is loaded: class names need not wait for it.
        job.partial(models)
        if making:
            chosen = prepare_model(job, name, device, retry=was_named)
            models = _available_models(chosen.bundle, device, notes=chosen.notes)
            job.partial(models)
        model_session.runtime(job, models.active)
        return models
    finally:
        model_session.release()


def _stored_model() -> str | None:
    from engine.classify.models import installed_models

    name = settings.load_setting(MODEL_SETTING)
    return name if any(model.name == name and model.card for model in installed_models()) else None


def _available_models(bundle: "Bundle", device: "Device", **details: Any) -> AvailableModels:
    from engine.classify import models
    from engine.classify.calibrator import Calibrator
    from engine.classify.unknown_score import UnknownScore
    from engine.images.class_set import load_class_set

    installed = [model for model in models.installed_models() if model.card]
    titles = {
        model.name: say(Message("network.fast", {"name": model.title}))
        if model.is_fast and len(installed) > 1
        else model.title
        for model in installed
    }
    # A model outside the models folder is named by its path.
    name = bundle.folder.name if bundle.folder.name in titles else str(bundle.folder)
    titles.setdefault(name, bundle.card.name)
    class_set = load_class_set(bundle.card.class_set)
    calibrator, title = Calibrator.of_bundle(bundle), models.model_title(bundle)
    active = ActiveModel(
        name, bundle, class_set, device, calibrator, title, UnknownScore.of_bundle(bundle)
    )
    return AvailableModels(tuple(titles.items()), active, **details)


def scan_source(
    job: Job, paths: Sequence[Path], project: Path | None = None, fields: bool | None = None
) -> None:
    """Open a source, or several paths as one; partial results: the source, then lists of its records.

    With `fields`, the images are the cells of the fields there. Without (None) it is decided as when the
    folder was last open: `project` is the file of its project, where that is known.
    """
    from engine.fields.field_source import FieldSource
    from engine.images.class_set import load_class_set
    from engine.images.source import open_selection, open_source
    from engine.project.cell_boxes import read_decided_cells

    source = open_source(paths[0]) if len(paths) == 1 else open_selection(paths)
    latest = _latest_project(paths, project, fields)
    if fields is None:
        fields = latest is not None and latest.fields
    if fields:
        decided = read_decided_cells(latest.file) if latest and latest.fields else []
        source = FieldSource(source, load_class_set(), decided)
    job.partial(source)
    for batch in _growing_batches(source.scan(job)):
        job.partial(batch)


def _latest_project(
    paths: Sequence[Path], project: Path | None, fields: bool | None
) -> "ProjectSummary | None":
    """Return the project with which a folder was last open, as fields or not; None where there is none."""
    from engine.project.library import Library
    from engine.project.library_index import read_project_summary

    if project is not None:
        return read_project_summary(project)
    if len(paths) != 1 or not paths[0].is_dir():
        return None
    root = paths[0].resolve()
    heads = [head for head in Library().recent() if head.root == root]
    return next((head for head in heads if fields in (None, head.fields)), None)


def draw_sample(job: Job, folder: Path) -> Path:
    """Draw the sample into a folder unless it exists; return the folder. Raises `Problem`."""
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
    model_session: ModelSession,
    model: ActiveModel,
    source: "Source",
    records: "Sequence[ImageRecord]",
    order: "ReadQueue",
) -> "ReadSummary":
    """Read images with a model; partial results come from the pipeline. Raises `Problem` and `Cancelled`."""
    from engine.classify import pipeline
    from engine.classify.reading_cache import ReadingCache

    model_session.acquire(job)
    try:
        runtime = model_session.runtime(job, model)
        with ReadingCache(model.card) as cache:
            return pipeline.read_images(job, source, records, runtime, model.card, cache, order)
    finally:
        model_session.release()


def _growing_batches(
    records: "Iterator[ImageRecord | BadFile]",
) -> "Iterator[list[ImageRecord | BadFile]]":
    # The first batch soon, so that images appear at once; later ones larger, because each makes the
    # gallery lay out its rows again.
    seconds = _FIRST_BATCH_SECONDS
    deadline = time.monotonic() + seconds
    batch: list[ImageRecord | BadFile] = []
    for record in records:
        batch.append(record)
        if len(batch) >= _MAX_BATCH or time.monotonic() >= deadline:
            yield batch
            batch = []
            seconds = min(2 * seconds, _MAX_BATCH_SECONDS)
            deadline = time.monotonic() + seconds
    if batch:
        yield batch


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
    """The folder of the model adopted in the project, if it still exists."""
    folder_names: "FolderNames"
    """The classes that folder names were mapped to."""
    messages: "tuple[Message, ...]" = ()
    """On damaged projects: one that was recovered, those that were skipped (one may be the folder's)."""


@dataclass(frozen=True, slots=True)
class ProjectChoice:
    """Several projects that may belong to the folder; a person chooses."""

    choices: "tuple[ProjectCandidate, ...]"


def attach_project(
    job: Job,
    source: "Source",
    records: "Sequence[ImageRecord]",
    file: Path | None = None,
    new: bool = False,
) -> "AttachedProject | ProjectChoice":
    """Find or create the project of a folder and link its images.

    `file` is the project that a person chose; `new` asks for a new one. Raises `Problem` and
    `Cancelled`.
    """
    from engine.project.library import Library
    from engine.project.project import Project
    from engine.project.recovery import opening_recovered

    library = Library()
    if file is None and not new:
        match = library.find(job, source, records)
        if match.choices:
            return ProjectChoice(match.choices)
        file = match.project.summary.file if match.project else None
    messages = tuple(
        message for message in library.unreadable().values() if message.id == "project.damaged"
    )

    def attach(project: Project) -> AttachedProject:
        if file and not new:
            _check_fit(job, project, source, records)
        return _attached(project, project.link(job, source, records))

    if file is not None:
        attached, recovery = opening_recovered(file, attach)
        if recovery is not None:
            messages += (recovery.message,)
        return replace(attached, messages=messages)
    project = library.create(source, records, source.root.name or "/")
    try:
        return replace(attach(project), messages=messages)
    except BaseException:
        project.close()
        raise


def confirm_links(job: Job, project: "Project", source: "Source") -> "AttachedProject | None":
    """Hash the images that were linked without reading them; return the state if that corrected a link."""
    links = project.verify_links(job, source)
    if not (links.moved or links.changed or links.ambiguous):
        return None
    return _attached(project, links)


@dataclass(frozen=True, slots=True)
class AdoptedProject:
    """A project's file, and the folder of its images, None if it was moved."""

    file: Path
    root: Path | None


def _attached(project: "Project", links: "LinkResult") -> AttachedProject:
    from engine.project.folder_names import FOLDER_NAMES_FIELD, decode_folder_names
    from engine.train.current_model import adopted_model_dir

    return AttachedProject(
        project,
        links,
        project.decisions(),
        _classes(project),
        project.dismissed_findings(),
        project.moved_files(),
        adopted_model_dir(project),
        decode_folder_names(project.get(FOLDER_NAMES_FIELD)),
    )


def adopt_project(job: Job, file: Path) -> AdoptedProject:
    """Add a project's file to the library; raises `Problem`."""
    from engine.project.library import Library

    library = Library()
    with library.adopt(file):
        pass
    root = next((head.root for head in library.recent() if head.file.samefile(file)), None)
    return AdoptedProject(file, root if root is not None and _exists(root) else None)


def find_recent_folders(job: Job) -> "list[RecentFolder]":
    """Return the folders that were opened before, the latest first."""
    from engine.project.library import Library
    from gui.loading.recent_folders import RecentFolder

    heads = [head for head in Library().recent() if head.root is not None and head.images]
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
