"""Output options of a command, checked against each other before any work is done."""

import argparse
import enum
import os
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from engine.outputs import STDOUT


class OutputKind(enum.Enum):
    """Kinds of outputs that an option can name."""

    FILE = enum.auto()
    FOLDER = enum.auto()
    """A folder that is filled file by file, and may hold other outputs' files."""
    WHOLE_FOLDER = enum.auto()
    """A folder that appears when it is complete, with nothing else in it."""


class _Place(NamedTuple):
    option: str
    kind: OutputKind
    path: Path

    @classmethod
    def of(cls, option: str, kind: OutputKind, value: str) -> "_Place":
        return cls(option, kind, Path(os.path.normcase(os.path.realpath(value))))


def find_output_conflict(
    outputs: Iterable[tuple[argparse.Action, OutputKind]], args: argparse.Namespace
) -> str | None:
    """Return what is wrong with the outputs that the arguments name, None if nothing is."""
    places = []
    for action, kind in outputs:
        value = getattr(args, action.dest)
        option = action.option_strings[0]
        if value is None:
            continue
        if str(value) != STDOUT:
            places.append(_Place.of(option, kind, str(value)))
        elif kind is not OutputKind.FILE:
            return f"{option} cannot be -, which is standard output"
    return next(_conflicts(places), None)


def _conflicts(places: list[_Place]) -> Iterator[str]:
    for first, second in combinations(places, 2):
        names = f"{first.option} and {second.option}"
        if first.path == second.path:
            yield f"{names} are the same path; give each its own"
            continue
        outer, inner = (first, second) if first.path in second.path.parents else (second, first)
        if outer.path not in inner.path.parents:
            continue
        if outer.kind is OutputKind.FILE:
            yield f"{outer.option} is a file, so {inner.option} cannot lie in it"
        elif outer.kind is OutputKind.WHOLE_FOLDER or inner.kind is not OutputKind.FILE:
            yield f"{inner.option} lies in the folder of {outer.option}; give each its own"
