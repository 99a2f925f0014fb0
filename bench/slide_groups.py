"""Slide groups: images clustered by background colour, a proxy for slide and stain.

    python bench/slide_groups.py FOLDER [--hold GROUP --out CSV]

Prints the groups. With --hold, writes the images of one group as a table for `train --exclude`;
`bench/models.py --group` then evaluates the resulting model on that group.
"""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import common
import cv2
import numpy as np

from engine.csv_files import write_csv
from engine.images.class_set import load_class_set
from engine.images.record import ImageRecord, Pixels
from engine.images.source import open_source
from engine.jobs import Job

GROUP_COUNT = 5


def background_colour(pixels: Pixels) -> np.ndarray:
    """Return the colour (L*, a*, b*) of the empty slide: the median of nearly the brightest pixels."""
    lab = cv2.cvtColor(np.asarray(pixels, np.float32) / 255, cv2.COLOR_RGB2LAB)
    light = lab[..., 0]
    return np.median(lab[light > np.percentile(light, 90) - 4], axis=0)


def cluster_slides(images: Iterable[Pixels]) -> np.ndarray:
    """Return the group (n,) of each image, 0 the largest: k-means on the background colour, seed 0."""
    from sklearn.cluster import KMeans

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        colours = np.stack(list(pool.map(background_colour, images)))
    clusters = KMeans(GROUP_COUNT, n_init=10, random_state=0).fit_predict(colours)
    by_size = np.argsort(-np.bincount(clusters, minlength=GROUP_COUNT), kind="stable")
    return np.argsort(by_size)[clusters]


def describe(images: Sequence[Pixels], group: np.ndarray, names: Sequence[str]) -> list[list[str]]:
    """Return one row per group: number, image count, background colour, class counts."""
    rows = []
    for number in np.unique(group):
        inside = np.flatnonzero(group == number)
        light, red, yellow = np.mean(
            [background_colour(images[row]) for row in inside[:200]], axis=0
        )
        counts = Counter(names[row] for row in inside)
        classes = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
        rows.append(
            [str(number), str(len(inside)), f"{light:.1f}, {red:.1f}, {yellow:.1f}", classes]
        )
    return rows


def main() -> int:
    """Print the groups and optionally write one as a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--hold", type=int, metavar="GROUP")
    parser.add_argument("--out", type=Path, metavar="CSV", default=Path("held-out-group.csv"))
    args = parser.parse_args()
    source = open_source(args.folder, load_class_set())
    records = [item for item in source.scan(Job()) if isinstance(item, ImageRecord)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        images = list(pool.map(lambda record: source.load(record).pixels, records))
    group = cluster_slides(images)
    header = ["group", "images", "glass L*, a*, b*", "classes"]
    print(
        common.markdown_table(
            header, describe(images, group, [str(record.label) for record in records])
        )
    )
    if args.hold is not None:
        held_out = [
            record.path
            for record, number in zip(records, group, strict=True)
            if number == args.hold
        ]
        write_csv(args.out, ["path"], ([path] for path in held_out))
    return 0


if __name__ == "__main__":
    sys.exit(main())
