"""Cache of findings: those of the last scan of a folder are shown at once. Also their JSON encoding."""

import base64
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine import cache_entries
from engine.curate.finding import Finding, FindingAction, FindingKind
from engine.curate.move_checks import Evidence, collect_evidence
from engine.damaged_data import DamagedData, decoding
from engine.images.decoder import DECODER_VERSION as DECODING
from engine.images.record import BadFile, ImageRecord
from engine.messages import Message
from engine.paths import cache_dir

_FORMAT = f"3 {DECODING}"
_FINGERPRINT_BYTES = 8
_MAX_FILES = 32


@dataclass(frozen=True, slots=True)
class CachedFindings:
    """Findings of the last scan of a folder; `changed_count` files are new or changed since."""

    findings: list[Finding]
    changed_count: int
    is_other_model: bool

    @property
    def is_stale(self) -> bool:
        """True if a new scan may give other findings."""
        return self.changed_count > 0 or self.is_other_model


def encode_findings(findings: Iterable[Finding]) -> bytes:
    """Return findings as JSON, in ASCII, so that paths that are not valid text can be encoded too."""
    return json.dumps([_to_row(finding) for finding in findings]).encode("ascii")


def decode_findings(data: bytes) -> list[Finding]:
    """Decode findings; raises `ValueError`, `KeyError` or `TypeError`."""
    return [_from_row(row) for row in json.loads(data)]


def save(
    root: Path, files: Sequence[ImageRecord | BadFile], model: str, findings: Iterable[Finding]
) -> None:
    """Store the findings of a scan of `files` with the model id `model`; a failure to write is ignored."""
    fingerprints = base64.b64encode(b"".join(sorted(_fingerprints(files)))).decode("ascii")
    header = json.dumps({"format": _FORMAT, "model": model, "seen": fingerprints}).encode("ascii")
    file = _cache_file(root)
    cache_entries.write_entry(file, header + b"\n" + encode_findings(findings), _MAX_FILES)


def load(root: Path, files: Sequence[ImageRecord | BadFile], model: str) -> CachedFindings | None:
    """Return the findings of the last scan of a folder, or None if there are none or they are damaged."""
    try:
        with decoding():
            header, _, rows = (cache_entries.read_entry(_cache_file(root)) or b"").partition(b"\n")
            info = json.loads(header)
            if info["format"] != _FORMAT:
                return None
            joined = base64.b64decode(info["seen"])
            known = {
                joined[start : start + _FINGERPRINT_BYTES]
                for start in range(0, len(joined), _FINGERPRINT_BYTES)
            }
            changed = sum(fingerprint not in known for fingerprint in _fingerprints(files))
            return CachedFindings(decode_findings(rows), changed, info["model"] != model)
    except DamagedData:
        return None


def load_evidence(root: Path) -> dict[str, Evidence]:
    """Return the evidence of the findings of the last scan of a folder, by path; empty without one."""
    try:
        with decoding():
            return collect_evidence(
                decode_findings(
                    (cache_entries.read_entry(_cache_file(root)) or b"").partition(b"\n")[2]
                )
            )
    except DamagedData:
        return {}


def _cache_file(root: Path) -> Path:
    name = hashlib.blake2b(os.fsencode(root.absolute()), digest_size=16).hexdigest()
    return cache_dir() / "findings" / f"{name}.json"


def _fingerprints(files: Iterable[ImageRecord | BadFile]) -> Iterator[bytes]:
    """Yield a fingerprint of each file, which its label does not affect."""
    for file in files:
        if isinstance(file, ImageRecord):
            text = f"{file.path}\0{file.stamp}"
        else:
            text = f"{file.path}\0{file.reason.id}"
        yield hashlib.blake2b(
            text.encode(errors="surrogatepass"), digest_size=_FINGERPRINT_BYTES
        ).digest()


def _to_row(finding: Finding) -> list[Any]:
    return [
        finding.kind,
        finding.path,
        float(finding.score),
        [finding.reason.id, dict(finding.reason.params)],
        finding.action,
        finding.cluster,
        finding.suggested_label,
        finding.evidence,
        finding.key,
        finding.content,
    ]


def _from_row(row: list[Any]) -> Finding:
    (
        kind,
        path,
        score,
        (reason, params),
        action,
        cluster,
        suggested_label,
        evidence,
        key,
        content,
    ) = row
    return Finding(
        FindingKind(kind),
        path,
        score,
        Message(reason, params),
        FindingAction(action),
        cluster,
        suggested_label,
        tuple(evidence),
        key,
        content,
    )
