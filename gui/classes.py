"""How a class looks in the window: its name, letter, colour and place, whoever named it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gui.theme import tokens
from gui.words import class_name

if TYPE_CHECKING:
    from engine.images.classes import ClassSet


@dataclass(frozen=True, slots=True)
class ClassLook:
    """A class as it is shown; `place` orders classes, those that no set or model knows last."""

    id: str
    name: str
    letter: str
    colour: str
    place: int


class ClassLooks:
    """The looks of a class set's classes, and of those that only a model knows."""

    def __init__(self, class_set: "ClassSet | None" = None, extra: Iterable[str] = ()) -> None:
        self._looks: dict[str, ClassLook] = {}
        for cell in class_set.classes if class_set else ():
            self._add(cell.id, class_name(cell.name), cell.letter, cell.colour)
        colours = tokens()["classes"]["colours"]
        for number, identity in enumerate(one for one in extra if one not in self._looks):
            self._add(identity, identity, identity[:1].upper(), colours[number % len(colours)])

    def find(self, identity: str) -> ClassLook:
        """Return how a class looks; one that nobody knows looks neutral."""
        known = self._looks.get(identity)
        unknown = tokens()["classes"]["unknown"]
        return known or ClassLook(
            identity, identity, identity[:1].upper(), unknown, len(self._looks)
        )

    def _add(self, identity: str, name: str, letter: str, colour: str) -> None:
        self._looks[identity] = ClassLook(identity, name, letter, colour, len(self._looks))
