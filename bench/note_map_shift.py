"""Shift of the activation maps for bundles that were trained before bundles recorded it.

    python bench/note_map_shift.py MODEL FOLDER [--images N]

FOLDER holds any images of the model's classes. The weights do not change, so the model keeps its id.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import msgspec
import numpy as np

from engine.classify import bundle
from engine.classify.bundle import Bundle
from engine.classify.card import FORMAT
from engine.classify.devices import choose_device
from engine.classify.map_shift import measure_map_shift
from engine.classify.runtime import open_runtime
from engine.images.record import ImageRecord
from engine.images.resize import resize_to_square
from engine.images.source import open_source
from engine.jobs import Job


def main() -> None:
    """Write the shift into the bundle's card and print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path, help="the folder of a bundle; it is written anew")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--images", type=int, default=128)
    args = parser.parse_args()
    model, source = Bundle.open(args.model.resolve()), open_source(args.folder)
    records = [record for record in source.scan(Job()) if isinstance(record, ImageRecord)]
    records = records[:: max(1, len(records) // args.images)][: args.images]
    size = model.card.preprocessing.size
    images = np.stack([resize_to_square(source.load(record).pixels, size) for record in records])
    runtime = open_runtime(model, choose_device("cpu"), Job())
    shift = measure_map_shift(Job(), runtime, images)
    runtime.close()
    card = msgspec.structs.replace(model.card, format=FORMAT, map_shift=shift)
    files = [model.folder / name for name in model.card.files]
    bundle.write_bundle(model.folder, card, files, replace=True)
    print(f"{model.card.name}: {shift} cells, measured on {len(images)} images")


if __name__ == "__main__":
    main()
