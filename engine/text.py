"""Text for tables and terminals: undecodable names, control characters, spreadsheet formulas."""

import unicodedata
from pathlib import Path
from typing import Any

_JOINERS = "\u200c\u200d"
"""Zero-width characters that belong to words and to composed emoji."""

_PLAIN_PUNCTUATION = {
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "–": "-",
    "−": "-",
    "…": "...",
    "×": "x",
    "·": "-",
}
"""Marks of our sentences, for terminals that have no others."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def to_printable(text: str) -> str:
    """Return text that UTF-8 can encode: undecodable bytes of a file name become `\\xe9`."""
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # an unpaired surrogate in a Windows name
        return text.encode("utf-8", "backslashreplace").decode("utf-8")


def display_path(file: Path) -> str:
    """Return a path as valid text for a sentence: bytes that are not UTF-8 are replaced."""
    return str(file).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def to_printable_values(value: Any) -> Any:
    """Return plain data (texts, lists, dictionaries) with all its texts as `to_printable` gives them."""
    if isinstance(value, str):
        return to_printable(value)
    if isinstance(value, dict):
        return {to_printable_values(key): to_printable_values(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_printable_values(item) for item in value]
    return value


def escape_controls(text: str) -> str:
    """Return text with control characters written as `\\x1b`, so that it is safe to print.

    File names may contain escape codes that clear a terminal, rename its window or type into it.
    """
    return "".join(
        char if char == "\n" or unicodedata.category(char) not in ("Cc", "Cf") or char in _JOINERS
        else char.encode("unicode_escape").decode("ascii")
        for char in text
    )  # fmt: skip


def plain_punctuation(text: str, encoding: str) -> str:
    """Return text with the marks that an encoding lacks, such as “ and …, replaced by plain ones."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(
            plain
            if (plain := _PLAIN_PUNCTUATION.get(char)) and not _can_encode(char, encoding)
            else char
            for char in text
        )
    return text


def _can_encode(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def collapse_whitespace(text: str) -> str:
    """Return the text on one line, without repeated spaces."""
    return " ".join(text.split())


def formula_safe_path(path: str) -> str:
    """Return a relative path that no spreadsheet reads as a formula: `=1.jpg` becomes `./=1.jpg`.

    Joined to its folder, it still names the same file.
    """
    return f"./{path}" if path.startswith(_FORMULA_STARTS) else path


def formula_safe_text(text: str) -> str:
    """Return text that no spreadsheet reads as a formula: `=1` becomes `'=1`.

    `original_text` reverses it; text that already looks escaped gets one more quote.
    """
    return f"'{text}" if _looks_like_formula(text) else text


def original_path(cell: str) -> str:
    """Return the path that `formula_safe_path` wrote."""
    return cell.removeprefix("./")


def original_text(cell: str) -> str:
    """Return the text that `formula_safe_text` wrote."""
    return cell[1:] if cell.startswith("'") and _looks_like_formula(cell) else cell


def _looks_like_formula(text: str) -> bool:
    return text.lstrip("'").startswith(_FORMULA_STARTS)


def comparable_name(name: str) -> str:
    """Return a person's name as it is compared with others: without case and surplus spaces."""
    return collapse_whitespace(name).casefold()
