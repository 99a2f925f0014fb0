"""Which images a figure of the report is about, as paths of the open folder."""

from typing import TYPE_CHECKING

import numpy as np

from engine.evaluate.differential import UNSURE_BELOW
from gui.table import NONE, NOT_CLASSED_CODE, ImageTable, Mask

if TYPE_CHECKING:
    from engine.evaluate.differential import Differential


def counted(table: ImageTable, count: "Differential", class_id: str | None = None) -> list[str]:
    """Return the cells that a count took, of one class or of all."""
    if class_id is None:
        return list(count.cells)
    rows = table.rows(count.cells)
    return [table.paths[row] for row in rows[table.shown()[rows] == table.code(class_id)]]


def seen(table: ImageTable, count: "Differential") -> dict[str, list[str]]:
    """Return, of the images a count went through, those that each of its other figures is about."""
    met = np.arange(len(table)) < count.seen
    masks = _masks(table)
    return {name: _paths(table, mask & met) for name, mask in masks.items()}


def failing(table: ImageTable, count: "Differential", check: str) -> list[str]:
    """Return the images because of which a point of the check list is not clean."""
    if check == "check_identified":
        return seen(table, count)["unidentified"]
    name = {"check_reviewed": "unreviewed", "check_read": "unread"}.get(check)
    return _paths(table, _masks(table)[name]) if name else []


def _masks(table: ImageTable) -> dict[str, Mask]:
    removed, label = table.column("removed"), table.decided_classes()
    apart = label == NOT_CLASSED_CODE
    held = ~removed & ~apart & (table.shown() != NONE)
    waiting = held & (label == NONE)
    return {
        "not_classed": apart & ~removed,
        "removed": removed,
        "unread": ~removed & ~apart & ~held,
        "unreviewed": waiting,
        "unidentified": waiting & (table.column("confidence") < UNSURE_BELOW),
    }


def _paths(table: ImageTable, mask: Mask) -> list[str]:
    return [table.paths[row] for row in np.flatnonzero(mask)]
