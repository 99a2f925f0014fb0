"""Competency test as data: who took it, on which truth, and the drawn cells with the answers."""

from dataclasses import dataclass, field
from typing import Literal

from engine.text import comparable_name

TruthBasis = Literal["signed", "confirmed"]
"""A valid sign-off of the folder, or labels that a person gave one by one."""


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """One cell of a test; `answer` is a class, `NOT_CLASSED`, or None while there is none.

    `content` is the hash by which the cell is found again after its folder moved, empty where it is
    unknown. `is_absent`: its image was gone from the folder when the test ended, so that it is not scored.
    """

    place: int
    path: str
    content: str
    truth: str
    answer: str | None = None
    answered: str = ""
    is_absent: bool = False


@dataclass(frozen=True, slots=True)
class CompetencyTest:
    """One test of one person.

    `folder` and `project` name the images it was drawn from, `author` and `signed` who stands for the truth
    and since when. `used_s` counts the seconds in which a cell was on the screen; `limit_s` None: no limit.
    """

    id: str
    person: str
    folder: str
    project: str
    basis: TruthBasis
    author: str
    signed: str
    seed: int
    requested: int
    limit_s: int | None
    started: str
    used_s: float = 0.0
    ended: str = ""
    class_names: dict[str, str] = field(default_factory=dict)
    """Names of the classes when the test began, by id."""

    @property
    def is_of_own_labels(self) -> bool:
        """True if the labels of the truth are the person's own, which says little about them."""
        return comparable_name(self.person) == comparable_name(self.author)

    @property
    def ran_out_of_time(self) -> bool:
        """True if the time limit ended the test, rather than the person."""
        return bool(self.ended) and self.limit_s is not None and self.used_s >= self.limit_s
