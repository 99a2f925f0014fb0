"""Detection of cells in whole fields: recall and precision, robustness, speed, memory, class of the crops.

    python bench/fields.py FIELDS [--crops FOLDER] [--variant-step N] [--model NAME|PATH]

FIELDS holds the fields of BCCD with their boxes (Pascal VOC). The constants of the detection were chosen on
every second field of it (the first, third, …) and on nothing else; figures are those of the other half.
FOLDER holds cells of the same fields in class folders.
"""

import argparse
import csv
import os
import resource
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import common
import cv2
import field_peer
import numpy as np
from field_variants import VARIANTS
from held_out import ModelReader

from engine.classify.models import open_model
from engine.fields.cell_box import CellBox, FieldCells
from engine.fields.crop import crop_cell
from engine.fields.detection import find_cells
from engine.images.record import Pixels

_MIN_OVERLAP = 0.5
_LARGE_FIELD = (7300, 5480)
_CLASSES = ("basophil", "eosinophil", "lymphocyte", "monocyte", "neutrophil")


@dataclass(frozen=True, slots=True)
class AnnotatedField:
    """A field with the boxes that people drew."""

    path: Path
    white_cells: list[CellBox]
    platelets: list[CellBox]
    red_cell_count: int

    def load(self) -> Pixels:
        """Return the pixels."""
        return np.ascontiguousarray(cv2.imread(str(self.path), cv2.IMREAD_COLOR)[..., ::-1])


@dataclass(slots=True)
class Counts:
    """Boxes that were found, drawn, and both."""

    matched: int = 0
    found: int = 0
    drawn: int = 0

    def add(self, found: Sequence[CellBox], drawn: Sequence[CellBox]) -> None:
        """Match boxes of one field, the best overlap first."""
        pairs = sorted(
            ((a.overlap(b), i, j) for i, a in enumerate(found) for j, b in enumerate(drawn)),
            reverse=True,
        )
        left, right = set[int](), set[int]()
        for overlap, i, j in pairs:
            if overlap >= _MIN_OVERLAP and i not in left and j not in right:
                left.add(i)
                right.add(j)
        self.matched += len(left)
        self.found += len(found)
        self.drawn += len(drawn)

    @property
    def f1(self) -> float:
        """Harmonic mean of recall and precision."""
        return 2 * self.matched / max(1, self.found + self.drawn)

    def __str__(self) -> str:
        recall, precision = self.matched / max(1, self.drawn), self.matched / max(1, self.found)
        counts = f"{self.matched} of {self.drawn}; {self.found} found"
        return f"recall {recall:.1%}, precision {precision:.1%} ({counts})"


def read_fields(folder: Path) -> list[AnnotatedField]:
    """Return the fields of a Pascal VOC folder in the order of their names."""
    fields = []
    for path in sorted(folder.rglob("*.jpg")):
        root = ET.parse(path.parent.parent / "Annotations" / f"{path.stem}.xml").getroot()
        boxes: dict[str, list[CellBox]] = {"WBC": [], "Platelets": [], "RBC": []}
        for item in root.iter("object"):
            left, top, right, bottom = (
                int(item.findtext(f"bndbox/{side}", "0"))
                for side in ("xmin", "ymin", "xmax", "ymax")
            )
            if right > left and bottom > top:
                box = CellBox(left, top, right - left, bottom - top)
                boxes[item.findtext("name", "")].append(box)
        fields.append(AnnotatedField(path, boxes["WBC"], boxes["Platelets"], len(boxes["RBC"])))
    return fields


def of_kind(cells: FieldCells, kind: str) -> list[CellBox]:
    """Return the boxes of one kind."""
    return [box for box in cells.boxes if box.kind == kind]


def main() -> int:
    """Print all figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("fields", type=Path)
    parser.add_argument("--crops", type=Path, help="cells of the same fields with their classes")
    parser.add_argument("--variant-step", type=int, default=3, help="every Nth field (default 3)")
    parser.add_argument("--model", default="fast")
    parser.add_argument("--large", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    fields = read_fields(args.fields)
    if args.large:
        return _measure_large(fields)
    print(common.machine_description(), flush=True)
    tuned, reported = fields[::2], fields[1::2]
    _measure_boxes(tuned, reported)
    _measure_variants(reported[:: args.variant_step])
    _measure_speed(reported, args.model)
    subprocess.run([sys.executable, __file__, str(args.fields), "--large"], check=True)
    if args.crops:
        _measure_classes(fields, args.crops, args.model)
    return 0


def _measure_boxes(tuned: list[AnnotatedField], reported: list[AnnotatedField]) -> None:
    white, platelets, red_found, red_drawn, errors = Counts(), Counts(), 0, 0, []
    for field in reported:
        cells = find_cells(field.load())
        white.add(of_kind(cells, "white_cell"), field.white_cells)
        platelets.add(of_kind(cells, "platelet"), field.platelets)
        if field.red_cell_count:
            red_found += cells.red_cell_count or 0
            red_drawn += field.red_cell_count
            errors.append(abs((cells.red_cell_count or 0) - field.red_cell_count))
    print(f"white cells, {len(reported)} fields: {white}")
    print(f"platelets: {platelets}")
    print(
        f"red cells: {red_found} against {red_drawn} drawn, mean difference {np.mean(errors):.1f} a field"
    )
    settings = [(e, a) for e in field_peer.EXPANSIONS for a in field_peer.MIN_AREAS]
    best = max(settings, key=lambda setting: _measure_peer(tuned[::4], *setting).f1)
    print(
        f"peer, expansion {best[0]} px, from {best[1]} px²: {_measure_peer(reported, *best)}",
        flush=True,
    )


def _measure_peer(fields: list[AnnotatedField], expansion: int, min_area: int) -> Counts:
    counts = Counts()
    for field in fields:
        counts.add(
            field_peer.find_white_cells(field.load(), expansion, min_area), field.white_cells
        )
    return counts


def _measure_variants(fields: list[AnnotatedField]) -> None:
    rows = []
    for name, change in VARIANTS.items():
        white, platelets = Counts(), Counts()
        for field in fields:
            pixels, factor = change(field.load())
            cells = find_cells(pixels)
            white.add(_scaled(of_kind(cells, "white_cell"), factor), field.white_cells)
            platelets.add(_scaled(of_kind(cells, "platelet"), factor), field.platelets)
        shares = [
            f"{counts.matched / max(1, total):.1%}"
            for counts in (white, platelets)
            for total in (counts.drawn, counts.found)
        ]
        rows.append([name, *shares])
    header = ["variant", "white cells: recall", "precision", "platelets: recall", "precision"]
    print(f"{len(fields)} fields\n{common.markdown_table(header, rows)}", flush=True)


def _scaled(boxes: list[CellBox], factor: float) -> list[CellBox]:
    return [
        replace(
            box,
            x=round(box.x / factor),
            y=round(box.y / factor),
            width=round(box.width / factor),
            height=round(box.height / factor),
        )
        for box in boxes
    ]


def _measure_speed(fields: list[AnnotatedField], model: str) -> None:
    images = [field.load() for field in fields]
    with ModelReader(open_model(model)) as reader:
        reader.read(1, lambda _: images[0])
        start, processor = time.perf_counter(), time.process_time()
        found = [find_cells(image) for image in images]
        middle, middle_processor = time.perf_counter(), time.process_time()
        crops = [
            crop_cell(image, box, cells)
            for image, cells in zip(images, found, strict=True)
            for box in cells.boxes
        ]
        reader.read(len(crops), lambda row: crops[row])
        end = time.perf_counter()
    busy = (middle_processor - processor) / len(images)
    print(
        f"fields a second: {len(images) / (middle - start):.1f} found "
        f"({busy * 1000:.0f} ms of processor time each), "
        f"{len(images) / (end - start):.1f} with the {len(crops)} crops read, one field at a time",
        flush=True,
    )


def _measure_large(fields: list[AnnotatedField]) -> int:
    width, height = _LARGE_FIELD
    tiles = [field.load() for field in fields[: (width // 640 + 1) * (height // 480 + 1)]]
    across = width // 640 + 1
    rows = [np.hstack(tiles[i : i + across]) for i in range(0, len(tiles), across)]
    large = np.ascontiguousarray(np.vstack(rows)[:height, :width])
    del tiles, rows
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    cells = find_cells(large)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{width}x{height} pixels: {seconds:.1f} s, {len(cells.boxes)} cells; peak memory of the process "
        f"{peak / 2**20:.2f} GB ({before / 2**20:.2f} GB before)",
        flush=True,
    )
    return 0


def _measure_classes(fields: list[AnnotatedField], folder: Path, model: str) -> None:
    by_name = {field.path.name: field for field in fields}
    given: list[Pixels] = []
    found: list[Pixels | None] = []
    labels: list[int] = []
    cells_by_field: dict[str, tuple[Pixels, FieldCells]] = {}
    with (folder / "index.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["class"] in _CLASSES]
    for row in rows:
        name = row["source_image"]
        if name not in by_name:
            continue
        if name not in cells_by_field:
            pixels = by_name[name].load()
            cells_by_field[name] = (pixels, find_cells(pixels))
        pixels, cells = cells_by_field[name]
        left, top, right, bottom = (int(row[side]) for side in ("xmin", "ymin", "xmax", "ymax"))
        drawn = CellBox(left, top, right - left, bottom - top)
        best = max(of_kind(cells, "white_cell"), key=drawn.overlap, default=None)
        is_found = best is not None and drawn.overlap(best) >= _MIN_OVERLAP
        found.append(crop_cell(pixels, best, cells) if best and is_found else None)
        file = cv2.imread(str(folder / row["file"]), cv2.IMREAD_COLOR)
        given.append(np.ascontiguousarray(file[..., ::-1]))
        labels.append(_CLASSES.index(row["class"]))
    both = [index for index, crop in enumerate(found) if crop is not None]
    truth = np.array(labels)[both]
    with ModelReader(open_model(model)) as reader:
        columns = [reader.model.card.classes.index(name) for name in _CLASSES]

        def accuracy(load: Callable[[int], Pixels]) -> float:
            shares = reader.read_probabilities(len(both), load)[:, columns]
            return float((shares.argmax(1) == truth).mean())

        of_given = accuracy(lambda row: given[both[row]])
        of_found = accuracy(lambda row: np.asarray(found[both[row]]))
    print(
        f"five classes, {len(both)} of {len(labels)} cells found, model {model}: "
        f"given crops {of_given:.1%}, found crops {of_found:.1%} ({os.cpu_count()} cores)",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
