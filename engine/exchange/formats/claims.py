"""What a file of labels says: claims about images, not yet matched with any image."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from engine.messages import Message

Split = Literal["train", "val", "test"]

_SPLITS = {"train": "train", "training": "train", "val": "val", "valid": "val", "validation": "val"}
_SPLITS |= {"dev": "val", "test": "test", "testing": "test"}


@dataclass(frozen=True, slots=True)
class Claim:
    """What a file says of one image.

    It is known by `sha256` (64 hex digits), by `path` (relative, POSIX), or by both; each may be
    empty. `label` is as the file writes it, None where it gives none. `not_classed` and `removed` (a
    reason) are decisions that travel in our own CSV. `where` says where it stands, for a person;
    `unclear` why the file cannot be followed here.
    """

    path: str
    sha256: str
    label: str | None
    where: str
    not_classed: bool = False
    removed: str | None = None
    split: str | None = None
    unclear: Message | None = None


@dataclass(frozen=True, slots=True)
class Claims:
    """All that a file says; `classes` is its explicit order of classes, empty where it has none."""

    claims: tuple[Claim, ...]
    classes: tuple[str, ...] = ()


def split_of(name: str) -> str | None:
    """Return `train`, `val` or `test` for the name of a split, or None."""
    return _SPLITS.get(name.strip().casefold())


def check_order(classes: Sequence[object]) -> tuple[str, ...] | None:
    """Return an order of classes as read from a file, or None if it is none: not text, or twice."""
    names = tuple(name for name in classes if isinstance(name, str) and name)
    return names if len(names) == len(classes) == len(set(names)) else None
