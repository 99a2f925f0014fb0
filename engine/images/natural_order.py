"""Natural sort order: `cell2` before `cell10`, the same on every computer and fast for many names."""

import heapq
import re
import unicodedata
from collections.abc import Iterator, Sequence

_NUMBER = re.compile(r"0*([0-9]+)")
# File names have at most 255 bytes.
_LENGTH_PREFIXES = [f"{length:03}" for length in range(256)]
_DIGIT_MASK = str.maketrans({chr(code): "0" if chr(code).isdigit() else " " for code in range(128)})
_FIRST_PAGE = 512
_SEPARATOR = "\0"  # cannot occur in a file name


def natural_key(name: str) -> tuple[str, str]:
    """Return a sort key for natural order; it is a total order."""
    return _pad_numbers(_casefold(name)), name


def natural_keys(names: Sequence[str]) -> list[str]:
    """Return a key for each name, comparable within this list; equal keys are ordered by name.

    All names are processed at once; a call per name would take longer than reading the folder.
    """
    # Unicode normalisation never reaches across the separator.
    text = _casefold(_SEPARATOR.join(names))
    # Numbers of equal width, as most cameras write them, sort correctly as text.
    if not text.isascii() or len(set(text.translate(_DIGIT_MASK).split())) > 1:
        text = _pad_numbers(text)
    return text.split(_SEPARATOR) if names else []


def sort_naturally(names: Sequence[str]) -> Iterator[str]:
    """Yield names in natural order; the first 512 come before the rest is sorted."""
    keys = natural_keys(names)
    first = heapq.nsmallest(_FIRST_PAGE, zip(keys, names, strict=True))
    for _, name in first:
        yield name
    if len(names) > len(first):
        by_key = dict(zip(keys, names, strict=True))
        if len(by_key) == len(names):
            ordered = [by_key[key] for key in sorted(keys)]
        else:
            ordered = [name for _, name in sorted(zip(keys, names, strict=True))]
        yield from ordered[len(first) :]


def _casefold(text: str) -> str:
    return text.lower() if text.isascii() else unicodedata.normalize("NFD", text).casefold()


def _pad_numbers(text: str) -> str:
    # A longer number is a larger one, so each is prefixed with its length.
    parts = _NUMBER.split(text)
    parts[1::2] = [_LENGTH_PREFIXES[min(len(digits), 255)] + digits for digits in parts[1::2]]
    return "".join(parts)
