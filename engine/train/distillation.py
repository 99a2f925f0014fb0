"""Distillation: which model teaches a training, and what the training needs of it."""

from collections.abc import Sequence
from typing import Any

import msgspec

from engine.classify.bundle import WEIGHTS_FILE, Bundle
from engine.messages import Problem
from engine.train.recipe import Distillation, Recipe


def check_teacher(recipe: Recipe, teacher: Bundle | None) -> Recipe:
    """Return the recipe with the usual distillation where a teacher is given and it names none.

    Raises `Problem` (`train.no_teacher`) for a recipe with distillation without a teacher.
    """
    if teacher is None and recipe.distillation is not None:
        raise Problem("train.no_teacher", name=recipe.name)
    if teacher is not None and recipe.distillation is None:
        return msgspec.structs.replace(recipe, distillation=Distillation())
    return recipe


def teacher_request(teacher: Bundle, classes: Sequence[str]) -> dict[str, Any]:
    """Return the request for `engine.train.child.teacher`.

    Raises `Problem`: `train.teacher_classes` if the teacher lacks one of these classes, `bundle.damaged`.
    """
    card = teacher.card
    if missing := [name for name in classes if name not in card.classes]:
        raise Problem("train.teacher_classes", name=card.name, names=", ".join(missing))
    teacher.verify([WEIGHTS_FILE])
    return {
        "architecture": card.architecture,
        "size": card.preprocessing.size,
        "classes": len(card.classes),
        "weights": str(teacher.folder / WEIGHTS_FILE),
        "columns": [card.classes.index(name) for name in classes],
    }
