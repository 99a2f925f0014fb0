"""Confirmed labels: the classes that a person gave to images one by one, which are evidence about a model."""

from typing import TYPE_CHECKING

from engine.project.classes import decode_classes, effective_label, merge_map
from engine.project.decisions import NOT_CLASSED

if TYPE_CHECKING:
    from engine.project.project import Project


def confirmed_labels(project: "Project") -> dict[str, str]:
    """Return path → class id of the images decided one by one, merged classes resolved.

    Images labelled several at once, not classed or removed are left out. Raises `Problem`, and `Cancelled`
    once the project is closed.
    """
    merged = merge_map(decode_classes(project.get("classes") or ()))
    origins = project.label_origins()
    labels = {}
    for path, decision in project.decisions().items():
        origin = origins.get(path)
        if decision.removed is not None or decision.label in (None, NOT_CLASSED):
            continue
        if origin is not None and origin.is_single:
            label = effective_label(decision.label, None, merged)
            if label is not None:
                labels[path] = label
    return labels
