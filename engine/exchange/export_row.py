"""Images with what is known of them, as they go out: the one form that every format is written from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Status = Literal[
    "labelled", "reviewed", "predicted", "unlabelled", "not_classed", "removed", "unread"
]


@dataclass(frozen=True, slots=True)
class Row:
    """One image.

    `path` is relative and POSIX. `label` is what it counts as now (a person's class, else the folder's),
    None where it has none; `original` is the folder's. `probabilities` go in the order of the classes,
    and are empty where nothing was read. `time` is ISO 8601. `seen` says whether the model learned from it,
    None where nobody knows.
    """

    path: str
    sha256: str = ""
    label: str | None = None
    original: str | None = None
    predicted: str | None = None
    confidence: float | None = None
    probabilities: tuple[float, ...] = ()
    status: Status = "labelled"
    reason: str = ""
    group: str = ""
    split: str | None = None
    reviewer: str = ""
    time: str = ""
    model: str = ""
    note: str = ""
    seen: bool | None = None


def fingerprint(hashes: Iterable[str]) -> str:
    """Return the SHA-256 over sorted content hashes: the same images, whatever they are called."""
    import hashlib

    return hashlib.sha256("\n".join(sorted(hashes)).encode()).hexdigest()
