"""Truth of a competency test: the labels of a folder that a test may be drawn from, or why it may not."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.competency.record import TruthBasis
from engine.messages import Message
from engine.project.confirmed_labels import confirmed_labels
from engine.project.decisions import NOT_CLASSED

if TYPE_CHECKING:
    from engine.exchange.report.report_data import SignOff
    from engine.project.project import Project

MIN_CELLS = 20
"""Fewest cells of known class from which a test is drawn."""

MIN_CLASSES = 2


@dataclass(frozen=True, slots=True)
class TruthCell:
    """A cell whose class is taken as true."""

    path: str
    content: str
    label: str


@dataclass(frozen=True, slots=True)
class Truth:
    """The cells of a folder whose class is taken as true, and who stands for it.

    `problem` says why no test can be drawn from them, None if one can.
    """

    basis: TruthBasis
    author: str
    signed: str
    cells: tuple[TruthCell, ...]
    problem: Message | None


def find_truth(project: "Project", labels: Mapping[str, str], sign_off: "SignOff | None") -> Truth:
    """Return the truth of an open project.

    `labels` are the effective labels of the images that can be shown, by path. All of them are true where
    a valid sign-off vouches for them; otherwise only those that a person gave one by one. Raises `Problem`.
    """
    is_signed = sign_off is not None and sign_off.valid
    confirmed = {} if is_signed else confirmed_labels(project)
    contents = project.contents()
    cells = tuple(
        TruthCell(path, contents.get(path, ""), label)
        for path, label in labels.items()
        if label != NOT_CLASSED and (is_signed or confirmed.get(path) == label)
    )
    if sign_off is not None and is_signed:
        return Truth("signed", sign_off.who, sign_off.at, cells, _problem(cells, "signed"))
    problem = _problem(cells, "void" if sign_off is not None else "unsigned")
    return Truth("confirmed", _main_reviewer(project), "", cells, problem)


def _problem(cells: tuple[TruthCell, ...], state: str) -> Message | None:
    by_class = Counter(cell.label for cell in cells)
    if len(cells) >= MIN_CELLS and len(by_class) >= MIN_CLASSES:
        return None
    counts = {"cells": len(cells), "classes": len(by_class)}
    needed = {"needed_cells": MIN_CELLS, "needed_classes": MIN_CLASSES}
    return Message(f"competency.not_eligible_{state}", {**counts, **needed})


def _main_reviewer(project: "Project") -> str:
    people = project.reviewers()
    return people[0].who if people else ""
