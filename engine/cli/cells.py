"""`cells` command: finds the cells of whole fields, classifies them, and writes a CSV and crops."""

import argparse
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli.cell_boxes import (
    BoxExport,
    CellFinder,
    add_box_arguments,
    find_all,
    given_cells,
)
from engine.cli.model_run import InputFiles, ModelRun, Results, add_model_arguments
from engine.cli.progress import progress_job, say
from engine.csv_files import CsvWriter, message_cell
from engine.messages import Message, Problem, render
from engine.outputs import Output, check_is_free, table_prefix_recogniser
from engine.text import formula_safe_path, formula_safe_text

if TYPE_CHECKING:
    from engine.classify.calibrator import Calibrator
    from engine.classify.reading import Reading
    from engine.fields.cell_box import CellBox, FieldCells
    from engine.images.record import BadFile, ImageRecord
    from engine.images.source import Source
    from engine.jobs import Job

_BOX_COLUMNS = ("field", "x", "y", "width", "height", "kind", "flags")
_FIRST_COLUMNS = (*_BOX_COLUMNS, "predicted", "confidence")
_THREADS = 2  # Large fields take much memory each.


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
    add_model_arguments(parser)
    parser.add_argument(
        "--out", metavar="FILE", required=True, help="the CSV (UTF-8); - is standard output"
    )
    parser.add_argument(
        "--crops",
        metavar="DIR",
        type=Path,
        help="also write each cell as it was classified into this new or empty folder: a PNG in a folder "
        "named like the field",
    )
    add_box_arguments(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Find and classify the cells of a folder of fields; bad files become rows."""
    from engine.classify.calibrator import Calibrator
    from engine.fields.crop_source import CropSource
    from engine.images.class_set import load_class_set
    from engine.images.record import ImageRecord

    model_run = ModelRun.open(args)
    files = model_run.scan()
    if not files:
        raise Problem("classify.empty", folder=args.folder)
    inputs = InputFiles(model_run.source, files, [args.folder, *filter(None, [args.given])])
    out = Output(args.out, table_prefix_recogniser(*_FIRST_COLUMNS), inputs)
    if args.crops:
        check_is_free(args.crops)
    find: CellFinder = find_all
    if args.given:
        find = given_cells(args.given, load_class_set(model_run.bundle.card.class_set), files)
    boxes = BoxExport(args, files) if args.boxes else None
    if boxes:
        find = boxes.measuring(find)
    with out.open() as stream:
        with progress_job("field") as job:
            found = dict(find_in_fields(job, model_run.source, files, find))
        fields = [
            (file, cells)
            for file in files
            if isinstance(file, ImageRecord) and not isinstance(cells := found[file.path], Message)
        ]
        crops = CropSource(model_run.source, fields)
        readings: dict[str, Reading | Message] = {}

        def take(results: Results) -> None:
            for record, result in results:
                readings[record.path] = result if isinstance(result, Message) else _slim(result)
                if args.crops and not isinstance(result, Message):
                    _write_crop(args.crops, crops, record)

        if crops.records:
            replace(model_run, source=crops).read(crops.records, take)
        calibrator = Calibrator.of_bundle(model_run.bundle)
        classes = model_run.bundle.card.classes
        _write_rows(stream, classes, calibrator, files, found, readings, boxes)
        if boxes:
            boxes.write(classes)
    bad_count = sum(isinstance(cells, Message) for cells in found.values())
    params = {"cells": len(crops.records), "fields": len(fields), "bad": bad_count}
    say(render(Message("cells.done_bad" if bad_count else "cells.done", params)))
    return 0


def find_in_fields(
    job: "Job",
    source: "Source",
    files: "Sequence[ImageRecord | BadFile]",
    find: CellFinder = find_all,
) -> "Iterator[tuple[str, FieldCells | Message]]":
    """Yield the cells of each field in their order, or why it could not be searched; raises `Cancelled`."""
    from engine.images.record import BadFile

    waiting = iter(files)
    running: deque[tuple[str, Future[FieldCells | Message]]] = deque()
    done = 0
    pool = ThreadPoolExecutor(_THREADS, "find-cells")
    try:
        while True:
            while len(running) < 2 * _THREADS and (file := next(waiting, None)):
                if isinstance(file, BadFile):
                    done += 1
                    yield file.path, file.reason
                else:
                    running.append((file.path, pool.submit(_search, source, file, find)))
            if not running:
                return
            path, future = running.popleft()
            job.check()
            yield path, future.result()
            done += 1
            job.progress(done, len(files))
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _search(source: "Source", field: "ImageRecord", find: CellFinder) -> "FieldCells | Message":
    try:
        return find(field, source.load(field).pixels)
    except Problem as problem:
        return problem.message
    except Exception as error:  # one field must not stop the others
        return Message("read.failed", {"reason": f"{type(error).__name__}: {error}"[:200]})


def _slim(reading: "Reading") -> "Reading":
    # The maps of very many cells would fill the memory, and no row needs them.
    return replace(reading, maps=reading.maps[:0])


def _write_crop(folder: Path, crops: "Source", record: "ImageRecord") -> None:
    import cv2

    encoded, data = cv2.imencode(".png", crops.load(record).pixels[..., ::-1])
    assert encoded
    Output(folder / f"{record.path}.png").write(bytes(data))


def _write_rows(
    stream: Any,
    classes: Sequence[str],
    calibrator: "Calibrator",
    files: "Sequence[ImageRecord | BadFile]",
    found: "dict[str, FieldCells | Message]",
    readings: "dict[str, Reading | Message]",
    boxes: BoxExport | None,
) -> None:
    from engine.fields.crop_source import crop_record
    from engine.images.record import BadFile

    columns = [*_FIRST_COLUMNS, *(f"p_{name}" for name in classes), "problem"]
    table = CsvWriter(stream, columns)
    empty = [""] * (2 + len(classes))
    for file in files:
        cells = found[file.path]
        field = formula_safe_path(file.path)
        if isinstance(cells, Message) or isinstance(file, BadFile) or not cells.boxes:
            reason = cells if isinstance(cells, Message) else Message("cells.none")
            table.write_row([field, *[""] * 6, *empty, message_cell(reason)])
            continue
        for box in cells.boxes:
            reading = readings[crop_record(file, box, cells).path]
            if isinstance(reading, Message):
                result = [*empty, message_cell(reading)]
            else:
                predicted, prediction = _prediction(reading, calibrator, classes)
                result = [*prediction, ""]
                if boxes:
                    boxes.add(file.path, box, predicted)
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
