"""By what a finding is known again: kind and contents, never a path, an order or a number of this scan.

So a dismissal survives rescans, renamed files and more copies of the same picture. It does not survive what
makes it another finding: another picture in the cluster, another label given or suggested, another fault.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from engine.curate.finding import Finding, Kind
from engine.curate.folder import Folder


def keyed(findings: Iterable[Finding], folder: Folder) -> Iterator[Finding]:
    """Yield the findings of one detector with their keys; all of one cluster share theirs."""
    listed = list(findings)
    content = {
        one.path: folder.hashes[row]
        for one, row in zip(folder.records, folder.content.tolist(), strict=True)
    }
    label = {one.path: one.label for one in folder.records}
    together: dict[tuple[Kind, int], set[str]] = {}
    for one in listed:
        if one.cluster is not None:
            shown = {content[path] for path in (one.path, *one.evidence)}
            together.setdefault((one.kind, one.cluster), set()).update(shown)
    for one in listed:
        if one.cluster is not None:
            parts = sorted(together[one.kind, one.cluster])
        else:  # of an unreadable file no content is known
            parts = [content.get(one.path, one.path)]
            if one.kind is Kind.SUSPECT_LABEL:
                parts += [str(label[one.path]), str(one.suggested_label)]
            elif one.kind in (Kind.QUALITY, Kind.UNREADABLE):
                parts.append(one.reason.id)
        text = "\0".join([one.kind, *parts]).encode(errors="surrogatepass")
        key = hashlib.blake2b(text, digest_size=16).hexdigest()
        yield replace(one, key=key, content=content.get(one.path, ""))


def without(findings: Iterable[Finding], dismissed: Iterable[str]) -> list[Finding]:
    """Return the findings, in their order, whose keys no person dismissed."""
    known = frozenset(dismissed)
    return [one for one in findings if one.key not in known]
