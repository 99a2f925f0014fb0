"""Path matching: the images meant by a path from another program, computer or person.

A path matches the image at exactly that path. If there is none, it matches by Unicode's composed form, then
without regard to case; then, for a path from another computer, the image whose path it ends with.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from engine.text import original_text, to_printable

_DRIVE = re.compile(r"[A-Za-z]:")
_URL = re.compile(r"file://(?:localhost)?", re.IGNORECASE)
_MIN_COMMON_NAMES = 2
"""Names that two paths must share at their ends if neither contains the other: folder and file."""


@dataclass(frozen=True, slots=True)
class PathMatch:
    """Images that a path may mean: none, one or several; `exact` if it is exactly the image's path."""

    paths: tuple[str, ...]
    exact: bool


class PathFinder:
    """Index of a folder's images for finding them by foreign paths."""

    def __init__(self, paths: Iterable[str]) -> None:
        """Take the images' relative POSIX paths."""
        self._exact: dict[str, list[str]] = defaultdict(list)
        self._composed: dict[str, list[str]] = defaultdict(list)
        self._folded: dict[str, list[str]] = defaultdict(list)
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for path in paths:
            # As tables contain it: undecodable names are escaped, so two files may share one form.
            written = to_printable(path)
            self._exact[written].append(path)
            self._composed[_composed(written)].append(path)
            self._folded[_folded(written)].append(path)
            self._by_name[_folded(written).rpartition("/")[2]].append(path)

    def find(self, text: str) -> PathMatch:
        """Return the images that a path may mean."""
        forms = list(_possible_paths(to_printable(text)))
        for number, (form, _) in enumerate(forms):
            if found := self._exact.get(form):
                return PathMatch(tuple(found), number == 0)
        for plain, places in ((_composed, self._composed), (_folded, self._folded)):
            for form, _ in forms:
                if found := places.get(plain(form)):
                    return PathMatch(tuple(found), exact=False)
        for form, foreign in forms:
            if found := self._find_by_ending(form, foreign):
                return PathMatch(tuple(found), exact=False)
        return PathMatch((), exact=False)

    def _find_by_ending(self, form: str, foreign: bool) -> list[str]:
        names = _folded(form).split("/")
        found = []
        for path in self._by_name.get(names[-1], ()):
            image_names = _folded(to_printable(path)).split("/")
            common = 0
            while (
                common < min(len(names), len(image_names))
                and names[-1 - common] == image_names[-1 - common]
            ):
                common += 1
            if common >= _MIN_COMMON_NAMES or (foreign and common == len(image_names)):
                found.append((common, path))
        longest = max((common for common, _ in found), default=0)
        best = [path for common, path in found if common == longest]
        # A shorter image path that also matches is a second candidate.
        return (
            best
            if len(best) == len(found) or longest > _MIN_COMMON_NAMES
            else [path for _, path in found]
        )


def _possible_paths(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the relative paths that a text may stand for, and whether each is from another computer."""
    if plain := _normalise_relative(text):
        yield plain, False
    unguarded = original_text(text)
    if unguarded != text and (plain := _normalise_relative(unguarded)):
        yield plain, False
    url = _URL.match(text)
    bare = unquote(text[url.end() :]) if url else text
    slashed = bare.replace("\\", "/")
    if not url and slashed == text and plain:
        return
    rooted = slashed.startswith("/") or bool(_DRIVE.match(slashed.lstrip("/")))
    slashed = _DRIVE.sub("", slashed.lstrip("/"), count=1) if rooted else slashed
    outside = ".." in slashed.split("/")
    if plain := _normalise_relative(slashed.rpartition("../")[2].lstrip("/")):
        yield plain, rooted or outside or bool(url)


def _normalise_relative(text: str) -> str:
    """Return a relative path without `.` and double slashes, or "" if the text is not one."""
    if text.startswith("/") or "\0" in text or _DRIVE.match(text):
        return ""
    names = [name for name in text.split("/") if name not in ("", ".")]
    return "" if ".." in names else "/".join(names)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text.casefold())
