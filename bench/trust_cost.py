"""Cost of calibration, unknown score and prediction sets, as a share of reading the images.

    python bench/trust_cost.py FOLDER [--model NAME|PATH] [--images 200]

Processor time of this process, which other programs on the machine change little: reading is decoding,
resizing and inference; the rest is computed from its logits and embeddings as the commands do.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import common  # noqa: F401  (adds the engine to the path)
from common import machine_description
from held_out import ModelReader

from engine.classify.calibrator import Calibrator
from engine.classify.models import open_model
from engine.classify.prediction_sets import prediction_sets
from engine.classify.unknown_score import UnknownScore
from engine.evaluate.expected_accuracy import expected_accuracy
from engine.images.record import ImageRecord
from engine.images.source import open_source
from engine.jobs import Job

_REPEATS = 5


def main() -> int:
    """Print the shares."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", help="name or path (default: the shipped one)")
    parser.add_argument("--images", type=int, default=200)
    args = parser.parse_args()
    model = open_model(args.model)
    source = open_source(args.folder)
    records = [item for item in source.scan(Job()) if isinstance(item, ImageRecord)]
    records = records[:: max(1, len(records) // args.images)][: args.images]
    calibrator, unknown_score = Calibrator.of_bundle(model), UnknownScore.of_bundle(model)
    print(machine_description())
    with ModelReader(model) as reader:
        reader.read(8, lambda row: source.load(records[row]).pixels)
        seconds = time.process_time()
        logits, embeddings = reader.read(len(records), lambda row: source.load(records[row]).pixels)
        reading = time.process_time() - seconds
    probabilities = calibrator.probabilities(logits, embeddings)
    total = 0.0
    steps: dict[str, Callable[[], object]] = {
        "calibration": lambda: calibrator.probabilities(logits, embeddings),
        "prediction sets": lambda: prediction_sets(probabilities),
        "expected accuracy": lambda: expected_accuracy(probabilities.max(axis=1)),
    }
    if unknown_score is not None:
        steps["unknown score"] = lambda: unknown_score.measure_ratios(embeddings)
    for name, step in steps.items():
        seconds = time.process_time()
        for _ in range(_REPEATS):
            step()
        share = (time.process_time() - seconds) / _REPEATS / reading
        total += share
        print(f"{name}: {share:.2%} of reading")
    each = 1000 * reading / len(records)
    print(
        f"{model.card.name}, {len(records)} images: reading {each:.1f} ms each; together {total:.2%}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
