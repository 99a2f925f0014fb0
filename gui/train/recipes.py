"""The recipes a person can train by, and the weights that a training may begin with."""

import contextlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.jobs import Job
from engine.messages import Message, Problem
from engine.outputs import delete_work_folder, work_folder
from engine.project.values import NOT_CLASSED

if TYPE_CHECKING:
    from engine.classify.bundle import Bundle
    from engine.images.classes import ClassSet
    from engine.project.classes import ClassEntry
    from engine.train.recipe import Recipe

OWN, SHIPPED, IMAGENET, NONE = "own", "shipped", "imagenet", "none"
LITE, GROWN = "lite", "grown"
_OF_RECIPES = (IMAGENET, LITE, GROWN)
"""Starts that only a recipe made for them can begin with."""

_ASKED = "asked.json"


@dataclass(frozen=True, slots=True)
class Offered:
    """A recipe and the kinds of weights it can begin with, the best first."""

    recipe: "Recipe"
    starts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asked to be trained: a recipe by name, its epochs, the weights, and where it shall lie."""

    recipe: str
    epochs: int
    start: str
    out: Path
    model: str = ""
    """The folder of the model whose weights it begins with."""


@dataclass(frozen=True, slots=True)
class Offers:
    """The recipes, and the training of this folder that can go on, if there is one."""

    recipes: tuple[Offered, ...]
    left: Asked | None
    broken: tuple[Message, ...] = ()
    """What is wrong with the recipes that cannot be read."""


def offered(job: Job, current: "Bundle", source: Path) -> Offers:
    """Read the shipped recipes, those of the current model's architecture first."""
    # Takes half a second to load, and the curves want it: not on the GUI thread.
    import gui.train.curves  # noqa: F401
    from engine.classify.models import installed
    from engine.train.recipe import load_recipe, recipe_names

    shipped = {one.card.architecture for one in installed() if one.shipped and one.card}
    found, broken = [], []
    for name in recipe_names():
        job.check()
        try:
            recipe = load_recipe(name)
        except Problem as problem:  # the others can still be trained by
            broken.append(problem.message)
            continue
        same = recipe.architecture == current.card.architecture
        starts = [OWN] if same else []
        if recipe.architecture in shipped:
            starts.append(SHIPPED)
        if recipe.start in _OF_RECIPES:
            starts.append(recipe.start)
        found.append(Offered(recipe, (*starts, NONE)))
    found.sort(key=lambda one: (OWN not in one.starts, SHIPPED not in one.starts))
    return Offers(tuple(found), left(source), tuple(broken))


def recipe_of(asked: Asked) -> "Recipe":
    """Return the recipe with what was asked of it."""
    import msgspec

    from engine.train.recipe import load_recipe

    recipe = load_recipe(asked.recipe)
    if asked.epochs != recipe.epochs:
        recipe = recipe.with_epochs(asked.epochs)
    begins = asked.start if asked.start in _OF_RECIPES else NONE
    return msgspec.structs.replace(recipe, start=begins)


def parent_of(asked: Asked, architecture: str) -> "Bundle | None":
    """Open the model that a training begins with, None where it begins with no model; raises `Problem`."""
    from engine.classify.bundle import Bundle
    from engine.classify.models import find, installed

    if asked.start == OWN:
        return Bundle.open(Path(asked.model))
    if asked.start == SHIPPED:
        for one in installed():
            if one.shipped and one.card and one.card.architecture == architecture:
                return Bundle.open(one.folder)
        return find()
    if asked.start == GROWN:
        from engine.train import starting

        return starting.parent_of(recipe_of(asked))
    return None


def remember(asked: Asked, source: Path) -> None:
    """Write down beside an unfinished training what was asked, so that it can go on after a restart."""
    folder = work_folder(_unfinished(asked.out))
    said = {
        "source": str(source),
        "recipe": asked.recipe,
        "epochs": asked.epochs,
        "start": asked.start,
        "model": asked.model,
    }
    (folder / _ASKED).write_text(json.dumps(said), encoding="utf-8")


def left(source: Path) -> Asked | None:
    """Return the newest training of a folder that was begun, not finished, and can go on."""
    from engine.classify.models import user_models
    from engine.train.retrain import unfinished

    files = sorted(
        user_models().glob(f"*-unfinished/{_ASKED}"), key=lambda one: one.stat().st_mtime
    )
    for file in reversed(files):
        try:
            said = json.loads(file.read_text(encoding="utf-8"))
            out = file.parent.with_name(file.parent.name.removesuffix("-unfinished"))
            if said.pop("source") == str(source) and unfinished(out):
                return Asked(out=out, **said)
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return None


def forget(asked: Asked) -> None:
    """Offer an unfinished training no more; `delete` then makes room."""
    with contextlib.suppress(OSError):
        (_unfinished(asked.out) / _ASKED).unlink()


def delete(_: Job, asked: Asked) -> None:
    """Delete what an unfinished training left; its images can be gigabytes."""
    delete_work_folder(_unfinished(asked.out))


def class_set(known: "tuple[ClassEntry, ...]", title: str) -> "ClassSet | None":
    """Return the project's classes as a training wants them; None where the recipe's own will do."""
    from engine.images.classes import CellClass, ClassSet

    entries = [one for one in known if one.id != NOT_CLASSED]
    letters = [chr(code) for code in range(ord("A"), ord("Z") + 1)]
    if not 2 <= len(entries) <= len(letters):
        return None
    cells = [
        # Only ids and names matter here; letters, keys and colours are the window's.
        CellClass(one.id, one.name, letters[at], at + 1, f"#{at:06X}", one.aliases)
        for at, one in enumerate(entries)
    ]
    try:
        return ClassSet("project", title, tuple(cells))
    except ValueError:  # two classes that only a person tells apart
        return None


def _unfinished(out: Path) -> Path:
    from engine.train.train import UNFINISHED

    return out.with_name(out.name + UNFINISHED)
