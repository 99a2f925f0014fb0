"""Export row: one image with its labels and predictions, the input of every export format."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

RowStatus = Literal[
    "labelled", "reviewed", "predicted", "unlabelled", "not_classed", "removed", "unread"
]


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One exported image.

    `path` is relative and POSIX. `label` is the effective label, None where it has none; `original` is
    the folder's. `probabilities` are in the order of the classes, empty without a prediction. `time` is
    ISO 8601. `seen` says whether the model was trained on the image, None if unknown.
    `unknown_ratio` is the unknown score as a multiple of the limit, None where there is none.
    """

    path: str
    sha256: str = ""
    label: str | None = None
    original: str | None = None
    predicted: str | None = None
    confidence: float | None = None
    probabilities: tuple[float, ...] = ()
    status: RowStatus = "labelled"
    reason: str = ""
    group: str = ""
    split: str | None = None
    reviewer: str = ""
    time: str = ""
    model: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    seen: bool | None = None
    unknown_ratio: float | None = None


def dataset_fingerprint(hashes: Iterable[str]) -> str:
    """Return the SHA-256 over sorted content hashes, which does not depend on file names."""
    import hashlib

    return hashlib.sha256("\n".join(sorted(hashes)).encode()).hexdigest()
