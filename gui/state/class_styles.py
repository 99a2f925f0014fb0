"""How a class looks in the window: its name, letter, colour and place, whoever named it."""

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
    """A class as it is shown; `place` orders classes, those that no set or model knows last."""

    id: str
    name: str
    letter: str
    colour: str
    place: int


class ClassStyles:
    """The looks of a project's own classes, or of a class set's, and of those that only a model knows."""

    def __init__(
        self,
        class_set: "ClassSet | None" = None,
        extra: Iterable[str] = (),
        own: "Iterable[ClassEntry]" = (),
    ) -> None:
        self._styles: dict[str, ClassStyle] = {}
        self._aliases: dict[str, str] = {}
        own = tuple(own)
        self._set = class_set
        for entry in own:
            self._add(entry.id, class_name(entry.name), entry.letter, entry.colour)
            self._aliases |= dict.fromkeys(entry.aliases, entry.id)
        for cell in class_set.classes if class_set and not own else ():
            self._add(cell.id, class_name(cell.name), cell.letter, cell.colour)
        colours = tokens()["classes"]["colours"]
        new = (one for one in extra if one not in self._styles and one not in self._aliases)
        for number, identity in enumerate(new):
            self._add(identity, identity, identity[:1].upper(), colours[number % len(colours)])

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the known classes, in order."""
        return tuple(self._styles)

    def find(self, identity: str) -> ClassStyle:
        """Return how a class looks; one that nobody knows looks neutral."""
        known = self._styles.get(self._aliases.get(identity, identity))
        unknown = tokens()["classes"]["unknown"]
        return known or ClassStyle(
            identity, identity, identity[:1].upper(), unknown, len(self._styles)
        )

    def of_model(self, identity: str) -> ClassStyle:
        """Return how a model's class looks: one that was merged keeps its own name beside the colour."""
        look = self.find(identity)
        cell = self._set.find(identity) if self._set and identity in self._aliases else None
        return replace(look, name=class_name(cell.name)) if cell else look

    def _add(self, identity: str, name: str, letter: str, colour: str) -> None:
        self._styles[identity] = ClassStyle(identity, name, letter, colour, len(self._styles))
