"""A finding: one thing about one image that a person should look at, and why."""

from dataclasses import dataclass
from enum import StrEnum

from engine.messages import Message


class Kind(StrEnum):
    """What is found; in the order in which a person should look, other things being equal."""

    UNREADABLE = "unreadable"
    EXACT_DUPLICATE = "exact_duplicate"
    OFF_TOPIC = "off_topic"
    SPLIT_LEAK = "split_leak"
    NEAR_DUPLICATE = "near_duplicate"
    SUSPECT_LABEL = "suspect_label"
    QUALITY = "quality"
    UNUSUAL = "unusual"


class Action(StrEnum):
    """What is suggested: `keep` is the keeper of a cluster."""

    REMOVE = "remove"
    KEEP = "keep"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding on the image at `path` (relative to the source's root).

    `score` is 0 to 1, larger for what is surer or weighs more. Findings of one `cluster` belong
    together. `evidence` are paths of images that show why. `key` is the same for the same finding on the
    same contents in every scan (`engine.curate.keys`): what a dismissal remembers. `content` is the SHA-256
    of the image's content, empty where it could not be read.
    """

    kind: Kind
    path: str
    score: float
    reason: Message
    action: Action
    cluster: int | None = None
    suggested_label: str | None = None
    evidence: tuple[str, ...] = ()
    key: str = ""
    content: str = ""

    @property
    def conflict(self) -> bool:
        """Whether it is of copies under several labels: which of them holds, a person says."""
        return self.cluster is not None and self.reason.id.endswith("_conflict")


@dataclass(frozen=True, slots=True)
class Batch:
    """All findings of some kinds, ranked, handed out as soon as their detector is done."""

    kinds: tuple[Kind, ...]
    findings: tuple[Finding, ...]
