"""Findings in one plain form, on the wire and in the cache: the last scan's are shown at once."""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.classify.bundle import keep_newest
from engine.curate.finding import Action, Finding, Kind
from engine.images.record import BadFile, ImageRecord
from engine.messages import Message
from engine.paths import cache_dir
from engine.writing import write_whole

_FORMAT = 1
_KEPT = 32


@dataclass(frozen=True, slots=True)
class Last:
    """What the last scan of a folder found; `stale` where its images or the model are others now."""

    findings: list[Finding]
    stale: bool


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
    head = json.dumps({"format": _FORMAT, "of": _print(found, model)}).encode("ascii")
    file = _file(root)
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, head + b"\n" + encode(findings))
        keep_newest(file.parent, _KEPT)


def last(root: Path, found: Sequence[ImageRecord | BadFile], model: str) -> Last | None:
    """Return the findings of the last scan of a folder; None if there was none or it cannot be read."""
    try:
        head, _, rows = _file(root).read_bytes().partition(b"\n")
        about = json.loads(head)
        if about["format"] != _FORMAT:
            return None
        return Last(decode(rows), about["of"] != _print(found, model))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _file(root: Path) -> Path:
    name = hashlib.blake2b(os.fsencode(root.absolute()), digest_size=16).hexdigest()
    return cache_dir() / "findings" / f"{name}.json"


def _print(found: Sequence[ImageRecord | BadFile], model: str) -> str:
    """Return a fingerprint of the files and the model; labels are no part of it."""
    digest = hashlib.blake2b(model.encode(), digest_size=16)
    lines = [
        f"{one.path}\0{one.size}\0{one.mtime_ns}"
        if isinstance(one, ImageRecord)
        else f"{one.path}\0{one.reason.id}"
        for one in found
    ]
    digest.update("\n".join(sorted(lines)).encode(errors="surrogatepass"))
    return digest.hexdigest()


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
    ]


def _finding(row: list[Any]) -> Finding:
    kind, path, score, (reason, says), action, cluster, better, evidence, key = row
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
    )
