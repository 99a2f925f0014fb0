"""Class styles: the name, letter, colour and order with which the window shows each class."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gui.theme import tokens
from gui.words import class_name

if TYPE_CHECKING:
    from engine.images.class_set import ClassSet
    from engine.project.classes import ClassEntry


@dataclass(frozen=True, slots=True)
class ClassStyle:
    """The style of one class; `order` sorts classes, unknown ones last."""

    id: str
    name: str
    letter: str
    colour: str
    order: int


class ClassStyles:
    """The styles of a project's classes, else of a class set's, and of classes that only a model has."""

    def __init__(
        self,
        class_set: "ClassSet | None" = None,
        model_classes: Iterable[str] = (),
        project_classes: "Iterable[ClassEntry]" = (),
    ) -> None:
        self._styles: dict[str, ClassStyle] = {}
        self._aliases: dict[str, str] = {}
        project_classes = tuple(project_classes)
        self._set = class_set
        for entry in project_classes:
            self._add(entry.id, class_name(entry.name), entry.letter, entry.colour)
            self._aliases |= dict.fromkeys(entry.aliases, entry.id)
        for cell in class_set.classes if class_set and not project_classes else ():
            self._add(cell.id, class_name(cell.name), cell.letter, cell.colour)
        colours = tokens()["classes"]["colours"]
        unstyled = (
            class_id
            for class_id in model_classes
            if class_id not in self._styles and class_id not in self._aliases
        )
        for number, class_id in enumerate(unstyled):
            self._add(class_id, class_id, class_id[:1].upper(), colours[number % len(colours)])

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the known classes, in order."""
        return tuple(self._styles)

    def find(self, class_id: str) -> ClassStyle:
        """Return the style of a class; an unknown class gets a neutral one."""
        style = self._styles.get(self._aliases.get(class_id, class_id))
        unknown = tokens()["classes"]["unknown"]
        return style or ClassStyle(
            class_id, class_id, class_id[:1].upper(), unknown, len(self._styles)
        )

    def of_model(self, class_id: str) -> ClassStyle:
        """Return the style of a model's class; a merged class keeps its own name."""
        style = self.find(class_id)
        cell = self._set.find(class_id) if self._set and class_id in self._aliases else None
        return replace(style, name=class_name(cell.name)) if cell else style

    def _add(self, class_id: str, name: str, letter: str, colour: str) -> None:
        self._styles[class_id] = ClassStyle(class_id, name, letter, colour, len(self._styles))
