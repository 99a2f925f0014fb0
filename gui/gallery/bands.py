"""Bands: the gallery's rows in parts, each under a header."""

from dataclasses import dataclass


# Not frozen: ten thousand are made at once, and that would take most of the time.
@dataclass(slots=True)
class Band:
    """A part of the rows: `count` of them from `first`, under a title and a detail.

    `key` says what they have in common (a class id, say). One band without a title is a stream.
    """

    key: str
    title: str
    first: int
    count: int
    detail: str
    takes: bool = False
    """Whether images may be dropped on it: only where that says which class they are."""
