"""Image selection: paths of the images behind a figure of the report."""

from typing import TYPE_CHECKING

import numpy as np

from engine.evaluate.differential import MIN_IDENTIFIED_CONFIDENCE
from gui.state.class_codes import NONE, NOT_CLASSED_CODE
from gui.state.image_columns import Mask
from gui.state.image_table import ImageTable

if TYPE_CHECKING:
    from engine.evaluate.differential import Differential


def counted_images(
    table: ImageTable, count: "Differential", class_id: str | None = None
) -> list[str]:
    """Return the counted cells, of one class or of all."""
    if class_id is None:
        return list(count.cells)
    rows = table.rows(count.cells)
    return [
        table.paths[row] for row in rows[table.displayed_classes()[rows] == table.code(class_id)]
    ]


def images_by_group(table: ImageTable, count: "Differential") -> dict[str, list[str]]:
    """Return the images that a count visited, by the groups outside its classes."""
    visited = np.zeros(len(table), np.bool_)
    visited[table.fields.listed_rows()[: count.seen]] = True
    masks = _masks(table)
    return {name: _paths(table, mask & visited) for name, mask in masks.items()}


def images_failing(table: ImageTable, count: "Differential", check: str) -> list[str]:
    """Return the images for which a check of the sign-off fails."""
    if check == "check_identified":
        return images_by_group(table, count)["unidentified"]
    name = {"check_reviewed": "unreviewed", "check_read": "unread"}.get(check)
    return _paths(table, _masks(table)[name]) if name else []


def _masks(table: ImageTable) -> dict[str, Mask]:
    removed, label = table.column("removed"), table.decided_classes()
    not_classed = label == NOT_CLASSED_CODE
    classed = ~removed & ~not_classed & (table.displayed_classes() != NONE)
    unreviewed = classed & (label == NONE)
    return {
        "not_classed": not_classed & ~removed,
        "removed": removed,
        "unread": ~removed & ~not_classed & ~classed & ~table.column("withdrawn"),
        "unreviewed": unreviewed,
        "unidentified": unreviewed
        & (table.unknown() | (table.column("confidence") < MIN_IDENTIFIED_CONFIDENCE)),
    }


def _paths(table: ImageTable, mask: Mask) -> list[str]:
    return [table.paths[row] for row in np.flatnonzero(mask)]
