"""Bands: groups of consecutive gallery rows under a common header."""

from dataclasses import dataclass

UNKNOWN_KEY = "?unknown"
"""The key, instead of a class id, of unlabelled images that seem to be none of the model's classes."""

LABELLED_UNREAD = "labelled_unread"
"""The key of labelled images without a prediction, whose label neither confirms nor corrects one."""


# Not frozen: frozen dataclasses are slow to create, and there may be ten thousand.
@dataclass(slots=True)
class Band:
    """`count` consecutive rows from `first`, under a title and a detail.

    `key` is what the rows have in common, such as a class id. Ungrouped rows are one band without a title.
    """

    key: str
    title: str
    first: int
    count: int
    detail: str
    accepts_drops: bool = False
    """True if images may be dropped on the band to assign its class."""
