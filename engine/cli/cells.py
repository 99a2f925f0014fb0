"""`cells` command: a CSV of the classified cells of whole fields, and their crops."""

import argparse
import contextlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli.cell_boxes import BoxExport, add_box_arguments, find_all, given_cells
from engine.cli.cell_decisions import CellDecisions, project_cells
from engine.cli.model_run import (
    InputFiles,
    ModelRun,
    Results,
    add_model_arguments,
)
from engine.cli.output_options import OutputKind
from engine.cli.png_folder import PngFolder
from engine.cli.progress import progress_job, say
from engine.cli.table_output import add_table_argument, table_output
from engine.csv_files import CsvWriter, message_cell
from engine.messages import Message, Problem, render
from engine.output_recognisers import table_prefix_recogniser
from engine.text import formula_safe_path, formula_safe_text

if TYPE_CHECKING:
    from engine.classify.calibrator import Calibrator
    from engine.classify.reading import Reading
    from engine.fields.cell_box import CellBox, FieldCells
    from engine.images.record import BadFile, ImageRecord
    from engine.images.source import Source

_BOX_COLUMNS = ("field", "x", "y", "width", "height", "kind", "flags")
_SAMPLED_IMAGES = 24
_SAMPLED_EDGE = 320  # pixels
_MIN_SINGLE_SHARE = 0.8  # 95% of images of single cells, 45% of fields with few cells
_FIRST_COLUMNS = (*_BOX_COLUMNS, "predicted", "confidence")


def add_command(commands: Any) -> None:
    """Add the command and its arguments."""
    parser = commands.add_parser(
        "cells",
        help="find the cells of whole fields, classify them and write a CSV",
        description="Find white cells and platelets in whole fields of a smear, and write one row per cell: "
        "field, x, y, width, height (pixels), kind, flags, predicted, confidence, p_<class> for every "
        "class, problem. A field that cannot be read or has no cell has one row with the reason under "
        "problem.",
        allow_abbrev=False,
    )
    add_model_arguments(parser, are_fields=True)
    add_table_argument(parser, "--crops", "--boxes")
    parser.add_output(
        "--crops",
        OutputKind.FOLDER,
        metavar="DIR",
        type=Path,
        help="write each cell as it was classified into this new or empty folder: a PNG in a folder "
        "named like the field",
    )
    add_box_arguments(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Find and classify the cells of a folder of fields; bad files become rows."""
    from engine.classify.calibrator import Calibrator
    from engine.fields.field_source import FieldSource
    from engine.images.class_set import load_class_set
    from engine.images.record import BadFile

    args.fields = False  # What is given are fields in any case; these files are searched below.
    model_run = ModelRun.open(args)
    files = model_run.scan(args.folder)
    inputs = InputFiles(model_run.source, files, [args.folder, *filter(None, [args.given])])
    out = table_output(args.out, table_prefix_recogniser(*_FIRST_COLUMNS), inputs)
    class_set = load_class_set(model_run.bundle.card.class_set)
    decided = [] if args.given else project_cells(model_run.source.root)
    find = given_cells(args.given, class_set, files) if args.given else None
    boxes = BoxExport(args, files) if args.boxes is not None else None
    crops = PngFolder(args.crops, model_run.source) if args.crops is not None else None
    if boxes:
        find = boxes.measuring(find or find_all)
    source = FieldSource(model_run.source, class_set, decided, find)
    with out.open() as stream:
        if crops:
            crops.create()
        with progress_job("field") as job:
            searched = list(source.search(job, files))
        decisions = CellDecisions.of(source, searched, decided)
        found = [(file, decisions.without_removed(file.path, cells)) for file, cells in searched]
        readings: dict[str, Reading | Message] = {}

        def take(results: Results) -> None:
            for record, result in results:
                readings[record.path] = result if isinstance(result, Message) else _slim(result)
                if crops and not isinstance(result, Message):
                    crops.write(record.path, source.load(record).pixels)

        records = [
            record
            for file, cells in found
            if not isinstance(cells, BadFile) and not isinstance(file, BadFile)
            for record in source.cell_records(file, cells)
        ]
        if records:
            replace(model_run, source=source).read(records, take)
        calibrator = Calibrator.of_bundle(model_run.bundle)
        classes = model_run.bundle.card.classes
        _write_rows(stream, classes, calibrator, found, readings, boxes, decisions)
        if boxes:
            boxes.write(classes)
    bad_count = sum(isinstance(cells, BadFile) for _, cells in found)
    params = {"cells": len(records), "fields": len(found) - bad_count, "bad": bad_count}
    say(render(Message("cells.done_bad" if bad_count else "cells.done", params)))
    if not args.given and _are_single_cells(model_run.source, files):
        say(render(Message("cells.single")))
    return 0


def _are_single_cells(source: "Source", files: "Sequence[ImageRecord | BadFile]") -> bool:
    """Return whether nearly all images of a sample have one cell, in the middle, as crops have."""
    from engine.explore.multi_cell import field_message
    from engine.fields.cell_placement import place_cells
    from engine.images.record import ImageRecord

    records = [file for file in files if isinstance(file, ImageRecord)]
    images = []
    for record in records[:: max(1, len(records) // _SAMPLED_IMAGES)][:_SAMPLED_IMAGES]:
        with contextlib.suppress(Problem):
            images.append(source.preview(record, _SAMPLED_EDGE))
    single = sum(place_cells(image) == "single" for image in images)
    return single > 0 and single >= _MIN_SINGLE_SHARE * len(images) and not field_message(images)


def _slim(reading: "Reading") -> "Reading":
    # The maps of very many cells would fill the memory, and no row needs them.
    return replace(reading, maps=reading.maps[:0])


def _write_rows(
    stream: Any,
    classes: Sequence[str],
    calibrator: "Calibrator",
    found: "Sequence[tuple[ImageRecord | BadFile, FieldCells | BadFile]]",
    readings: "dict[str, Reading | Message]",
    boxes: BoxExport | None,
    decisions: CellDecisions,
) -> None:
    from engine.fields.cell_path import cell_path
    from engine.images.record import BadFile

    columns = [*_FIRST_COLUMNS, *(f"p_{name}" for name in classes), "problem"]
    table = CsvWriter(stream, columns)
    empty = [""] * (2 + len(classes))
    for file, cells in found:
        field = formula_safe_path(file.path)
        if isinstance(cells, BadFile) or not cells.boxes:
            reason = cells.reason if isinstance(cells, BadFile) else Message("cells.none")
            table.write_row([field, *[""] * 6, *empty, message_cell(reason)])
            continue
        for box in cells.boxes:
            path = cell_path(file.path, box)
            reading = readings[path]
            if isinstance(reading, Message):
                result = [*empty, message_cell(reading)]
            else:
                predicted, prediction = _prediction(reading, calibrator, classes)
                result = [*prediction, ""]
                if boxes:
                    boxes.add(file.path, box, decisions.label_of(path, predicted))
            table.write_row([field, *_box_cells(box), *result])


def _box_cells(box: "CellBox") -> list[str]:
    numbers = (box.x, box.y, box.width, box.height)
    return [*map(str, numbers), box.kind, "|".join(box.flags)]


def _prediction(
    reading: "Reading", calibrator: "Calibrator", classes: Sequence[str]
) -> tuple[str, list[str]]:
    """Return the predicted class and the cells of the row: class, confidence, probabilities."""
    probabilities = calibrator.probabilities_of(reading)
    best = int(probabilities.argmax())
    shares = [f"{share:.6f}" for share in probabilities]
    return classes[best], [formula_safe_text(classes[best]), shares[best], *shares]
