"""Banding: images of the gallery grouped by class, folder, review state or field."""

import numpy as np

from gui.gallery.bands import LABELLED_UNREAD, UNKNOWN_KEY, Band
from gui.gallery.query import (
    BAND_CLASS,
    BAND_FIELD,
    BAND_REVIEW,
    MARKS,
    NO_CLASS,
    REMOVED,
    REVIEW,
    facet_masks,
)
from gui.gallery.row_order import class_order
from gui.state.class_codes import NONE, codes_in_use
from gui.state.image_columns import Rows
from gui.state.image_table import ImageTable


def group_into_bands(
    table: ImageTable,
    rows: Rows,
    kind: str,
    class_positions: dict[str, int],
    *,
    with_empty_fields: bool = False,
) -> tuple[Rows, list[Band]]:
    """Return rows grouped by band, keeping their order within each, and the non-empty bands.

    Titles and details are empty; `band_titles` fills them in. `with_empty_fields`: a field without a
    cell is a band without rows.
    """
    if not len(rows):
        is_shown = kind == BAND_FIELD and with_empty_fields
        return rows, list(_with_empty_fields(table, {}, 0).values()) if is_shown else []
    if not kind:
        return rows, [Band("", "", 0, len(rows), "")]
    if kind == BAND_REVIEW:
        keys = ["open", "confirmed", "corrected", LABELLED_UNREAD, "not_classed", REMOVED, "bad"]
        masks = facet_masks(table)
        masks[REVIEW]["bad"] = masks[MARKS]["bad"]
        band_index = np.zeros(len(table), np.int16)
        for index, key in enumerate(keys):
            band_index[masks[REVIEW][key]] = index
    elif kind == BAND_FIELD:
        keys = [*table.fields.paths, ""]
        numbers = table.column("field")
        band_index = np.where(numbers == NONE, len(table.fields.paths), numbers)
    else:
        codes = table.displayed_classes() if kind == BAND_CLASS else table.folder_classes()
        band_index = class_order(table, codes, class_positions).astype(np.int16) + 1
        ordered = sorted(class_positions, key=class_positions.__getitem__)
        keys = [UNKNOWN_KEY, *ordered, *(["?"] * (len(table.classes) + 2))]
        for code in codes_in_use(codes):
            index = int(class_order(table, np.array([code]), class_positions)[0])
            keys[index + 1] = table.class_id(code) or NO_CLASS
        if kind == BAND_CLASS:
            band_index[table.unknown()] = 0
    band_index = band_index[rows]
    sorting = np.argsort(band_index, kind="stable")
    rows, band_index = rows[sorting], band_index[sorting]
    used, first = np.unique(band_index, return_index=True)
    ends = [*first[1:], len(rows)]
    bands = {
        int(index): Band(keys[index], "", int(start), int(end - start), "")
        for index, start, end in zip(used, first, ends, strict=True)
    }
    if kind == BAND_FIELD and with_empty_fields:
        bands = _with_empty_fields(table, bands, len(rows))
    return rows, list(bands.values())


def _with_empty_fields(table: ImageTable, bands: dict[int, Band], end: int) -> dict[int, Band]:
    """Return bands by field number with those of fields without a cell, before the rows that follow."""
    for path in table.empty_fields():
        number = table.fields.number(path)
        assert number is not None
        following = (band.first for index, band in bands.items() if index > number and band.count)
        bands[number] = Band(path, "", min(following, default=end), 0, "")
    return dict(sorted(bands.items()))
