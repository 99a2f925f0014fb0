"""Resolutions of findings: the images to remove or relabel in one edit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.curate.finding import Finding, FindingAction

if TYPE_CHECKING:
    from gui.state.image_table import ImageTable


@dataclass(frozen=True, slots=True)
class Resolution:
    """Decisions of one edit: paths to remove with their reasons, paths to relabel with their classes."""

    remove: dict[str, str] = field(default_factory=dict)
    relabel: dict[str, str] = field(default_factory=dict)
    kept_count: int = 0
    conflicts: int = 0
    """Clusters that were skipped because the labels of their copies differ."""

    def __bool__(self) -> bool:
        return bool(self.remove or self.relabel)


def remove_selected(findings: Sequence[Finding]) -> Resolution:
    """Remove the selected findings; of copies in several clusters, keep one in each."""
    if len({finding.cluster for finding in findings}) > 1:
        return resolve_all(findings)
    return Resolution({finding.path: str(finding.kind) for finding in findings})


def exclude_decided(resolution: Resolution, table: "ImageTable | None") -> Resolution:
    """Drop the images on which somebody has already decided."""
    if table is None:
        return resolution
    decided = table.decided()

    def keep_undecided(paths: dict[str, str]) -> dict[str, str]:
        rows = [table.row(path) for path in paths]
        return {
            path: decision
            for (path, decision), row in zip(paths.items(), rows, strict=True)
            if row is None or not decided[row]
        }

    return Resolution(
        keep_undecided(resolution.remove),
        keep_undecided(resolution.relabel),
        resolution.kept_count,
        resolution.conflicts,
    )


def select_resolvable(findings: Sequence[Finding]) -> tuple[list[Finding], int]:
    """Return the findings that can be resolved together, and the number of skipped clusters.

    Findings of a single cluster are returned unchanged; of several clusters, those with conflicting
    labels are skipped.
    """
    if len({finding.cluster for finding in findings}) < 2:
        return list(findings), 0
    return _without_conflicts(findings)


def resolve_as_suggested(findings: Iterable[Finding]) -> Resolution:
    """Apply the suggested action of each finding; findings to review are left unchanged."""
    resolvable, conflicts = select_resolvable(list(findings))
    remove, relabel, kept_count = {}, {}, 0
    for finding in resolvable:
        if finding.action is FindingAction.REMOVE:
            remove[finding.path] = str(finding.kind)
        elif finding.kind.is_about_label and finding.suggested_label:
            relabel[finding.path] = finding.suggested_label
        else:
            kept_count += 1
    return Resolution(remove, relabel, kept_count, conflicts)


def resolve_all(findings: Iterable[Finding]) -> Resolution:
    """Remove all findings except the keepers of clusters, and correct suspect labels.

    Clusters with conflicting labels are skipped.
    """
    resolvable, conflicts = _without_conflicts(list(findings))
    remove, relabel, kept_count = {}, {}, 0
    for finding in resolvable:
        if finding.action is FindingAction.KEEP:
            kept_count += 1
        elif finding.kind.is_about_label:
            if finding.suggested_label:
                relabel[finding.path] = finding.suggested_label
        else:
            remove[finding.path] = str(finding.kind)
    return Resolution(remove, relabel, kept_count, conflicts)


def keep_only(path: str, cluster: Iterable[Finding]) -> Resolution:
    """Remove all images of a cluster except `path`."""
    return Resolution(
        {finding.path: str(finding.kind) for finding in cluster if finding.path != path}, {}, 1
    )


def _without_conflicts(findings: Sequence[Finding]) -> tuple[list[Finding], int]:
    conflicts = {finding.cluster for finding in findings if finding.is_label_conflict}
    return [finding for finding in findings if not finding.is_label_conflict], len(conflicts)
