"""Current model of a project: opening, adopting and restoring it."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from engine.classify.bundle import Bundle
from engine.classify.models import open_model, user_models_dir
from engine.messages import Message, Problem
from engine.project.decisions import Edit
from engine.project.project import Project
from engine.text import display_path

if TYPE_CHECKING:
    from engine.train.candidate_evaluation import Verdict

MODEL_FIELD = "model"
"""Project field that stores the current model."""


@dataclass(frozen=True, slots=True)
class ModelVersion:
    """A former current model: name, folder, and when it became current."""

    name: str
    folder: Path
    since: datetime


@dataclass(frozen=True, slots=True)
class AdoptedModel:
    """The adopted model of a project: its bundle, or why it cannot be used; both None without one."""

    bundle: Bundle | None = None
    problem: Message | None = None


def find_adopted_model(project: Project) -> AdoptedModel:
    """Return the adopted model of a project."""
    stored = project.get(MODEL_FIELD)
    if not stored:
        return AdoptedModel()
    folder = resolve_model_dir(stored)
    try:
        return AdoptedModel(Bundle.open(folder))
    except Problem:
        params = {"name": display_path(Path(folder.name)), "folder": display_path(folder.parent)}
        return AdoptedModel(problem=Message("train.adopted_missing", params))


def open_current_model(project: Project) -> Bundle:
    """Open the current model, or the default model if the adopted one is missing."""
    return find_adopted_model(project).bundle or open_model()


def adopt_model(
    project: Project, candidate: Bundle, verdict: "Verdict", who: str, justification: str = ""
) -> Edit | None:
    """Make a candidate the current model; the journal records the verdict and the justification.

    Raises `Problem` (`train.not_adopted`) if the verdict is not "not worse" and `justification` is empty.
    """
    outcome = verdict.comparison.verdict
    if outcome != "not_worse" and not justification.strip():
        raise Problem("train.not_adopted", name=candidate.card.name)
    reason = outcome if outcome == "not_worse" else f"{outcome}: {justification.strip()}"
    return _set_current(
        project, candidate.folder, "adopt_model", who, reason, candidate.card.model_id
    )


def earlier_models(project: Project) -> list[ModelVersion]:
    """Return the former current models that still exist, newest first, without repetition."""
    current, versions = project.get(MODEL_FIELD), dict[str, ModelVersion]()
    for edit in project.history(None):
        for change in edit.changes:
            if change.field == MODEL_FIELD and change.new and change.new != current:
                folder = resolve_model_dir(change.new)
                if folder.is_dir():
                    versions.setdefault(change.new, ModelVersion(folder.name, folder, edit.at))
    return list(versions.values())


def restore_model(project: Project, version: ModelVersion | None, who: str) -> Edit | None:
    """Make a former model current again; None restores the shipped model."""
    if version is None:
        return project.apply("return_model", [(None, MODEL_FIELD, None)], who=who)
    model = Bundle.open(version.folder)
    return _set_current(project, model.folder, "return_model", who, "", model.card.model_id)


def new_model_dir(name: str) -> Path:
    """Return an unused folder for a new model among the user's models."""
    stem = re.sub(r"[^A-Za-z0-9_\-]+", "-", name).strip("-") or "model"
    path, number = user_models_dir() / stem, 1
    while path.exists() or path.with_name(path.name + "-unfinished").exists():
        number += 1
        path = user_models_dir() / f"{stem}-{number}"
    return path


def _set_current(
    project: Project, folder: Path, action: str, who: str, reason: str, model: str
) -> Edit | None:
    # User models are stored by name alone, since the data folder may move.
    stored = folder.name if folder.parent == user_models_dir() else str(folder)
    return project.apply(action, [(None, MODEL_FIELD, stored)], who=who, reason=reason, model=model)


def resolve_model_dir(stored: str) -> Path:
    """Resolve a model folder as stored in a project."""
    return user_models_dir() / stored
