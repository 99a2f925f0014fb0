"""Training requests: recipes, initial weights, and the record of an unfinished training."""

import contextlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.jobs import Job
from engine.messages import Message, Problem
from engine.outputs import delete_work_folder, make_work_folder
from engine.project.decisions import NOT_CLASSED

if TYPE_CHECKING:
    from engine.classify.bundle import Bundle
    from engine.images.class_set import ClassSet
    from engine.project.classes import ClassEntry
    from engine.train.recipe import Recipe

CURRENT_MODEL, SHIPPED_MODEL, IMAGENET, FROM_SCRATCH = "own", "shipped", "imagenet", "none"
IMAGENET_LITE, GROWN_LITE = "lite", "grown"
_RECIPE_STARTS = (IMAGENET, IMAGENET_LITE, GROWN_LITE)
"""Initial weights that are only offered by a recipe made for them."""

_REQUEST_FILE = "asked.json"


@dataclass(frozen=True, slots=True)
class RecipeOption:
    """A recipe and the initial weights it can use, best first."""

    recipe: "Recipe"
    starts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrainingRequest:
    """Request for a deep training: recipe name, epochs, initial weights, and folder of the new model."""

    recipe: str
    epochs: int
    start: str
    out: Path
    model: str = ""
    """Folder of the current model, for `CURRENT_MODEL`."""


@dataclass(frozen=True, slots=True)
class TrainingOptions:
    """The recipes, and the unfinished training of the open folder if there is one."""

    recipes: tuple[RecipeOption, ...]
    unfinished: TrainingRequest | None
    problems: tuple[Message, ...] = ()
    """Why some recipes cannot be read."""


def load_options(job: Job, current: "Bundle", source: Path) -> TrainingOptions:
    """Load the recipes: the current model's own first, then those of its architecture."""
    from engine.classify.models import installed_models
    from engine.train.recipe import load_recipe, recipe_names

    shipped = {
        model.card.architecture for model in installed_models() if model.is_shipped and model.card
    }
    options, problems = [], []
    for name in recipe_names():
        job.check()
        try:
            recipe = load_recipe(name)
        except Problem as problem:  # the other recipes can still be used
            problems.append(problem.message)
            continue
        same = recipe.architecture == current.card.architecture
        starts = [CURRENT_MODEL] if same else []
        if recipe.architecture in shipped:
            starts.append(SHIPPED_MODEL)
        if recipe.start in _RECIPE_STARTS:
            starts.append(recipe.start)
        options.append(RecipeOption(recipe, (*starts, FROM_SCRATCH)))
    own_name = current.card.recipe.get("name")
    options.sort(
        key=lambda option: (
            option.recipe.name != own_name or CURRENT_MODEL not in option.starts,
            CURRENT_MODEL not in option.starts,
            SHIPPED_MODEL not in option.starts,
        )
    )
    return TrainingOptions(tuple(options), find_unfinished(source), tuple(problems))


def load_requested_recipe(request: TrainingRequest) -> "Recipe":
    """Return the requested recipe with its epochs and initial weights."""
    import msgspec

    from engine.train.recipe import load_recipe

    recipe = load_recipe(request.recipe)
    if request.epochs != recipe.epochs:
        recipe = recipe.with_epochs(request.epochs)
    start = request.start if request.start in _RECIPE_STARTS else FROM_SCRATCH
    return msgspec.structs.replace(recipe, start=start)


def open_parent(request: TrainingRequest, architecture: str) -> "Bundle | None":
    """Open the model that provides the initial weights, None if there is none; raises `Problem`."""
    from engine.classify.bundle import Bundle
    from engine.classify.models import open_model
    from engine.train.starting_weights import find_parent, open_shipped_model

    if request.start == CURRENT_MODEL:
        return Bundle.open(Path(request.model))
    if request.start == SHIPPED_MODEL:
        return open_shipped_model(architecture) or open_model()
    if request.start == GROWN_LITE:
        return find_parent(load_requested_recipe(request))
    return None


def save_request(request: TrainingRequest, source: Path) -> None:
    """Save a request in the work folder of its training, so that it can resume after a restart."""
    folder = make_work_folder(_unfinished_folder(request.out))
    values = {
        "source": str(source),
        "recipe": request.recipe,
        "epochs": request.epochs,
        "start": request.start,
        "model": request.model,
    }
    (folder / _REQUEST_FILE).write_text(json.dumps(values), encoding="utf-8")


def find_unfinished(source: Path) -> TrainingRequest | None:
    """Return the newest unfinished training of a folder that can resume."""
    from engine.classify.models import user_models_dir
    from engine.train.retraining import is_unfinished

    files = sorted(
        user_models_dir().glob(f"*-unfinished/{_REQUEST_FILE}"),
        key=lambda file: file.stat().st_mtime,
    )
    for file in reversed(files):
        try:
            values = json.loads(file.read_text(encoding="utf-8"))
            out = file.parent.with_name(file.parent.name.removesuffix("-unfinished"))
            if values.pop("source") == str(source) and is_unfinished(out):
                return TrainingRequest(out=out, **values)
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return None


def delete_request(request: TrainingRequest) -> None:
    """Delete a saved request, so that its training is no longer offered; see `delete_unfinished`."""
    with contextlib.suppress(OSError):
        (_unfinished_folder(request.out) / _REQUEST_FILE).unlink()


def delete_unfinished(_: Job, request: TrainingRequest) -> None:
    """Delete the work folder of an unfinished training; its images can be gigabytes."""
    delete_work_folder(_unfinished_folder(request.out))


def build_class_set(classes: "tuple[ClassEntry, ...]", title: str) -> "ClassSet | None":
    """Return the classes of the project as a class set, None if there are fewer than 2 or over 26."""
    from engine.images.class_set import CellClass, ClassSet

    entries = [entry for entry in classes if entry.id != NOT_CLASSED]
    letters = [chr(code) for code in range(ord("A"), ord("Z") + 1)]
    if not 2 <= len(entries) <= len(letters):
        return None
    cells = [
        # Training uses ids and names only; letters, keys and colours are placeholders.
        CellClass(entry.id, entry.name, letters[index], index + 1, f"#{index:06X}", entry.aliases)
        for index, entry in enumerate(entries)
    ]
    try:
        return ClassSet("project", title, tuple(cells))
    except ValueError:  # names that differ only for a person
        return None


def _unfinished_folder(out: Path) -> Path:
    from engine.train.training import UNFINISHED_SUFFIX

    return out.with_name(out.name + UNFINISHED_SUFFIX)
