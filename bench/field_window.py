"""Fields in the window: are they recognised as fields, and does a click on a missed cell give its box.

    python bench/field_window.py FIELDS [--single FOLDER …]

FIELDS holds the fields of BCCD with their boxes. Each FOLDER has images of single cells, in folders: none
must be taken for fields.
"""

import argparse
import random
import sys
from dataclasses import replace
from pathlib import Path

import common
import cv2
import numpy as np
from fields import AnnotatedField, read_fields

from engine.explore.multi_cell import field_message
from engine.fields.detection import find_cells
from engine.fields.placement import box_at
from engine.images.record import Pixels

_SAMPLE = 24  # images, as the window checks
_SAMPLES_OF_FIELDS = 5
_CLICKED_FIELDS = 40
_CELLS_PER_FIELD = 2
_MIN_CLICKED_EDGE = 8  # pixels
_CLICK_OFFSET = 0.25  # of the cell, beside its centre


def main() -> int:
    """Print all figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("fields", type=Path)
    parser.add_argument("--single", type=Path, nargs="*", default=[])
    args = parser.parse_args()
    print(common.machine_description(), flush=True)
    fields = read_fields(args.fields)
    reported = fields[1::2]
    _measure_clicks(reported[:_CLICKED_FIELDS])
    rng = random.Random(0)
    for number in range(_SAMPLES_OF_FIELDS):
        sample = rng.sample(reported, _SAMPLE)
        message = field_message([field.load() for field in sample])
        print(
            f"fields, sample {number + 1}: {message.id if message else 'not recognised'}",
            flush=True,
        )
    for folder in _leaf_folders(args.single):
        files = sorted(file for file in folder.iterdir() if file.suffix in (".jpg", ".png"))
        sample = [_load(file) for file in rng.sample(files, min(_SAMPLE, len(files)))]
        message = field_message(sample)
        result = f"taken for fields ({message.id})" if message else "single cells"
        print(f"{folder.parent.name}/{folder.name}, {len(sample)} images: {result}", flush=True)
    return 0


def _measure_clicks(fields: list[AnnotatedField]) -> None:
    rng = np.random.default_rng(0)
    for kind in ("white_cells", "platelets"):
        clicked = hit = 0
        for field in fields:
            pixels = field.load()
            found = find_cells(pixels)
            for box in getattr(field, kind)[:_CELLS_PER_FIELD]:
                if min(box.width, box.height) < _MIN_CLICKED_EDGE:
                    continue
                missed = tuple(other for other in found.boxes if other.overlap(box) < 0.2)
                offset = rng.uniform(-_CLICK_OFFSET, _CLICK_OFFSET, 2) * (box.width, box.height)
                x, y = np.add(box.centre, offset)
                placed = box_at(pixels, replace(found, boxes=missed), float(x), float(y))
                clicked += 1
                hit += placed.overlap(box) >= 0.5
        print(f"clicks on {clicked} missed {kind}: {hit / clicked:.0%} with their box", flush=True)


def _leaf_folders(roots: list[Path]) -> list[Path]:
    folders = [folder for root in roots for folder in [root, *sorted(root.rglob("*"))]]
    return [
        folder
        for folder in folders
        if folder.is_dir() and any(file.suffix in (".jpg", ".png") for file in folder.iterdir())
    ]


def _load(file: Path) -> Pixels:
    return np.ascontiguousarray(cv2.imread(str(file), cv2.IMREAD_COLOR)[..., ::-1])


if __name__ == "__main__":
    sys.exit(main())
