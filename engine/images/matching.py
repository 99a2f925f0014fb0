"""Which image a path means that another program, computer or person wrote.

A path means the image at exactly that place. Where there is none, the one image is meant whose name is the same
in Unicode's composed form, then in any case; then, for a path from another computer, the one image whose place
the path ends with.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from engine.writing import plain_text, printable

_DRIVE = re.compile(r"[A-Za-z]:")
_URL = re.compile(r"file://(?:localhost)?", re.IGNORECASE)
_SURE = 2
"""Names that must agree at the end of two paths of which neither is the end of the other: folder and file."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The images that a path may mean: none, one, or several; `exact` where it is just that place."""

    paths: tuple[str, ...]
    exact: bool


class PathFinder:
    """Finds images by paths as others write them; built once for all images of a folder."""

    def __init__(self, paths: Iterable[str]) -> None:
        """Take the images' relative POSIX paths."""
        self._exact: dict[str, list[str]] = defaultdict(list)
        self._composed: dict[str, list[str]] = defaultdict(list)
        self._folded: dict[str, list[str]] = defaultdict(list)
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for path in paths:
            # As a table writes it: what is no text has one written form, which two files may share.
            written = printable(path)
            self._exact[written].append(path)
            self._composed[_composed(written)].append(path)
            self._folded[_folded(written)].append(path)
            self._by_name[_folded(written).rpartition("/")[2]].append(path)

    def find(self, text: str) -> Meant:
        """Return the images that a path means."""
        forms = list(_forms(printable(text)))
        for number, (form, _) in enumerate(forms):
            if found := self._exact.get(form):
                return Meant(tuple(found), number == 0)
        for plain, places in ((_composed, self._composed), (_folded, self._folded)):
            for form, _ in forms:
                if found := places.get(plain(form)):
                    return Meant(tuple(found), exact=False)
        for form, foreign in forms:
            if found := self._ending(form, foreign):
                return Meant(tuple(found), exact=False)
        return Meant((), exact=False)

    def _ending(self, form: str, foreign: bool) -> list[str]:
        names = _folded(form).split("/")
        found = []
        for path in self._by_name.get(names[-1], ()):
            own = _folded(printable(path)).split("/")
            common = 0
            while common < min(len(names), len(own)) and names[-1 - common] == own[-1 - common]:
                common += 1
            if common >= _SURE or (foreign and common == len(own)):
                found.append((common, path))
        longest = max((common for common, _ in found), default=0)
        whole = [path for common, path in found if common == longest]
        # A shorter place that the path ends with too is another image that it may mean.
        return whole if len(whole) == len(found) or longest > _SURE else [path for _, path in found]


def _forms(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the relative paths that a text may stand for, and whether it is from another computer."""
    if plain := _relative(text):
        yield plain, False
    unguarded = plain_text(text)
    if unguarded != text and (plain := _relative(unguarded)):
        yield plain, False
    url = _URL.match(text)
    bare = unquote(text[url.end() :]) if url else text
    slashed = bare.replace("\\", "/")
    if not url and slashed == text and plain:
        return
    rooted = slashed.startswith("/") or bool(_DRIVE.match(slashed.lstrip("/")))
    slashed = _DRIVE.sub("", slashed.lstrip("/"), count=1) if rooted else slashed
    outside = ".." in slashed.split("/")
    if plain := _relative(slashed.rpartition("../")[2].lstrip("/")):
        yield plain, rooted or outside or bool(url)


def _relative(text: str) -> str:
    """Return a relative path without `.` and doubled slashes, or nothing where it is none."""
    if text.startswith("/") or "\0" in text or _DRIVE.match(text):
        return ""
    names = [name for name in text.split("/") if name not in ("", ".")]
    return "" if ".." in names else "/".join(names)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text.casefold())
