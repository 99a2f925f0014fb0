"""What a person answers to findings, as decisions."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.curate.finding import Action, Finding, Kind


@dataclass(frozen=True, slots=True)
class Answer:
    """Decisions in one edit: paths to remove each with its reason, and paths to relabel each with its class."""

    remove: dict[str, str] = field(default_factory=dict)
    relabel: dict[str, str] = field(default_factory=dict)
    kept: int = 0

    def __bool__(self) -> bool:
        return bool(self.remove or self.relabel)


def suggested(findings: Iterable[Finding]) -> Answer:
    """Return what is suggested for findings; for those to be looked at, nothing is."""
    remove, relabel, kept = {}, {}, 0
    for one in findings:
        if one.action is Action.REMOVE:
            remove[one.path] = str(one.kind)
        elif one.kind is Kind.SUSPECT_LABEL and one.suggested_label:
            relabel[one.path] = one.suggested_label
        else:
            kept += 1
    return Answer(remove, relabel, kept)


def everything(findings: Iterable[Finding]) -> Answer:
    """Return the removal of all findings but the keepers of clusters; suspect labels are corrected."""
    remove, relabel, kept = {}, {}, 0
    for one in findings:
        if one.action is Action.KEEP:
            kept += 1
        elif one.kind is Kind.SUSPECT_LABEL:
            if one.suggested_label:
                relabel[one.path] = one.suggested_label
        else:
            remove[one.path] = str(one.kind)
    return Answer(remove, relabel, kept)


def only(path: str, together: Iterable[Finding]) -> Answer:
    """Return the removal of all findings of a cluster but that on `path`."""
    return Answer({one.path: str(one.kind) for one in together if one.path != path}, {}, 1)
