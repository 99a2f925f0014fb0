"""Gallery queries: filtering of images, and counts per facet.

All functions work on table columns, so that 100,000 images take milliseconds.
"""

from dataclasses import dataclass, field, replace

import numpy as np

from gui.gallery.bands import LABELLED_UNREAD, UNKNOWN_KEY
from gui.gallery.row_order import as_printed
from gui.state.class_codes import NONE, NOT_CLASSED_CODE, Codes, codes_in_use
from gui.state.doubtful import doubtful_images
from gui.state.image_columns import Mask
from gui.state.image_table import ImageTable

BY_NAME, BY_CONFIDENCE, BY_DOUBT, BY_SIZE, BY_CLASS, BY_POSSIBLE, BY_SUGGESTION = (
    "name",
    "confidence",
    "doubt",
    "size",
    "class",
    "possible",
    "suggestion",
)
BAND_CLASS, BAND_FOLDER, BAND_REVIEW, BAND_FIELD = "class", "folder", "review", "field"

CLASS, FOLDER, CONFIDENCE, REVIEW, MARKS = "class", "folder", "confidence", "review", "marks"
FOUND, TAG = "found", "tag"
NO_CLASS = ""
"""The key of images without a class."""

# Keys are the lower bounds in per cent; values are half-open intervals of confidence.
CONFIDENCE_RANGES = {"99": (0.99, 2.0), "95": (0.95, 0.99), "80": (0.8, 0.95), "0": (0.0, 0.8)}
REMOVED = "removed"
DOUBTFUL = "doubtful"
"""The key of the doubtful images (`gui.state.doubtful`) among the marks."""

Facet = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Query:
    """Filter, order and banding; facets are combined by OR within a group and by AND across groups."""

    text: str = ""
    facets: frozenset[Facet] = field(default_factory=frozenset)
    order: str = BY_NAME
    bands: str = ""
    only_rows: tuple[int, ...] | None = None
    """Table rows to which the query is restricted, None for all; in the order of `BY_SUGGESTION`."""

    @property
    def is_filtered(self) -> bool:
        """True if the query excludes any images."""
        return bool(self.text or self.facets) or self.only_rows is not None

    def toggle(self, group: str, key: str) -> "Query":
        """Return the query with a facet toggled."""
        return replace(self, facets=self.facets ^ {(group, key)})

    def without_filters(self) -> "Query":
        """Return the query without filters, keeping order and bands."""
        return replace(self, text="", facets=frozenset(), only_rows=None)

    def with_only(self, group: str, key: str) -> "Query":
        """Return the query with a facet as the only one of its group."""
        other_groups = {facet for facet in self.facets if facet[0] != group}
        return replace(self, facets=frozenset(other_groups | {(group, key)}))


def facet_masks(table: ImageTable) -> dict[str, dict[str, Mask]]:
    """Return the mask (n,) of the images of each facet, by group and key."""
    label, predicted, removed = (
        table.decided_classes(),
        table.predicted_classes(),
        table.column("removed"),
    )
    # As printed: an image on which 99.0% is printed is in the range from 99%.
    by_folder, confidence = table.folder_classes(), as_printed(table.column("confidence"))
    has_label = label != NONE
    is_confirmed = has_label & (label == predicted)
    # Whether a label confirms or corrects is known once the image is read.
    is_unread = has_label & (predicted == NONE) & (label != NOT_CLASSED_CODE)
    is_corrected = has_label & ~is_confirmed & ~is_unread & (label != NOT_CLASSED_CODE)
    marks = {
        DOUBTFUL: doubtful_images(table),
        "note": table.column("noted"),
        "relabelled": table.relabelled(),
        "unlike_folder": (by_folder != NONE) & (predicted != NONE) & (by_folder != predicted),
        "several_possible": (table.column("possible") > 1) & ~has_label,
        "unlike_training": table.column("unlike") > 1,
        "bad": table.column("bad"),
    }
    groups = {
        CLASS: _by_displayed_class(table),
        FOLDER: _by_class(table, by_folder),
        CONFIDENCE: {
            key: (confidence >= low) & (confidence < high)
            for key, (low, high) in CONFIDENCE_RANGES.items()
        },
        REVIEW: {
            "open": ~has_label & ~removed & ~table.column("bad"),
            "confirmed": is_confirmed & ~removed,
            "corrected": is_corrected & ~removed,
            LABELLED_UNREAD: is_unread & ~removed,
            "not_classed": (label == NOT_CLASSED_CODE) & ~removed,
            REMOVED: removed,
        },
        FOUND: {
            kind: (table.column("found") >> bit & 1).astype(np.bool_)
            for bit, kind in enumerate(table.found_kinds.kinds)
        },
        MARKS: marks,
        TAG: table.tags.facet_masks(len(table)),
    }
    if set(groups[FOLDER]) == {NO_CLASS}:
        groups[FOLDER] = {}
    return groups


def apply_query(table: ImageTable, query: Query) -> tuple[Mask, dict[str, dict[str, int]]]:
    """Return the mask (n,) of matching images, and the count of each facet given the other groups.

    Removed images match only if their facet or explicit rows ask for them.
    """
    masks = facet_masks(table)
    for group, key in query.facets:
        if group == TAG and key not in masks[TAG]:
            # A rare tag, or one that no image has any more.
            masks[TAG][key] = table.tags.mask(key, len(table))
    base = ~table.column("withdrawn")
    if query.text:
        base &= table.matches_text(query.text)
    if query.only_rows is not None:
        is_requested = np.zeros(len(table), np.bool_)
        is_requested[list(query.only_rows)] = True
        base &= is_requested
    group_masks: dict[str, Mask] = {}
    for group, facets in masks.items():
        keys = [key for facet_group, key in query.facets if facet_group == group]
        if keys:
            group_masks[group] = np.logical_or.reduce(
                [facets.get(key, np.zeros(len(table), np.bool_)) for key in keys]
            )
    includes_removed = query.only_rows is not None or (REVIEW, REMOVED) in query.facets
    present = base if includes_removed else base & ~table.column("removed")
    matches = present.copy()
    for mask in group_masks.values():
        matches &= mask
    counts: dict[str, dict[str, int]] = {}
    for group, facets in masks.items():
        # The review group also counts removed images, since it is the way to find them.
        candidates = (base if group == REVIEW else present).copy()
        for other, mask in group_masks.items():
            if other != group:
                candidates &= mask
        counts[group] = {
            key: int(np.count_nonzero(mask & candidates)) for key, mask in facets.items()
        }
    return matches, counts


def _by_class(table: ImageTable, codes: Codes) -> dict[str, Mask]:
    return {table.class_id(code) or NO_CLASS: codes == code for code in codes_in_use(codes)}


def _by_displayed_class(table: ImageTable) -> dict[str, Mask]:
    """Return the images of each class as the report counts them, and those that seem to be of none.

    An image that seems to be of none counts in its predicted class too, until a person decides.
    """
    unknown = table.unknown()
    masks = _by_class(table, table.displayed_classes())
    return {UNKNOWN_KEY: unknown, **masks} if unknown.any() else masks
