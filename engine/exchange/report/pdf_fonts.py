"""Letters of other scripts in a PDF: fonts of this computer that have them, and Arabic ones joined."""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

_RESTRICTED = 0x2
"""OS/2 fsType: a font that may not be embedded."""

_WIDE = ("notosanscjk", "sourcehansans", "notosans", "arialuni", "droidsansfallback", "wqy", "unifont",
         "msyh", "meiryo", "yugoth", "msgothic", "malgun", "pingfang", "hiragino", "simsun")  # fmt: skip
_ODD = ("bold", "italic", "oblique", "light", "thin", "black", "mono", "serif", "condensed")


def lacking(text: Iterable[str], font: Path) -> set[int]:
    """Return the code points of letters that a font has no shape for."""
    has = _shapes(font) or set()
    return {ord(letter) for letter in set(text) if letter.isprintable()} - has


def fonts_for(
    letters: set[int], files: Iterable[Path] | None = None
) -> tuple[list[Path], set[int]]:
    """Return fonts that have the letters, as few as a look in order gives, and the letters that none has.

    `files` are the fonts to choose from, those of this computer if not given. Only fonts that may be
    embedded are taken.
    """
    left, found = set(letters), []
    if not left:
        return [], left
    for file in sorted(_installed() if files is None else files, key=_order):
        more = left & (_shapes(file) or set())
        if more:
            found.append(file)
            left -= more
        if not left:
            break
    return found, left


def _installed() -> list[Path]:
    from matplotlib.font_manager import findSystemFonts

    return [Path(name) for name in findSystemFonts()]


def _order(file: Path) -> tuple[int, int, str]:
    name = file.name.lower()
    wide = next((at for at, one in enumerate(_WIDE) if one in name), len(_WIDE))
    return wide, sum(one in name for one in _ODD), str(file)


def _shapes(file: Path) -> set[int] | None:
    """Return the code points of a font, None where it is damaged, of dots, or may not be embedded."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(file, fontNumber=0, lazy=True) as font:
            if "glyf" not in font and "CFF " not in font:
                return None
            if "OS/2" in font and font["OS/2"].fsType & 0xF == _RESTRICTED:
                return None
            return set(font.getBestCmap() or ())
    # Fonts of strangers: whatever is wrong with one, another may do.
    except (OSError, TTLibError, AssertionError, KeyError, ValueError, TypeError):
        return None


@cache
def _forms() -> dict[str, dict[str, str]]:
    """Return the forms of each Arabic letter, or pair, by where it stands: Unicode's presentation forms B."""
    forms: dict[str, dict[str, str]] = {}
    for code in range(0xFE70, 0xFEFD):
        place, *parts = unicodedata.decomposition(chr(code)).split()[:3] or ("",)
        letters = "".join(chr(int(one, 16)) for one in parts)
        if place and " " not in letters:
            forms.setdefault(letters, {})[place.strip("<>")] = chr(code)
    return forms


def joined(text: str) -> str:
    """Return a text with its Arabic letters in the forms that they have beside each other.

    What is written from right to left stays in the order in which it is read.
    """
    if not any("\u0620" <= letter <= "\u064a" for letter in text):
        return text
    parts = list(_parts(text))
    said = []
    for at, part in enumerate(parts):
        forms = _forms().get(part)
        if forms is None:
            said.append(part)
            continue
        before = at > 0 and "initial" in _forms().get(parts[at - 1], {}) and "final" in forms
        after = (
            at + 1 < len(parts)
            and "final" in _forms().get(parts[at + 1], {})
            and "initial" in forms
        )
        place = {(0, 0): "isolated", (0, 1): "initial", (1, 0): "final", (1, 1): "medial"}
        said.append(forms.get(place[before, after], part))
    return "".join(said)


def _parts(text: str) -> Iterator[str]:
    """Letters, and the pairs that are written as one (lam and alif)."""
    at = 0
    while at < len(text):
        pair = text[at : at + 2]
        step = 2 if len(pair) == 2 and pair in _forms() and pair[0] == "\u0644" else 1
        yield text[at : at + step]
        at += step
