"""Fonts for a PDF: installed fonts that cover missing glyphs, and shaping of Arabic text."""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

_EMBEDDING_RESTRICTED = 0x2
"""OS/2 fsType of a font that must not be embedded."""

_PREFERRED_FONTS = (
    "notosanscjk", "sourcehansans", "notosans", "arialuni", "droidsansfallback", "wqy", "unifont",
    "msyh", "meiryo", "yugoth", "msgothic", "malgun", "pingfang", "hiragino", "simsun",
)  # fmt: skip
_DEPRECATED_STYLES = (
    "bold",
    "italic",
    "oblique",
    "light",
    "thin",
    "black",
    "mono",
    "serif",
    "condensed",
)


def missing_glyphs(text: Iterable[str], font: Path) -> set[int]:
    """Return the code points of the text that a font has no glyph for."""
    available = _code_points(font) or set()
    return {ord(char) for char in set(text) if char.isprintable()} - available


def fonts_for(
    letters: set[int], files: Iterable[Path] | None = None
) -> tuple[list[Path], set[int]]:
    """Return fonts that cover the code points `letters`, and the code points that no font covers.

    `files` are the fonts to choose from, by default the installed ones. Fonts are taken in order of
    preference; those that must not be embedded are skipped.
    """
    missing, fonts = set(letters), []
    if not missing:
        return [], missing
    for file in sorted(_installed_fonts() if files is None else files, key=_preference):
        covered = missing & (_code_points(file) or set())
        if covered:
            fonts.append(file)
            missing -= covered
        if not missing:
            break
    return fonts, missing


def _installed_fonts() -> list[Path]:
    from matplotlib.font_manager import findSystemFonts

    return [Path(name) for name in findSystemFonts()]


def _preference(file: Path) -> tuple[int, int, str]:
    name = file.name.lower()
    rank = next(
        (index for index, pattern in enumerate(_PREFERRED_FONTS) if pattern in name),
        len(_PREFERRED_FONTS),
    )
    return rank, sum(pattern in name for pattern in _DEPRECATED_STYLES), str(file)


def _code_points(file: Path) -> set[int] | None:
    """Return the code points of a font; None if it is damaged, a bitmap font, or must not be embedded."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(file, fontNumber=0, lazy=True) as font:
            if "glyf" not in font and "CFF " not in font:
                return None
            if "OS/2" in font and font["OS/2"].fsType & 0xF == _EMBEDDING_RESTRICTED:
                return None
            return set(font.getBestCmap() or ())
    # Installed fonts may be broken in any way; such a font is skipped.
    except (OSError, TTLibError, AssertionError, KeyError, ValueError, TypeError):
        return None


@cache
def _arabic_forms() -> dict[str, dict[str, str]]:
    """Return the presentation forms of each Arabic letter or pair, by position (Unicode forms B)."""
    forms: dict[str, dict[str, str]] = {}
    for code in range(0xFE70, 0xFEFD):
        position, *parts = unicodedata.decomposition(chr(code)).split()[:3] or ("",)
        letters = "".join(chr(int(part, 16)) for part in parts)
        if position and " " not in letters:
            forms.setdefault(letters, {})[position.strip("<>")] = chr(code)
    return forms


def shape_arabic(text: str) -> str:
    """Return a text with its Arabic letters replaced by their joined presentation forms.

    The logical order is unchanged.
    """
    if not any("\u0620" <= letter <= "\u064a" for letter in text):
        return text
    parts = list(_letters(text))
    shaped = []
    for index, part in enumerate(parts):
        forms = _arabic_forms().get(part)
        if forms is None:
            shaped.append(part)
            continue
        joins_before = (
            index > 0
            and "initial" in _arabic_forms().get(parts[index - 1], {})
            and "final" in forms
        )
        joins_after = (
            index + 1 < len(parts)
            and "final" in _arabic_forms().get(parts[index + 1], {})
            and "initial" in forms
        )
        position_names = {(0, 0): "isolated", (0, 1): "initial", (1, 0): "final", (1, 1): "medial"}
        shaped.append(forms.get(position_names[joins_before, joins_after], part))
    return "".join(shaped)


def _letters(text: str) -> Iterator[str]:
    """Yield letters, and pairs that are written as one (lam and alif)."""
    index = 0
    while index < len(text):
        pair = text[index : index + 2]
        step = 2 if len(pair) == 2 and pair in _arabic_forms() and pair[0] == "\u0644" else 1
        yield text[index : index + step]
        index += step
