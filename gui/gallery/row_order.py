"""Row order: the orders in which the gallery shows images."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from gui.state.class_codes import Codes
from gui.state.doubtful import doubtful_images
from gui.state.image_columns import Rows
from gui.state.image_table import ImageTable
from gui.words import MAX_PART_PERCENT, PERCENT_DECIMALS


def sort_rows(
    table: ImageTable,
    order: str,
    class_positions: dict[str, int],
    suggested: Sequence[int] | None = None,
) -> Rows:
    """Return all rows in an order; images without a sort key come last, in source order.

    `class_positions` are the display positions of the classes, `suggested` the rows of the order of that
    name.
    """
    match order:
        case "suggestion" if suggested is not None:
            key = np.full(len(table), np.inf)
            key[list(suggested)] = np.arange(len(suggested))
        case "confidence":
            key = -table.column("confidence")
        case "doubt":
            # By the confidence as printed on the tiles, so that their numbers never contradict the
            # order; those that print the same, by the margin between the two most probable classes.
            confidence = as_printed(table.column("confidence"))
            return np.lexsort((table.column("margin"), confidence))
        case "possible":
            # Doubtful images first: of them cells of none of the classes, then the largest prediction
            # sets; unread images last.
            possible = table.column("possible").astype(np.int16)
            confidence = as_printed(table.column("confidence"))
            return np.lexsort((confidence, -possible, ~table.unknown(), ~doubtful_images(table)))
        case "size":
            key = -table.column("size")
        case "class":
            key = class_order(table, table.predicted_classes(), class_positions)
            confidence = table.column("confidence")
            return np.lexsort((-confidence, key))
        case _:
            return np.concatenate(
                [table.fields.listed_rows(), np.flatnonzero(table.column("withdrawn"))]
            )
    return np.argsort(key, kind="stable")  # NaN sorts last


def as_printed(confidence: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Return confidences rounded as `gui.words.percent` prints them."""
    percents = confidence.astype(np.float64) * 100
    printed = np.round(
        np.where(percents < 100, np.minimum(percents, MAX_PART_PERCENT), percents), PERCENT_DECIMALS
    )
    return np.asarray(printed / 100, np.float64)


def class_order(table: ImageTable, codes: Codes, class_positions: dict[str, int]) -> Rows:
    """Return the position of each class: those of the class set, others, "not classed", no class."""
    count = len(class_positions)
    positions = [
        class_positions.get(class_id, count + code) for code, class_id in enumerate(table.classes)
    ]
    end = count + len(table.classes)
    # Negative codes index from the end: -2 not classed, -1 no class.
    result: Rows = np.array([*positions, end, end + 1], np.intp)[codes]
    return result
