"""Natural order: `cell2` before `cell10`, the same on every computer, also for very many names."""

import heapq
import re
import unicodedata
from collections.abc import Iterator, Sequence

_NUMBER = re.compile(r"0*([0-9]+)")
# The longest name that a file system knows has 255 bytes.
_LENGTHS = [f"{length:03}" for length in range(256)]
_DIGITS = str.maketrans({chr(code): "0" if chr(code).isdigit() else " " for code in range(128)})
_FIRST_PAGE = 512
_BETWEEN = "\0"  # in no name of a file


def natural_key(name: str) -> tuple[str, str]:
    """Return what sorts `cell2` before `cell10`: a total order."""
    return _numbered(_folded(name)), name


def natural_keys(names: Sequence[str]) -> list[str]:
    """Return a key for each name, to compare within this list; equal keys go by the names.

    All names at once, since one call for each would take longer than reading the folder.
    """
    # No rule of Unicode reaches from one name over the separator into the next.
    text = _folded(_BETWEEN.join(names))
    # Numbers of one width are in order as they are: what most cameras and programs write.
    if not text.isascii() or len(set(text.translate(_DIGITS).split())) > 1:
        text = _numbered(text)
    return text.split(_BETWEEN) if names else []


def in_order(names: Sequence[str]) -> Iterator[str]:
    """Yield names in natural order, the first few before the rest is sorted."""
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


def _folded(text: str) -> str:
    return text.lower() if text.isascii() else unicodedata.normalize("NFD", text).casefold()


def _numbered(text: str) -> str:
    # A longer number is a larger one: so each gets its length in front.
    parts = _NUMBER.split(text)
    parts[1::2] = [_LENGTHS[min(len(digits), 255)] + digits for digits in parts[1::2]]
    return "".join(parts)
