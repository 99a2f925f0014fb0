"""Findings: what detectors report about an image, with the reason."""

from dataclasses import dataclass
from enum import StrEnum

from engine.messages import Message


class FindingKind(StrEnum):
    """The kinds of findings, in the order in which to review them."""

    UNREADABLE = "unreadable"
    EXACT_DUPLICATE = "exact_duplicate"
    OFF_TOPIC = "off_topic"
    UNKNOWN = "unknown"
    SPLIT_LEAK = "split_leak"
    NEAR_DUPLICATE = "near_duplicate"
    SUSPECT_LABEL = "suspect_label"
    QUALITY = "quality"
    UNUSUAL = "unusual"

    @property
    def is_about_label(self) -> bool:
        """True if the findings question the label, so that a new label resolves them."""
        return self is FindingKind.SUSPECT_LABEL

    @property
    def is_doubt(self) -> bool:
        """True if the findings say that content or label is wrong: the image is doubtful until decided."""
        return self in (FindingKind.OFF_TOPIC, FindingKind.UNKNOWN, FindingKind.SUSPECT_LABEL)

    @property
    def has_several_reasons(self) -> bool:
        """True if one image can have several findings of the kind, which differ in their reasons."""
        return self in (FindingKind.UNREADABLE, FindingKind.QUALITY)

    @property
    def is_of_versions(self) -> bool:
        """True if the findings concern different versions of one image, worth seeing side by side."""
        return self in (FindingKind.SPLIT_LEAK, FindingKind.NEAR_DUPLICATE)

    @property
    def is_quarantined_by_default(self) -> bool:
        """True if the `scan` command moves the files unless other kinds are named."""
        return self in (
            FindingKind.UNREADABLE,
            FindingKind.OFF_TOPIC,
            FindingKind.EXACT_DUPLICATE,
        )


class FindingAction(StrEnum):
    """The suggested action; `keep` marks the copy of a cluster that should stay."""

    REMOVE = "remove"
    KEEP = "keep"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding about the image at `path` (relative to the source's root).

    `score` is 0 to 1, larger for more certain or more important findings. Findings of one `cluster`
    belong together. `evidence` are paths of images that show the reason. `key` is the same for the same
    finding on the same contents in every scan (`engine.curate.finding_keys`); dismissals store it.
    `content` is the SHA-256 of the image's content, empty if it could not be read.
    """

    kind: FindingKind
    path: str
    score: float
    reason: Message
    action: FindingAction
    cluster: int | None = None
    suggested_label: str | None = None
    evidence: tuple[str, ...] = ()
    key: str = ""
    content: str = ""

    @property
    def is_label_conflict(self) -> bool:
        """True if the copies of the cluster have different labels, so that a person must decide."""
        return self.cluster is not None and self.reason.id.endswith("_conflict")


@dataclass(frozen=True, slots=True)
class FindingBatch:
    """All findings of some kinds, ranked, reported as soon as their detector is done."""

    kinds: tuple[FindingKind, ...]
    findings: tuple[Finding, ...]
