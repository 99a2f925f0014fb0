"""Checks before a move: a finding must still hold, judged by the file itself.

Caches are not trusted here, since the file may have changed: it is opened, decoded and hashed again.
"""

import hashlib
import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.curate.finding import Finding, FindingAction, FindingKind
from engine.curate.manifest import is_inside, leaves_root
from engine.images.decoder import decode
from engine.images.image_files import is_being_written, read_image_file
from engine.images.record import DAMAGE_REASONS
from engine.messages import Message, Problem

_MAX_COMPARED = 64
"""Most files of the same size to compare with, where no copy is known."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence for a finding: the content (SHA-256, may be empty) and the paths of other copies."""

    content: str = ""
    copies: tuple[str, ...] = ()


def collect_evidence(findings: Iterable[Finding]) -> dict[str, Evidence]:
    """Return the evidence of findings by path; of copies the keeper comes first."""
    clusters: dict[int, list[Finding]] = {}
    contents: dict[str, str] = {}
    for finding in findings:
        contents[finding.path] = finding.content or contents.get(finding.path, "")
        if finding.kind is FindingKind.EXACT_DUPLICATE and finding.cluster is not None:
            clusters.setdefault(finding.cluster, []).append(finding)
    evidence = {path: Evidence(content) for path, content in contents.items()}
    for members in clusters.values():
        paths = [
            finding.path
            for finding in sorted(
                members, key=lambda finding: finding.action is not FindingAction.KEEP
            )
        ]
        for path in paths:
            copies = tuple(other for other in paths if other != path)
            evidence[path] = Evidence(contents[path], copies)
    return evidence


class MoveChecker:
    """Checks the files of one move; `leaving` are all paths to be moved."""

    def __init__(
        self, root: Path, evidence: Mapping[str, Evidence], leaving: Collection[str]
    ) -> None:
        self._root = root
        self._evidence = evidence
        self._leaving = frozenset(leaving)
        self._paths_by_size: dict[int, list[str]] | None = None

    def reason_to_stay(self, path: str, reason: str) -> Message | None:
        """Return why a file must not be moved for a reason (a finding's kind, or other text), or None."""
        file = self._root / path
        if is_being_written(file):
            return Message("image.changing")
        if reason == FindingKind.UNREADABLE:
            return _why_not_damaged(file)
        evidence = self._evidence.get(path, Evidence())
        if reason != FindingKind.EXACT_DUPLICATE and not evidence.content:
            return None  # a person's decision
        try:
            data = read_image_file(file)
        except Problem as problem:
            return problem.message
        if evidence.content and hashlib.sha256(data).hexdigest() != evidence.content:
            return Message("image.changed")
        if reason == FindingKind.EXACT_DUPLICATE and not self._has_copy(path, data, evidence):
            return Message("quarantine.no_copy")
        return None

    def _has_copy(self, path: str, data: bytes, evidence: Evidence) -> bool:
        """Return whether a remaining file has the same content: a known copy, or any file of the same size."""
        return any(
            self._remains(other) and self._has_same_content(other, data)
            for other in evidence.copies
        ) or any(
            self._remains(other) and self._has_same_content(other, data, decoded=False)
            for other in self._files_of_size(len(data))
            if other != path
        )

    def _remains(self, path: str) -> bool:
        if path in self._leaving or not is_inside(path) or leaves_root(self._root, path):
            return False
        try:
            return stat.S_ISREG((self._root / path).lstat().st_mode)
        except OSError:
            return False

    def _has_same_content(self, path: str, data: bytes, *, decoded: bool = True) -> bool:
        try:
            other = read_image_file(self._root / path)
            if other == data:
                return True
            if not decoded:
                return False
            mine, theirs = decode(data), decode(other)
        except Problem:
            return False
        # Dropped parts (hidden colours, channels, low bits) may differ where the pixels are the same.
        return mine.dropped_hash == theirs.dropped_hash and np.array_equal(
            mine.pixels, theirs.pixels
        )

    def _files_of_size(self, size: int) -> Iterator[str]:
        if self._paths_by_size is None:
            self._paths_by_size = {}
            for folder, _, names in os.walk(self._root):
                for name in names:
                    file = Path(folder, name)
                    try:
                        status = file.lstat()
                    except OSError:
                        continue
                    if stat.S_ISREG(status.st_mode):
                        relative = file.relative_to(self._root).as_posix()
                        self._paths_by_size.setdefault(status.st_size, []).append(relative)
        yield from self._paths_by_size.get(size, ())[:_MAX_COMPARED]


def _why_not_damaged(file: Path) -> Message | None:
    """Return why a file is kept: it can be read, or the read error may be temporary; None if damaged."""
    try:
        decode(read_image_file(file))
    except Problem as problem:
        return None if problem.message.id in DAMAGE_REASONS else problem.message
    except Exception:  # an unexpected decoder error does not prove damage
        return Message("quarantine.not_damaged")
    return Message("quarantine.not_damaged")
