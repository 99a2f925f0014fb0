"""Findings in one plain form, on the wire and in the cache: the last scan's are shown at once."""

import base64
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine import cached
from engine.curate.finding import Action, Finding, Kind
from engine.curate.second_look import Evidence, evidence_of
from engine.images.decode import VERSION as DECODING
from engine.images.record import BadFile, ImageRecord
from engine.messages import Message
from engine.paths import cache_dir
from engine.stored import Damaged, decoding

_FORMAT = f"3 {DECODING}"
_PRINT = 8  # bytes
_KEPT = 32


@dataclass(frozen=True, slots=True)
class Last:
    """What the last scan of a folder found; `unseen` are images that are new or others since then."""

    findings: list[Finding]
    unseen: int
    other_model: bool

    @property
    def stale(self) -> bool:
        """Whether another scan may find something else."""
        return self.unseen > 0 or self.other_model


def encode(findings: Iterable[Finding]) -> bytes:
    """Return findings as JSON; ASCII, so that paths which are no text travel too."""
    return json.dumps([_row(one) for one in findings]).encode("ascii")


def decode(data: bytes) -> list[Finding]:
    """Return the findings that `encode` wrote; raises `ValueError`, `KeyError` or `TypeError`."""
    return [_finding(row) for row in json.loads(data)]


def keep(
    root: Path, found: Sequence[ImageRecord | BadFile], model: str, findings: Iterable[Finding]
) -> None:
    """Keep what a scan of `found` by `model` gave; where that is impossible nothing happens."""
    seen = base64.b64encode(b"".join(sorted(_prints(found)))).decode("ascii")
    head = json.dumps({"format": _FORMAT, "model": model, "seen": seen}).encode("ascii")
    file = _file(root)
    cached.keep(file, head + b"\n" + encode(findings), _KEPT)


def last(root: Path, found: Sequence[ImageRecord | BadFile], model: str) -> Last | None:
    """Return the findings of the last scan of a folder; None if there was none or it cannot be read."""
    try:
        with decoding():
            head, _, rows = (cached.load(_file(root)) or b"").partition(b"\n")
            about = json.loads(head)
            if about["format"] != _FORMAT:
                return None
            prints = base64.b64decode(about["seen"])
            seen = {prints[at : at + _PRINT] for at in range(0, len(prints), _PRINT)}
            unseen = sum(one not in seen for one in _prints(found))
            return Last(decode(rows), unseen, about["model"] != model)
    except Damaged:
        return None


def evidence(root: Path) -> dict[str, Evidence]:
    """Return what the findings of the last scan of a folder rest on; nothing where there was none."""
    try:
        with decoding():
            return evidence_of(decode((cached.load(_file(root)) or b"").partition(b"\n")[2]))
    except Damaged:
        return {}


def _file(root: Path) -> Path:
    name = hashlib.blake2b(os.fsencode(root.absolute()), digest_size=16).hexdigest()
    return cache_dir() / "findings" / f"{name}.json"


def _prints(found: Iterable[ImageRecord | BadFile]) -> Iterator[bytes]:
    """Yield a fingerprint of each file; its label is no part of it."""
    for one in found:
        if isinstance(one, ImageRecord):
            text = f"{one.path}\0{one.stamp}"
        else:
            text = f"{one.path}\0{one.reason.id}"
        yield hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=_PRINT).digest()


def _row(one: Finding) -> list[Any]:
    return [
        one.kind,
        one.path,
        float(one.score),
        [one.reason.id, dict(one.reason.params)],
        one.action,
        one.cluster,
        one.suggested_label,
        one.evidence,
        one.key,
        one.content,
    ]


def _finding(row: list[Any]) -> Finding:
    kind, path, score, (reason, says), action, cluster, better, evidence, key, content = row
    return Finding(
        Kind(kind),
        path,
        score,
        Message(reason, says),
        Action(action),
        cluster,
        better,
        tuple(evidence),
        key,
        content,
    )
