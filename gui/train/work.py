"""Long work of the Train workspace, to be run by `Workers.start`."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.jobs import Job
from engine.messages import Problem
from gui.train import recipes
from gui.train.recipes import Asked

if TYPE_CHECKING:
    from engine.classify.bundle import Bundle
    from engine.images.source import Source
    from engine.project.classes import ClassEntry
    from engine.project.project import Project
    from engine.train.begun import Begun
    from engine.train.decided import Chosen
    from engine.train.gating import Verdict
    from gui.table import ImageTable


@dataclass(frozen=True, slots=True)
class Desired:
    """What a retraining is of: the images as a person decided them, and the model that is current."""

    source: "Source"
    table: "ImageTable"
    project: "Project"
    who: str
    current: "Bundle"
    classes: frozenset[str]
    """Those that the project or the model knows; a folder of another name gives no label."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A candidate, what the gate says of it, and the model it was compared with."""

    candidate: "Bundle"
    current: "Bundle"
    verdict: "Verdict"
    titles: tuple[str, str]
    """What people call both, the candidate first."""


@dataclass(frozen=True, slots=True)
class Deep:
    """A training of the whole network, and whether it begins, goes on, or ends with the best so far."""

    asked: Asked
    classes: "tuple[ClassEntry, ...]" = ()
    """The project's own classes, empty where the recipe's hold."""
    resume: bool = False
    finish: bool = False


@dataclass(frozen=True, slots=True)
class Begun:
    """The first partial result of a deep training: its epochs in all."""

    epochs: int


def chosen(asked: Desired) -> "list[Chosen]":
    """Return the images to learn from, each with its class, in the project's classes."""
    from gui.train.learnable import held

    table = asked.table
    found = []
    for row, code in enumerate(held(table, asked.classes).tolist()):
        record, label = table.records[row], table.class_id(code)
        if record is not None and label is not None:
            found.append((record, label))
    return found


def quick(job: Job, asked: Desired) -> Outcome:
    """Refit the head of the current model to what was decided, and have it judged; raises `Problem`."""
    from engine.train import retrain
    from engine.train.current import place
    from engine.train.locked import lock

    some = chosen(asked)
    locked = lock(asked.project, asked.source, some, job, asked.who)
    out = place(f"{asked.source.root.name}-quick")
    with _room("quick.disk_full", out.parent):
        candidate = retrain.quick(job, asked.source, some, asked.current, locked, out)
    return _judged(job, asked, candidate, some, locked)


def deep(job: Job, asked: Desired, training: Deep) -> Outcome:
    """Train a network by a recipe in the child process, and have it judged; raises `Problem`."""
    from engine.train import retrain
    from engine.train.locked import lock

    wish = training.asked
    # As it was begun, though a recipe or a model is another by now, or gone.
    begun = retrain.begun_at(wish.out) if training.resume or training.finish else None
    recipe = begun.recipe if begun else recipes.recipe_of(wish)
    parent = _parent(wish, begun) if begun else recipes.parent_of(wish, recipe.architecture)
    with _room("train.disk_full", wish.out.parent):
        recipes.remember(wish, asked.source.root)
    job.partial(Begun(recipe.epochs))
    some = chosen(asked)
    locked = lock(asked.project, asked.source, some, job, asked.who)
    with _room("train.disk_full", wish.out.parent):
        candidate = retrain.deep(
            job,
            asked.source,
            some,
            recipe,
            locked,
            wish.out,
            parent=parent,
            classes=recipes.class_set(training.classes, asked.source.root.name),
            resume=training.resume,
            finish=training.finish,
        )
    return _judged(job, asked, candidate, some, locked)


def _parent(wish: Asked, begun: "Begun") -> "Bundle | None":
    try:
        found = recipes.parent_of(wish, begun.recipe.architecture)
    except Problem:
        return None
    return found if found is not None and found.card.model_id == begun.parent else None


def place(name: str) -> Path:
    """Return a free folder for a new model."""
    from engine.train.current import place as free

    return free(name)


def judge(job: Job, asked: Desired, outcome: Outcome) -> Outcome:
    """Run both models again over the locked images as they are labelled now; raises `Problem`."""
    from engine.train.locked import lock

    some = chosen(asked)
    locked = lock(asked.project, asked.source, some, job, asked.who)
    return _judged(job, asked, outcome.candidate, some, locked, outcome.current)


@contextlib.contextmanager
def _room(message: str, folder: Path) -> Iterator[None]:
    """Say in a sentence that a disk is full; raises `Problem`."""
    from engine.train.pictures import FULL

    try:
        yield
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise Problem(message, folder=str(folder)) from error


def _judged(
    job: Job,
    asked: Desired,
    candidate: "Bundle",
    some: "list[Chosen]",
    locked: frozenset[str],
    current: "Bundle | None" = None,
) -> Outcome:
    from engine.classify.models import title_of
    from engine.train import gating

    held = current or asked.current
    job.progress(0)
    verdict = gating.judge(
        job, asked.source, some, locked, held, candidate, merged=asked.table.merged
    )
    return Outcome(candidate, held, verdict, (title_of(candidate), title_of(held)))
