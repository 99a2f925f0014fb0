"""Which images are shown, in which order and in which bands; and how many each facet would show.

Works on the columns of the table alone, so that 100,000 images take milliseconds.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from gui.gallery.bands import Band
from gui.table import NONE, NOT_CLASSED_CODE, Codes, ImageTable, Mask, Rows

BY_NAME, BY_CONFIDENCE, BY_DOUBT, BY_SIZE, BY_CLASS = (
    "name",
    "confidence",
    "doubt",
    "size",
    "class",
)
BAND_CLASS, BAND_FOLDER, BAND_REVIEW = "class", "folder", "review"

CLASS, FOLDER, CONFIDENCE, REVIEW, MARKS = "class", "folder", "confidence", "review", "marks"
FOUND = "found"
UNKNOWN = ""
"""The key of images without a class."""

# Lower limits, in per cent: a person thinks in these.
CONFIDENCES = {"99": (0.99, 2.0), "95": (0.95, 0.99), "80": (0.8, 0.95), "0": (0.0, 0.8)}
REMOVED = "removed"

Facet = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Query:
    """What a person asked to see; facets of one group widen, groups narrow each other."""

    text: str = ""
    facets: frozenset[Facet] = field(default_factory=frozenset)
    order: str = BY_NAME
    bands: str = ""
    alone: tuple[int, ...] | None = None
    """The rows that are asked for by themselves, whatever they have in common; None: all."""

    @property
    def narrowed(self) -> bool:
        """Whether anything was left out on the person's wish."""
        return bool(self.text or self.facets) or self.alone is not None

    def toggle(self, group: str, key: str) -> "Query":
        """Return the query with a facet switched on or off."""
        return replace(self, facets=self.facets ^ {(group, key)})

    def all(self) -> "Query":
        """Return the query with nothing left out."""
        return replace(self, text="", facets=frozenset(), alone=None)

    def only(self, group: str, key: str) -> "Query":
        """Return the query with a facet as the only one of its group."""
        others = {facet for facet in self.facets if facet[0] != group}
        return replace(self, facets=frozenset(others | {(group, key)}))


def facet_masks(table: ImageTable) -> dict[str, dict[str, Mask]]:
    """Return, for each facet by group and key, which images have it."""
    label, predicted, removed = table.decided_classes(), table.predicted(), table.column("removed")
    given, confidence = table.given(), table.column("confidence")
    decided = label != NONE
    agreed = decided & (label == predicted)
    marks = {
        "note": table.column("noted"),
        "unlike_folder": (given != NONE) & (predicted != NONE) & (given != predicted),
        "unlike_training": table.column("unlike") > 1,
        "bad": table.column("bad"),
    }
    groups = {
        CLASS: _by_class(table, table.shown()),
        FOLDER: _by_class(table, given),
        CONFIDENCE: {
            key: (confidence >= low) & (confidence < high)
            for key, (low, high) in CONFIDENCES.items()
        },
        REVIEW: {
            "open": ~decided & ~removed & ~table.column("bad"),
            "confirmed": agreed & ~removed,
            "corrected": decided & ~agreed & (label != NOT_CLASSED_CODE) & ~removed,
            "not_classed": (label == NOT_CLASSED_CODE) & ~removed,
            REMOVED: removed,
        },
        FOUND: {
            kind: (table.column("found") >> place & 1).astype(np.bool_)
            for place, kind in enumerate(table.found_kinds)
        },
        MARKS: marks,
    }
    if set(groups[FOLDER]) == {UNKNOWN}:
        groups[FOLDER] = {}
    return groups


def chosen(table: ImageTable, query: Query) -> tuple[Mask, dict[str, dict[str, int]]]:
    """Return which images fit the query, and how many each facet has beside the other groups'.

    Removed images fit only a query that asks for them: by their facet, or by themselves.
    """
    masks = facet_masks(table)
    base = table.matching(query.text) if query.text else np.ones(len(table), np.bool_)
    if query.alone is not None:
        asked_for = np.zeros(len(table), np.bool_)
        asked_for[list(query.alone)] = True
        base &= asked_for
    asked: dict[str, Mask] = {}
    for group, facets in masks.items():
        keys = [key for of, key in query.facets if of == group]
        if keys:
            asked[group] = np.logical_or.reduce(
                [facets.get(key, np.zeros(len(table), np.bool_)) for key in keys]
            )
    with_removed = query.alone is not None or (REVIEW, REMOVED) in query.facets
    present = base if with_removed else base & ~table.column("removed")
    fits = present.copy()
    for mask in asked.values():
        fits &= mask
    counts: dict[str, dict[str, int]] = {}
    for group, facets in masks.items():
        # The review group counts the removed ones too: that is where they are found again.
        beside = (base if group == REVIEW else present).copy()
        for other, mask in asked.items():
            if other != group:
                beside &= mask
        counts[group] = {key: int(np.count_nonzero(mask & beside)) for key, mask in facets.items()}
    return fits, counts


def in_order(table: ImageTable, order: str, places: dict[str, int]) -> Rows:
    """Return all rows in an order; images without what it goes by come last, in the source's order.

    `places` are those of the classes.
    """
    match order:
        case "confidence":
            key = -table.column("confidence")
        case "doubt":
            # Between the two likeliest classes: a confident mistake of the folder is no doubt.
            key = table.column("margin")
        case "size":
            key = -table.column("size")
        case "class":
            key = _places(table, table.predicted(), places)
            doubt = table.column("confidence")
            return np.lexsort((-doubt, key))
        case _:
            return np.arange(len(table))
    return np.argsort(key, kind="stable")  # NaN sorts last


def in_bands(
    table: ImageTable, rows: Rows, kind: str, places: dict[str, int]
) -> tuple[Rows, list[Band]]:
    """Return rows brought together in bands, each keeping its order, and the bands that have any.

    Titles and details are left to whoever knows the words.
    """
    if not len(rows):
        return rows, []
    if not kind:
        return rows, [Band("", "", 0, len(rows), "")]
    if kind == BAND_REVIEW:
        keys = ["open", "confirmed", "corrected", "not_classed", REMOVED, "bad"]
        masks = facet_masks(table)
        masks[REVIEW]["bad"] = masks[MARKS]["bad"]
        which = np.zeros(len(table), np.int16)
        for place, key in enumerate(keys):
            which[masks[REVIEW][key]] = place
    else:
        codes = table.shown() if kind == BAND_CLASS else table.given()
        which = _places(table, codes, places).astype(np.int16)
        ordered = sorted(places, key=places.__getitem__)
        keys = [*ordered, *(["?"] * (len(table.classes) + 2))]
        for code in _present(codes):
            place = int(_places(table, np.array([code]), places)[0])
            keys[place] = table.class_id(code) or UNKNOWN
    which = which[rows]
    sorting = np.argsort(which, kind="stable")
    rows, which = rows[sorting], which[sorting]
    found, first = np.unique(which, return_index=True)
    ends = [*first[1:], len(rows)]
    return rows, [
        Band(keys[place], "", int(start), int(end - start), "")
        for place, start, end in zip(found, first, ends, strict=True)
    ]


def _by_class(table: ImageTable, codes: Codes) -> dict[str, Mask]:
    return {table.class_id(code) or UNKNOWN: codes == code for code in _present(codes)}


def _present(codes: Codes) -> list[int]:
    # Ten times as fast as np.unique, which sorts: codes are few and begin at -2.
    return [int(code) - 2 for code in np.flatnonzero(np.bincount(codes + 2))]


def _places(table: ImageTable, codes: Codes, places: dict[str, int]) -> Rows:
    # Known classes first, in their order; then unknown ones, "not classed", and none.
    last = len(places)
    order = [places.get(one, last + code) for code, one in enumerate(table.classes)]
    end = last + len(table.classes)
    # Negative codes count from the end: -2 not classed, -1 none.
    found: Rows = np.array([*order, end, end + 1], np.intp)[codes]
    return found
