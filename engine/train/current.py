"""Which model a project reads with, and how another one takes its place: by the gate, or a person's word."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from engine.classify.bundle import Bundle
from engine.classify.models import find, user_models
from engine.messages import Problem
from engine.project.project import Project
from engine.project.values import Edit

if TYPE_CHECKING:
    from engine.train.gating import Verdict

FIELD = "model"
"""The project's field that says which model is current."""


@dataclass(frozen=True, slots=True)
class Was:
    """A model that was current: its name, its folder, and since when."""

    name: str
    folder: Path
    since: datetime


def current(project: Project) -> Bundle:
    """Open the model that was made current last, or the default one where there is none any more."""
    folder = project.get(FIELD)
    if folder:
        try:
            return Bundle.open(there(folder))
        except Problem:
            pass
    return find()


def adopted(project: Project) -> Path | None:
    """Return the folder of the model that was made current last, None without one that is still there."""
    kept = project.get(FIELD)
    folder = there(kept) if kept else None
    return folder if folder is not None and folder.is_dir() else None


def adopt(
    project: Project, candidate: Bundle, verdict: "Verdict", who: str, word: str = ""
) -> Edit | None:
    """Make a candidate the current model; the journal keeps the verdict and the person's word.

    Raises `Problem` (`train.not_adopted`) where the gate does not say "not worse" and `word` is empty.
    """
    told = verdict.comparison.verdict
    if told != "not_worse" and not word.strip():
        raise Problem("train.not_adopted", name=candidate.card.name)
    reason = told if told == "not_worse" else f"{told}: {word.strip()}"
    return _set(project, candidate.folder, "adopt_model", who, reason, candidate.card.model_id)


def earlier(project: Project) -> list[Was]:
    """Return the models that were current before and are still there, newest first, each once."""
    now, found = project.get(FIELD), dict[str, Was]()
    for edit in project.history(None):
        for change in edit.changes:
            if change.field == FIELD and change.new and change.new != now:
                folder = there(change.new)
                if folder.is_dir():
                    found.setdefault(change.new, Was(folder.name, folder, edit.at))
    return list(found.values())


def back(project: Project, was: Was | None, who: str) -> Edit | None:
    """Return to an earlier model (None: the one the program came with)."""
    if was is None:
        return project.apply("return_model", [(None, FIELD, None)], who=who)
    model = Bundle.open(was.folder)
    return _set(project, model.folder, "return_model", who, "", model.card.model_id)


def place(name: str) -> Path:
    """Return a free folder for a new model among the person's own."""
    plain = re.sub(r"[^A-Za-z0-9_\-]+", "-", name).strip("-") or "model"
    path, number = user_models() / plain, 1
    while path.exists() or path.with_name(path.name + "-unfinished").exists():
        number += 1
        path = user_models() / f"{plain}-{number}"
    return path


def _set(
    project: Project, folder: Path, action: str, who: str, reason: str, model: str
) -> Edit | None:
    # Among the person's models by its name alone: the data folder may move.
    kept = folder.name if folder.parent == user_models() else str(folder)
    return project.apply(action, [(None, FIELD, kept)], who=who, reason=reason, model=model)


def there(kept: str) -> Path:
    """Return the folder of a model as the project keeps it."""
    return user_models() / kept
