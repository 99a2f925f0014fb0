"""Classes and names of classes that the project and the model give."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gui.theme import tokens

if TYPE_CHECKING:
    from engine.project.classes import ClassEntry
    from gui.state.active_model import ActiveModel


def project_or_model_classes(
    classes: "tuple[ClassEntry, ...]", model: "ActiveModel | None"
) -> "tuple[ClassEntry, ...]":
    """Return the project's own classes, else those of the class set and the model."""
    from engine.project.classes import default_classes, with_free_letters
    from gui.shortcuts.keymap import command_letters

    if not classes and model is not None:
        colours = tokens()["classes"]["colours"]
        classes = default_classes(model.class_set, model.card.classes, colours)
    # The letter on a badge is the key of its class: letters that are keys of commands are replaced.
    return with_free_letters(classes, command_letters())


def names_by_class(
    classes: "Iterable[ClassEntry]", model: "ActiveModel | None"
) -> dict[str, list[str]]:
    """Return all names of each class, by id: name, ids of merged classes, synonyms of the class set."""
    names = {}
    for entry in classes:
        cell_class = model.class_set.find(entry.id) if model is not None else None
        synonyms = cell_class.synonyms if cell_class is not None else ()
        names[entry.id] = [entry.id, entry.name, *entry.aliases, *synonyms]
    return names
