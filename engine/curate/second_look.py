"""The second look at a file before it leaves: what was found must still be so, and from the file itself.

Caches, other programs and the time since the scan have no say here: the file is opened, read and hashed again.
"""

import hashlib
import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.curate.finding import Action, Finding, Kind
from engine.curate.manifest import is_inside, leads_out
from engine.images.decode import decode
from engine.images.files import being_written, read_image_file
from engine.images.record import DAMAGED
from engine.messages import Message, Problem

_SAME_SIZE = 64
"""How many files of a copy's size are compared with it where nothing says which is the same."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a finding is about: the content (SHA-256, may be empty), and the other paths that show the same."""

    content: str = ""
    copies: tuple[str, ...] = ()


def evidence_of(findings: Iterable[Finding]) -> dict[str, Evidence]:
    """Return what the findings of a scan rest on, by path; of copies the keeper comes first."""
    clusters: dict[int, list[Finding]] = {}
    contents: dict[str, str] = {}
    for one in findings:
        contents[one.path] = one.content or contents.get(one.path, "")
        if one.kind is Kind.EXACT_DUPLICATE and one.cluster is not None:
            clusters.setdefault(one.cluster, []).append(one)
    found = {path: Evidence(content) for path, content in contents.items()}
    for members in clusters.values():
        paths = [one.path for one in sorted(members, key=lambda one: one.action is not Action.KEEP)]
        for path in paths:
            copies = tuple(other for other in paths if other != path)
            found[path] = Evidence(contents[path], copies)
    return found


class SecondLook:
    """Looks at the files of one move; `leaving` are the paths that are all to be moved."""

    def __init__(
        self, root: Path, evidence: Mapping[str, Evidence], leaving: Collection[str]
    ) -> None:
        self._root = root
        self._evidence = evidence
        self._leaving = frozenset(leaving)
        self._sizes: dict[int, list[str]] | None = None

    def why_not(self, path: str, reason: str) -> Message | None:
        """Return why a file that was chosen for a reason (a finding's kind, or a person's) stays."""
        file = self._root / path
        if being_written(file):
            return Message("image.changing")
        if reason == Kind.UNREADABLE:
            return _still_damaged(file)
        evidence = self._evidence.get(path, Evidence())
        if reason != Kind.EXACT_DUPLICATE and not evidence.content:
            return None  # what a person decided
        try:
            data = read_image_file(file)
        except Problem as problem:
            return problem.message
        if evidence.content and hashlib.sha256(data).hexdigest() != evidence.content:
            return Message("image.changed")
        if reason == Kind.EXACT_DUPLICATE and not self._has_copy(path, data, evidence):
            return Message("quarantine.no_copy")
        return None

    def _has_copy(self, path: str, data: bytes, evidence: Evidence) -> bool:
        """Say whether a file that stays shows the same; looked up among all where it is not known which."""
        return any(
            self._stays(other) and self._shows(other, data) for other in evidence.copies
        ) or any(
            self._stays(other) and self._shows(other, data, decoded=False)
            for other in self._of_size(len(data))
            if other != path
        )

    def _stays(self, path: str) -> bool:
        if path in self._leaving or not is_inside(path) or leads_out(self._root, path):
            return False
        try:
            return stat.S_ISREG((self._root / path).lstat().st_mode)
        except OSError:
            return False

    def _shows(self, path: str, data: bytes, *, decoded: bool = True) -> bool:
        try:
            other = read_image_file(self._root / path)
            if other == data:
                return True
            if not decoded:
                return False
            mine, theirs = decode(data), decode(other)
        except Problem:
            return False
        # What decoding dropped (hidden colours, channels, low bits) may differ where the pixels do not.
        return mine.dropped == theirs.dropped and np.array_equal(mine.pixels, theirs.pixels)

    def _of_size(self, size: int) -> Iterator[str]:
        if self._sizes is None:
            self._sizes = {}
            for folder, _, names in os.walk(self._root):
                for name in names:
                    file = Path(folder, name)
                    try:
                        status = file.lstat()
                    except OSError:
                        continue
                    if stat.S_ISREG(status.st_mode):
                        relative = file.relative_to(self._root).as_posix()
                        self._sizes.setdefault(status.st_size, []).append(relative)
        yield from self._sizes.get(size, ())[:_SAME_SIZE]


def _still_damaged(file: Path) -> Message | None:
    """Return why a file stays: it can be read, or what keeps it from being read may pass."""
    try:
        decode(read_image_file(file))
    except Problem as problem:
        return None if problem.message.id in DAMAGED else problem.message
    except Exception:  # a decoder that fails in its own way says nothing about the file
        return Message("quarantine.not_damaged")
    return Message("quarantine.not_damaged")
