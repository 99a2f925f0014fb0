"""Boxes of the `cells` command: given ones instead of found ones, and an export of those in the table."""

import argparse
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli.output_options import OutputKind
from engine.cli.parser import CommandParser
from engine.cli.progress import progress_job, say
from engine.cli.registry_choices import RegistryChoices
from engine.messages import Message, render
from engine.outputs import check_is_free

if TYPE_CHECKING:
    from engine.fields.cell_box import CellBox, FieldCells
    from engine.fields.field_source import CellFinder
    from engine.images.class_set import ClassSet
    from engine.images.record import BadFile, ImageRecord, Pixels


def _box_format_ids() -> Collection[str]:
    from engine.exchange.formats.boxes.registry import BOX_FORMATS

    return BOX_FORMATS


def add_box_arguments(parser: CommandParser) -> None:
    """Add the arguments for reading and writing boxes."""
    parser.add_output(
        "--boxes",
        OutputKind.WHOLE_FOLDER,
        metavar="DIR",
        type=Path,
        help="write the boxes with their classes (a person's, else the predicted one) into this new "
        "or empty folder",
    )
    parser.add_argument(
        "--boxes-as",
        metavar="FORMAT",
        choices=RegistryChoices(_box_format_ids),
        help="the format of --boxes: %(choices)s (default: coco)",
    )
    parser.add_argument(
        "--from",
        dest="given",
        metavar="PATH",
        type=Path,
        help="take the boxes from this file or folder (Pascal VOC, COCO or YOLO) instead of finding "
        "them; boxes of red cells are left out",
    )
    parser.add_check(
        lambda args: (
            "--boxes-as needs --boxes DIR, the folder for the boxes"
            if args.boxes_as and not args.boxes
            else None
        )
    )


def find_all(_field: "ImageRecord", pixels: "Pixels") -> "FieldCells":
    """Find the cells of a field by stain and shape."""
    from engine.fields.detection import find_cells

    return find_cells(pixels)


def given_cells(
    origin: Path, classes: "ClassSet", files: "Sequence[ImageRecord | BadFile]"
) -> "CellFinder":
    """Return a function that takes the cells of a field from a file or folder of boxes.

    Raises `Problem` if none of them belongs to these fields.
    """
    from engine.exchange.formats.boxes.box_format import match_boxes
    from engine.exchange.formats.boxes.registry import read_boxes
    from engine.fields.cell_box import FieldCells
    from engine.fields.detection import find_cells

    with progress_job("file") as job:
        claims = read_boxes(job, origin)
    matched = match_boxes(claims, [file.path for file in files], origin)
    if matched.unmatched:
        say(render(Message("boxes.unmatched", {"count": matched.unmatched})))

    def find(field: "ImageRecord", pixels: "Pixels") -> FieldCells:
        height, width = pixels.shape[:2]
        boxes = matched.boxes_of(field.path, width, height, classes)
        if not boxes:
            return FieldCells(())
        found = find_cells(pixels)  # The red cells give the scale of the crops.
        return FieldCells(tuple(boxes), found.red_cell_count, found.red_cell_diameter)

    return find


class BoxExport:
    """Collector of the boxes of all fields, which are written at the end."""

    def __init__(self, args: argparse.Namespace, files: "Sequence[ImageRecord | BadFile]") -> None:
        """Check the folder and the names; raises `Problem` and `OSError`."""
        from engine.exchange.formats.boxes.box_format import check_names
        from engine.exchange.formats.boxes.registry import BOX_FORMATS

        check_is_free(args.boxes)
        format_id = args.boxes_as or "coco"
        if format_id != "coco":
            check_names(file.path for file in files)
        self._format, self._out = BOX_FORMATS[format_id], args.boxes
        self._sizes: dict[str, tuple[int, int]] = {}
        self._fields: dict[str, list[tuple[CellBox, str]]] = {}

    def measuring(self, find: "CellFinder") -> "CellFinder":
        """Return a function that finds cells like `find` and notes the size of the field."""

        def find_and_measure(field: "ImageRecord", pixels: "Pixels") -> "FieldCells":
            self._sizes[field.path] = (pixels.shape[1], pixels.shape[0])
            self._fields.setdefault(field.path, [])
            return find(field, pixels)

        return find_and_measure

    def add(self, path: str, box: "CellBox", label: str | None) -> None:
        """Take a box of the field at `path`; a cell of no class (None) is left out."""
        if label is not None:
            self._fields[path].append((box, label))

    def write(self, classes: Sequence[str]) -> None:
        """Write all boxes, fields in the order of their paths; raises `Problem` and `OSError`."""
        from engine.exchange.formats.boxes.box_format import BoxedField, write_boxes

        fields = [
            BoxedField(path, *self._sizes[path], [b for b, _ in boxes], [name for _, name in boxes])
            for path, boxes in sorted(self._fields.items())
        ]
        # Classes of the project come after those of the model.
        own = {label for field in fields for label in field.labels} - set(classes)
        write_boxes(self._format, fields, [*classes, *sorted(own)], self._out)
