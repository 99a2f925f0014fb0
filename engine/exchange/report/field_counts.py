"""Counts per field and per slide, of a report on the cells of fields. A slide is a folder of fields."""

import re
from collections.abc import Mapping, Sequence
from statistics import fmean

import msgspec
from msgspec import Struct

from engine.evaluate.differential import CountedImage, Differential, count_differential
from engine.fields.cell_path import split_cell_path
from engine.images.class_set import DifferentialGroup

PLATELET_FACTOR = "platelet_factor"
"""Standard field of a session: platelets per µL for a mean of one platelet per field."""

_SEPARATORS = re.compile(r"[\s.,'\u2019]")
_MAX_FACTOR = 1_000_000


class FieldCounts(Struct, frozen=True):
    """The fields that a count went through: their number, and the mean counts per field.

    Fields without a cell count too, where they are known. `red_cells_per_field` is the mean over the fields
    in which red cells could be counted, None if there are none. `platelet_factor` is the number of platelets
    per µL that a mean of one per field stands for, None if nobody gave it.
    """

    n: int
    cells_per_field: float
    leukocytes_per_field: float
    platelets_per_field: float
    red_cells_per_field: float | None = None
    platelet_factor: int | None = None

    @property
    def platelets_per_microlitre(self) -> float | None:
        """The estimated platelet count: mean per field times the factor; None without a factor."""
        return self.platelet_factor and self.platelets_per_field * self.platelet_factor


class SlideCounts(Struct, frozen=True):
    """One slide: its differential count over its fields in their order, and the mean counts per field."""

    name: str
    differential: Differential
    fields: FieldCounts


def parse_platelet_factor(text: str) -> int | None:
    """Return a factor as a person wrote it, such as 15,000; None if it is no whole number over 0."""
    digits = _SEPARATORS.sub("", text)
    factor = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 9 else 0
    return factor if 0 < factor <= _MAX_FACTOR else None


def count_per_field(
    paths: Sequence[str],
    count: Differential,
    red_cells: Mapping[str, int | None],
    factor: int | None = None,
) -> FieldCounts | None:
    """Return the mean counts per field; None for images that are no cells of fields.

    `paths` are the images in the order in which they were counted, `red_cells` the red cells of all fields
    in their order, as far as they are known: fields without any cell are counted by them.
    """
    seen = [parts[0] for path in paths[: count.seen] if (parts := split_cell_path(path))]
    if not seen and not red_cells:
        return None
    fields = dict.fromkeys(seen)
    if count.seen < len(paths):
        # The count ended early: the fields up to the last one it saw.
        order = list(red_cells)
        end = order.index(seen[-1]) + 1 if seen[-1] in red_cells else 0
        fields |= dict.fromkeys(order[:end])
    else:
        fields |= dict.fromkeys(red_cells)
    counted = [n for field in fields if (n := red_cells.get(field)) is not None]
    platelets = sum(row.n for row in count.rows if row.group == "platelet")
    return FieldCounts(
        len(fields),
        len(count.cells) / len(fields),
        count.leukocytes / len(fields),
        platelets / len(fields),
        fmean(counted) if counted else None,
        factor,
    )


def count_per_slide(
    counted: Sequence[CountedImage],
    classes: Sequence[str],
    groups: Mapping[str, DifferentialGroup],
    target: int | None,
    red_cells: Mapping[str, int | None],
    factor: int | None,
) -> tuple[SlideCounts, ...]:
    """Return the count of each slide, up to `target` leukocytes each; empty for a single slide."""
    by_slide: dict[str, list[CountedImage]] = {}
    fields: dict[str, dict[str, int | None]] = {}
    for field, red_cell_count in red_cells.items():
        fields.setdefault(_slide_of(field), {})[field] = red_cell_count
        by_slide.setdefault(_slide_of(field), [])  # A slide without a cell is counted as such.
    for image in counted:
        if parts := split_cell_path(image.path):
            by_slide.setdefault(_slide_of(parts[0]), []).append(image)
    if len(by_slide) < 2:
        return ()
    slides = []
    for name, images in by_slide.items():
        count = count_differential(images, classes, groups, target)
        paths = [image.path for image in images]
        per_field = count_per_field(paths, count, fields.get(name, {}), factor)
        assert per_field is not None
        # The cells are listed in the count of the whole report.
        slides.append(SlideCounts(name, msgspec.structs.replace(count, cells=()), per_field))
    return tuple(slides)


def _slide_of(field_path: str) -> str:
    return field_path.rpartition("/")[0]
