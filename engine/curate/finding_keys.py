"""Stable keys for findings, made of kind and contents, not of paths, order or cluster numbers.

So a dismissal survives rescans, renamed files and further copies of the same image. It does not survive what
makes a different finding: another image in the cluster, another given or suggested label, another fault.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from engine.curate.finding import Finding, FindingKind
from engine.curate.image_set import ImageSet


def with_keys(findings: Iterable[Finding], image_set: ImageSet) -> Iterator[Finding]:
    """Yield the findings of one detector with their keys; a cluster shares one key."""
    all_findings = list(findings)
    content_of = {
        record.path: image_set.hashes[row]
        for record, row in zip(image_set.records, image_set.content_rows.tolist(), strict=True)
    }
    label_of = {record.path: record.label for record in image_set.records}
    contents_by_cluster: dict[tuple[FindingKind, int], set[str]] = {}
    for finding in all_findings:
        if finding.cluster is not None:
            cluster_contents = {content_of[path] for path in (finding.path, *finding.evidence)}
            contents_by_cluster.setdefault((finding.kind, finding.cluster), set()).update(
                cluster_contents
            )
    for finding in all_findings:
        if finding.cluster is not None:
            parts = sorted(contents_by_cluster[finding.kind, finding.cluster])
        else:  # the content of an unreadable file is unknown
            parts = [content_of.get(finding.path, finding.path)]
            if finding.kind.is_about_label:
                parts += [str(label_of[finding.path]), str(finding.suggested_label)]
            elif finding.kind.has_several_reasons:
                parts.append(finding.reason.id)
        text = "\0".join([finding.kind, *parts]).encode(errors="surrogatepass")
        key = hashlib.blake2b(text, digest_size=16).hexdigest()
        yield replace(finding, key=key, content=content_of.get(finding.path, ""))


def without_dismissed(findings: Iterable[Finding], dismissed: Iterable[str]) -> list[Finding]:
    """Return the findings whose keys were not dismissed, in order."""
    dismissed_keys = frozenset(dismissed)
    return [finding for finding in findings if finding.key not in dismissed_keys]
