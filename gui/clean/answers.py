"""What a person answers to findings, as decisions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.curate.finding import Action, Finding, Kind

if TYPE_CHECKING:
    from gui.table import ImageTable


@dataclass(frozen=True, slots=True)
class Answer:
    """Decisions in one edit: paths to remove each with its reason, and paths to relabel each with its class."""

    remove: dict[str, str] = field(default_factory=dict)
    relabel: dict[str, str] = field(default_factory=dict)
    kept: int = 0
    conflicts: int = 0
    """How many clusters were left out because their labels differ: which holds, a person says."""

    def __bool__(self) -> bool:
        return bool(self.remove or self.relabel)


def chosen(findings: Sequence[Finding]) -> Answer:
    """Return the removal of findings that a person chose; of copies in several clusters one stays."""
    if len({one.cluster for one in findings}) > 1:
        return everything(findings)
    return Answer({one.path: str(one.kind) for one in findings})


def undecided(answer: Answer, table: "ImageTable | None") -> Answer:
    """Return the part of an answer that is on images which no person decided on yet."""
    if table is None:
        return answer
    taken = table.decided()

    def free(paths: dict[str, str]) -> dict[str, str]:
        rows = [table.row(path) for path in paths]
        return {
            path: what
            for (path, what), row in zip(paths.items(), rows, strict=True)
            if row is None or not taken[row]
        }

    return Answer(free(answer.remove), free(answer.relabel), answer.kept, answer.conflicts)


def decidable(findings: Sequence[Finding]) -> tuple[list[Finding], int]:
    """Return the findings that may be answered all at once, and how many clusters are left out.

    Those of one cluster a person has before the eyes. Of several, conflicts of labels are left out.
    """
    if len({one.cluster for one in findings}) < 2:
        return list(findings), 0
    return _without_conflicts(findings)


def suggested(findings: Iterable[Finding]) -> Answer:
    """Return what is suggested for findings; for those to be looked at, nothing is."""
    left, conflicts = decidable(list(findings))
    remove, relabel, kept = {}, {}, 0
    for one in left:
        if one.action is Action.REMOVE:
            remove[one.path] = str(one.kind)
        elif one.kind is Kind.SUSPECT_LABEL and one.suggested_label:
            relabel[one.path] = one.suggested_label
        else:
            kept += 1
    return Answer(remove, relabel, kept, conflicts)


def everything(findings: Iterable[Finding]) -> Answer:
    """Return the removal of all findings but the keepers of clusters; suspect labels are corrected.

    Conflicts of labels are left out.
    """
    left, conflicts = _without_conflicts(list(findings))
    remove, relabel, kept = {}, {}, 0
    for one in left:
        if one.action is Action.KEEP:
            kept += 1
        elif one.kind is Kind.SUSPECT_LABEL:
            if one.suggested_label:
                relabel[one.path] = one.suggested_label
        else:
            remove[one.path] = str(one.kind)
    return Answer(remove, relabel, kept, conflicts)


def only(path: str, together: Iterable[Finding]) -> Answer:
    """Return the removal of all findings of a cluster but that on `path`."""
    return Answer({one.path: str(one.kind) for one in together if one.path != path}, {}, 1)


def _without_conflicts(findings: Sequence[Finding]) -> tuple[list[Finding], int]:
    conflicts = {one.cluster for one in findings if one.conflict}
    return [one for one in findings if not one.conflict], len(conflicts)
