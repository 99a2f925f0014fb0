"""Groups of images by the colour of their background: as near to slides and stains as the files tell.

    python bench/slides.py FOLDER [--hold GROUP --out CSV]

Prints the groups. With --hold, writes the images of one group as a table for `train --exclude`; then
`bench/models.py --group` reads that group with the model that never saw it.
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

from engine.images.classes import load_class_set
from engine.images.record import ImageRecord, Pixels
from engine.images.source import open_source
from engine.jobs import Job
from engine.writing import write_table

GROUPS = 5


def glass(pixels: Pixels) -> np.ndarray:
    """Return the colour (L*, a*, b*) of the empty slide: the median of what is nearly the brightest."""
    lab = cv2.cvtColor(np.asarray(pixels, np.float32) / 255, cv2.COLOR_RGB2LAB)
    light = lab[..., 0]
    return np.median(lab[light > np.percentile(light, 90) - 4], axis=0)


def groups(pictures: Iterable[Pixels]) -> np.ndarray:
    """Return the group (n,) of each picture, 0 the largest: k-means of the glass's colour, seed 0."""
    from sklearn.cluster import KMeans

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        colours = np.stack(list(pool.map(glass, pictures)))
    found = KMeans(GROUPS, n_init=10, random_state=0).fit_predict(colours)
    by_size = np.argsort(-np.bincount(found, minlength=GROUPS), kind="stable")
    return np.argsort(by_size)[found]


def describe(
    pictures: Sequence[Pixels], group: np.ndarray, names: Sequence[str]
) -> list[list[str]]:
    """Return a row a group: number, images, colour of the glass, the classes it holds."""
    rows = []
    for one in np.unique(group):
        inside = np.flatnonzero(group == one)
        light, red, yellow = np.mean([glass(pictures[row]) for row in inside[:200]], axis=0)
        counts = Counter(names[row] for row in inside)
        classes = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
        rows.append([str(one), str(len(inside)), f"{light:.1f}, {red:.1f}, {yellow:.1f}", classes])
    return rows


def main() -> int:
    """Print the groups; write one as a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--hold", type=int, metavar="GROUP")
    parser.add_argument("--out", type=Path, metavar="CSV", default=Path("held-out-group.csv"))
    given = parser.parse_args()
    source = open_source(given.folder, load_class_set())
    records = [one for one in source.scan(Job()) if isinstance(one, ImageRecord)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        pictures = list(pool.map(lambda one: source.load(one).pixels, records))
    group = groups(pictures)
    header = ["group", "images", "glass L*, a*, b*", "classes"]
    print(common.table(header, describe(pictures, group, [str(one.label) for one in records])))
    if given.hold is not None:
        held = [one.path for one, its in zip(records, group, strict=True) if its == given.hold]
        write_table(given.out, ["path"], ([path] for path in held))
    return 0


if __name__ == "__main__":
    sys.exit(main())
