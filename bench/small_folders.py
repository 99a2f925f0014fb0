"""Recall and false findings of `suspect_label` in small folders with planted wrong labels.

    python bench/small_folders.py FOLDER [--each 12] [--wrong 3] [--draws 10]

FOLDER holds class folders of real images. Each draw takes `--each` images of every class and gives `--wrong`
of them another label at random. Given are the findings by similar images alone, and with the model's own
contradictions (`engine.curate.model_contradictions`), and both on the same draws without wrong labels.
"""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from common import ROOT, machine_description, markdown_table

sys.path.insert(0, str(ROOT))

from engine.classify.devices import choose_device
from engine.classify.models import prepare_model
from engine.classify.reading_cache import ReadingCache
from engine.classify.runtime import open_runtime
from engine.curate.detectors.base import DetectorContext
from engine.curate.detectors.single_image import SuspectLabels
from engine.curate.feature_store import FeatureStore
from engine.curate.image_set import ImageSet, build_image_set
from engine.curate.scan import compare_image_set
from engine.images.class_set import load_class_set
from engine.images.source import open_source
from engine.jobs import Job


def main() -> int:
    """Draw, plant, search and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--each", type=int, default=12)
    parser.add_argument("--wrong", type=int, default=3)
    parser.add_argument("--draws", type=int, default=10)
    args = parser.parse_args()
    device = choose_device("cpu")
    bundle = prepare_model(Job(), None, device, required=False).bundle
    source = open_source(args.folder, load_class_set(bundle.card.class_set))
    runtime = open_runtime(bundle, device, Job())
    with FeatureStore() as store, ReadingCache(bundle.card) as cache:
        files = list(source.scan(Job()))
        images = build_image_set(Job(), source, files, runtime, bundle.card, cache, store)
    runtime.close()
    totals = {(method, planted): np.zeros(4, int) for method in (0, 1) for planted in (0, 1)}
    for seed in range(args.draws):
        for planted in (0, 1):
            drawn, wrong = _draw(images, args.each, args.wrong * planted, seed)
            context = compare_image_set(Job(), Path("nowhere"), drawn, bundle)
            for method, searched in enumerate((replace(context, contradictions=None), context)):
                found = _found(searched)
                totals[method, planted] += (
                    len(found & wrong), len(wrong), len(found - wrong), len(drawn.records)
                )  # fmt: skip
    rows = []
    for method, name in enumerate(("similar images alone", "and the model's contradictions")):
        right, planted_count, false, count = totals[method, 1]
        clean_false, clean_count = totals[method, 0][2:]
        rows.append(
            [name, f"{right} of {planted_count}", f"{false} of {count - planted_count}",
             f"{clean_false} of {clean_count}"]
        )  # fmt: skip
    print(markdown_table(["by", "wrong labels found", "false", "false without any wrong"], rows))
    print(machine_description())
    return 0


def _draw(images: ImageSet, each: int, wrong: int, seed: int) -> tuple[ImageSet, set[str]]:
    """Return an image set of `each` images a class, and the paths of those with a wrong label."""
    rng = np.random.default_rng(seed)
    labels = np.array([str(images.records[image].label) for image in images.first_images])
    names = sorted(set(labels) - {"None"})
    rows = np.concatenate(
        [rng.permutation(np.flatnonzero(labels == name))[:each] for name in names]
    )
    records = [images.records[images.first_images[row]] for row in rows]
    paths = set()
    for index in rng.choice(len(rows), wrong, replace=False).tolist():
        others = [name for name in names if name != records[index].label]
        records[index] = replace(records[index], label=str(rng.choice(others)))
        paths.add(records[index].path)
    arrays = images.features[rows], images.embeddings[rows], images.logits[rows]
    hashes = [images.hashes[row] for row in rows]
    return ImageSet(records, [], np.arange(len(rows)), hashes, *arrays, images.classes), paths


def _found(context: DetectorContext) -> set[str]:
    return {finding.path for finding in SuspectLabels().find(context)}


if __name__ == "__main__":
    sys.exit(main())
