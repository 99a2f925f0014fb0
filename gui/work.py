"""The work the window has done on its worker threads; nothing here touches a widget.

Everything heavy is imported in these functions, so that it loads after the window is up.
"""

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.jobs import Job
from engine.messages import Message, Problem
from gui import settings
from gui.words import say

if TYPE_CHECKING:
    from engine.classify.bundle import Bundle
    from engine.classify.card import Card
    from engine.classify.devices import Device
    from engine.classify.pipeline import ReadOrder, ReadSummary
    from engine.images.classes import ClassSet
    from engine.images.record import BadFile, ImageRecord
    from engine.images.source import Source
    from engine.project.classes import ClassEntry
    from engine.project.library import Found
    from engine.project.links import Links
    from engine.project.project import Project
    from engine.project.values import Decision
    from gui.recent import Recent

MODEL = "model"
"""Under this the name of the model that a person chose is remembered."""

_FIRST_SECONDS = 0.05
_LONGEST_SECONDS = 1.6
_LARGEST_PART = 5_000
_MOST_RECENT = 12


@dataclass(frozen=True, slots=True)
class Engine:
    """A model on a device, as the window knows it."""

    name: str
    bundle: "Bundle"
    class_set: "ClassSet"
    device: "Device"
    title: str = ""
    """What people call the model."""

    @property
    def card(self) -> "Card":
        """The model's card."""
        return self.bundle.card


class EngineRoom:
    """The loaded network, kept between jobs; safe to use from any thread, by one at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loaded: tuple[Path, Any] | None = None

    def runtime(self, job: Job, engine: Engine) -> Any:
        """Return the network of an engine, loading it if another one or none is loaded.

        The caller holds the room (`with room:`). Raises `Problem` and `Cancelled`.
        """
        from engine.classify.runtime import open_runtime

        if self._loaded and self._loaded[0] != engine.bundle.folder:
            self.close()
        if self._loaded is None:
            self._loaded = (engine.bundle.folder, open_runtime(engine.bundle, engine.device, job))
        return self._loaded[1]

    def close(self) -> None:
        """Free what is loaded."""
        if self._loaded:
            self._loaded[1].close()
            self._loaded = None

    def enter(self, job: Job) -> None:
        """Wait for one's turn; raises `Cancelled`."""
        while not self._lock.acquire(timeout=0.05):
            job.check()

    def leave(self) -> None:
        """Let the next one in."""
        self._lock.release()


@dataclass(frozen=True, slots=True)
class Installed:
    """The models a person can choose from, each a name and its title, and the one in use."""

    models: tuple[tuple[str, str], ...]
    engine: Engine
    making: str = ""
    """What the model is called, where its network is made now: once on a computer, in about a minute."""
    notes: tuple[Message, ...] = ()
    """What to say where it is not the model that was meant."""


def prepare(job: Job, room: EngineRoom, name: str | None) -> Installed:
    """Import what reading needs, find the model and load it; raises `Problem` where there is none.

    Without a name it is the one that a person chose last, if it is still there, else the default.
    """
    # Not needed here, but soon, some of it on the GUI thread, where it must not have to be loaded.
    from engine.classify import activation, cache, pipeline  # noqa: F401
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
        installed = _installed(bundle, device, making=making)
        # Told before the network is loaded: names of classes need not wait for it.
        job.partial(installed)
        if making:
            chosen = ready(job, name, device, again=asked)
            installed = _installed(chosen.bundle, device, notes=chosen.notes)
            job.partial(installed)
        room.runtime(job, installed.engine)
        return installed
    finally:
        room.leave()


def _remembered() -> str | None:
    from engine.classify.models import installed

    name = settings.recall(MODEL)
    return name if any(one.name == name and one.card for one in installed()) else None


def _installed(bundle: "Bundle", device: "Device", **told: Any) -> Installed:
    from engine.classify import models
    from engine.images.classes import load_class_set

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
    engine = Engine(name, bundle, class_set, device, models.title_of(bundle))
    return Installed(tuple(titles.items()), engine, **told)


def scan(job: Job, *paths: Path) -> None:
    """Open a source, or several files and folders as one; hand out the source, then lists of its files."""
    from engine.images.source import open_source, open_together

    source = open_source(paths[0]) if len(paths) == 1 else open_together(paths)
    job.partial(source)
    for found in _in_growing_parts(source.scan(job)):
        job.partial(found)


def draw_sample(job: Job, folder: Path) -> Path:
    """Draw the sample into a folder unless it is there, and return the folder; raises `Problem`."""
    from engine.images.sample.write import write_sample

    if not folder.exists():
        try:
            write_sample(folder, job)
        except OSError as error:
            reason = error.strerror or str(error)
            raise Problem("cli.os_error", path=str(folder), reason=reason) from error
    return folder


def read(
    job: Job,
    room: EngineRoom,
    engine: Engine,
    source: "Source",
    records: "Sequence[ImageRecord]",
    order: "ReadOrder",
) -> "ReadSummary":
    """Read images; partial results are the pipeline's. Raises `Problem` and `Cancelled`."""
    from engine.classify import pipeline
    from engine.classify.cache import ReadingCache

    room.enter(job)
    try:
        runtime = room.runtime(job, engine)
        with ReadingCache(engine.card) as cache:
            return pipeline.read(job, source, records, runtime, engine.card, cache, order)
    finally:
        room.leave()


@dataclass(frozen=True, slots=True)
class Shown:
    """An image decoded to be looked at: its picture (a QImage) and what decoding had to decide."""

    path: str
    image: Any
    notes: tuple[Message, ...]


def load(job: Job, source: "Source", record: "ImageRecord") -> Shown:
    """Decode one image in full; raises `Problem`."""
    from gui.gallery.thumbnails import to_image

    picture = source.load(record)
    job.check()
    return Shown(record.path, to_image(picture.pixels), picture.notes)


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
class Attached:
    """A project, what became of its images in the folder, and what it knows of them."""

    project: "Project"
    links: "Links"
    decisions: "dict[str, Decision]"
    classes: "tuple[ClassEntry, ...]"
    dismissed: frozenset[str]
    moved: dict[str, Any]
    model: Path | None
    """The folder of the model that was adopted in it, if one was and is still there."""
    damaged: "tuple[Message, ...]" = ()
    """Other projects that were set aside, because they are damaged: one of them may be the folder's."""


@dataclass(frozen=True, slots=True)
class Question:
    """Several projects may be that of the folder: a person chooses."""

    choices: "tuple[Found, ...]"


def attach(
    job: Job,
    source: "Source",
    records: "Sequence[ImageRecord]",
    file: Path | None = None,
    new: bool = False,
) -> "Attached | Question":
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
            return Question(match.choices)
        file = match.project.head.file if match.project else None
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


def confirm(job: Job, project: "Project", source: "Source") -> "Attached | None":
    """Hash in full what was linked without; return what is known now if that corrected anything."""
    links = project.confirm(job, source)
    if not (links.moved or links.changed or links.ambiguous):
        return None
    return _attached(project, links)


@dataclass(frozen=True, slots=True)
class Adopted:
    """A project's file, and the folder of its images if that is where it was."""

    file: Path
    root: Path | None


def _attached(project: "Project", links: "Links") -> Attached:
    from engine.train.current import adopted

    return Attached(
        project,
        links,
        project.decisions(),
        _classes(project),
        project.dismissed(),
        project.moved(),
        adopted(project),
    )


def adopt(job: Job, file: Path) -> Adopted:
    """Take a project's file among those that are known; raises `Problem`."""
    from engine.project.library import Library

    library = Library()
    with library.adopt(file):
        pass
    root = next((head.root for head in library.recent() if head.file.samefile(file)), None)
    return Adopted(file, root if root is not None and _is_there(root) else None)


def recent(job: Job) -> "list[Recent]":
    """Return the folders that were open before, the last one first."""
    from engine.project.library import Library
    from gui.recent import Recent

    heads = [head for head in Library().recent() if head.root is not None and head.images]
    return [
        Recent(head.name, head.root, head.opened, head.images, head.decided, _is_there(head.root))
        for head in heads
        if head.root is not None
    ][:_MOST_RECENT]


def _is_there(folder: Path) -> bool:
    try:
        return folder.exists()
    except OSError:  # a path that this system cannot even look for
        return False


def save_copy(job: Job, project: "Project", file: Path) -> None:
    """Write the whole project as one file; raises `Problem`."""
    project.save_copy(file)


def _check_fit(
    job: Job, project: "Project", source: "Source", records: "Sequence[ImageRecord]"
) -> None:
    fit = project.suits(job, source, records)
    if fit.of and not fit.fits:
        raise Problem("project.other_images", name=project.name, folder=source.root.name)


def _classes(project: "Project") -> "tuple[ClassEntry, ...]":
    kept = project.get("classes")
    if not kept:
        return ()
    from engine.project.classes import from_json

    return from_json(kept)
