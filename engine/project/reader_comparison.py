"""Comparison of the two readers of a round: the labels of both, and the conflicts nobody has settled.

Conflicts are computed, never stored.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from engine.project.classes import effective_label
from engine.project.decisions import NOT_CLASSED
from engine.project.second_reading import RoundImage


def reader_pairs(images: Iterable[RoundImage], merged: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the labels of both readers for the images that both labelled, merged classes resolved.

    These are the labels before any conflict was settled.
    """
    return [
        (_current(image.first, merged), _current(image.label, merged))
        for image in images
        if image.label is not None
    ]


def conflicts(
    images: Iterable[RoundImage],
    labels: Mapping[str, str | None],
    merged: Mapping[str, str],
) -> list[RoundImage]:
    """Return the images on which the readers disagree and which nobody settled.

    `labels` are the labels that count now, by path; an image that has been given the second reader's label
    meanwhile is no conflict any more.
    """
    return [
        image
        for image in images
        if image.label is not None
        and image.settled is None
        and _current(image.label, merged) != _current(image.first, merged)
        and _current(image.label, merged) != labels.get(image.path)
    ]


def first_readers(images: Iterable[RoundImage]) -> tuple[str, ...]:
    """Return who gave the first labels of the drawn images, the most images first.

    An empty name, the last one, stands for the labels of the folder.
    """
    counts = Counter(image.first_reader for image in images)
    return tuple(sorted(counts, key=lambda who: (not who, -counts[who], who)))


def first_label(
    decided: str | None, folder_label: str | None, merged: Mapping[str, str]
) -> str | None:
    """Return the label that a second reading is compared with, which may be `NOT_CLASSED`."""
    return NOT_CLASSED if decided == NOT_CLASSED else effective_label(decided, folder_label, merged)


def _current(label: str, merged: Mapping[str, str]) -> str:
    return merged.get(label, label)
