"""Speed of exploring 100,000 embeddings: neighbours, out-of-distribution distance, 2-D map, folder listing.

    python bench/explore.py [--images 100000] [--small 13000]

The embeddings are random, in eight clusters; none of the figures depends on the images.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main() -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--images", type=int, default=100_000)
    parser.add_argument("--small", type=int, default=13_000)
    args = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["BLOODBENCH_HOME"] = home
        rows = [*_folder(args.images), *_engine(args.images, args.small), *_map(args.images)]
    from common import machine_description, markdown_table

    print(
        f"{machine_description()}\n\n{markdown_table(['what', 'images', 'measured', 'target'], rows)}"
    )
    return 0


def _median_seconds(
    work: Callable[[], object], times: int = 5, clock: Callable[[], float] = time.perf_counter
) -> float:
    """Return the median duration of several runs."""
    durations = []
    for _ in range(times):
        started = clock()
        work()
        durations.append(clock() - started)
    return statistics.median(durations)


def _folder(count: int) -> list[list[str]]:
    from engine.images.class_set import load_class_set
    from engine.images.folder_source import FolderSource
    from engine.jobs import Job

    with tempfile.TemporaryDirectory() as place:
        for number in range(count):
            (Path(place) / f"cell_{number}.jpg").write_bytes(b"x")
        source = FolderSource(Path(place), load_class_set())
        first = _median_seconds(lambda: next(source.scan(Job())), 5, time.process_time)
        whole = _median_seconds(lambda: sum(1 for _ in source.scan(Job())), 3, time.process_time)
    return [
        ["first of a flat folder, time of the processor", f"{count:,}", f"{first:.3f} s", "0.1 s"],
        ["all of it, time of the processor", f"{count:,}", f"{whole:.2f} s", ""],
    ]


def _engine(count: int, small: int) -> list[list[str]]:
    import numpy as np

    from engine.classify.embedding_distance import EmbeddingDistance
    from engine.explore.map_process import compute_map_in_process
    from engine.explore.neighbours import nearest_neighbours
    from engine.jobs import Job
    from engine.train.statistics_fitting import fit_statistics

    rng = np.random.default_rng(0)
    groups = np.arange(count) % 8
    large = np.empty((count, 1792), np.float16)
    centres = rng.normal(0, 1, (8, 1792)).astype(np.float32)
    for start in range(0, count, 5000):
        part = groups[start : start + 5000]
        large[start : start + 5000] = centres[part] + rng.standard_normal((len(part), 1792), "f4")
    everything = np.arange(count)
    nearest_seconds = _median_seconds(lambda: nearest_neighbours(large[9], large, everything, 12))
    training_statistics = fit_statistics(large[:6000], groups[:6000], large[6000:7000], 8)
    distance_seconds = _median_seconds(
        lambda: EmbeddingDistance(training_statistics).measure(large), 3
    )
    small_map = _median_seconds(
        lambda: compute_map_in_process(Job(), large[:small], groups[:small]), 1
    )
    full_map = _median_seconds(lambda: compute_map_in_process(Job(), large, groups), 1)
    return [
        [
            "nearest 12 by cosine, 1,792 numbers each",
            f"{count:,}",
            f"{nearest_seconds:.2f} s",
            "0.3 s",
        ],
        ["distance from the training images", f"{count:,}", f"{distance_seconds:.2f} s", ""],
        ["2-D map", f"{small:,}", f"{small_map:.0f} s", "30 s"],
        ["2-D map", f"{count:,}", f"{full_map:.0f} s", "90 s"],
    ]


def _map(count: int) -> list[list[str]]:
    import numpy as np
    from PySide6.QtCore import QPointF

    from gui.app import make_app
    from gui.theme import Theme

    theme = Theme(make_app())
    started = time.perf_counter()
    from gui.gallery.embedding_map import EmbeddingMap

    loading = time.perf_counter() - started
    view = EmbeddingMap(theme)
    view.resize(1200, 900)
    rng = np.random.default_rng(0)
    view.set_points(
        rng.random((count, 2), np.float32),
        rng.integers(0, 256, (count, 3), np.uint8),
        np.ones(count, np.bool_),
    )
    factors = iter([1.05, 1 / 1.05] * 20)

    def zoom() -> None:
        view.zoom_by(next(factors))
        view.grab()

    painting = _median_seconds(zoom, 21)
    pointing = _median_seconds(lambda: view.row_at(QPointF(300, 300)), 21)
    return [
        [
            "map repainted after a zoom, 1200 × 900",
            f"{count:,}",
            f"{1e3 * painting:.0f} ms",
            "50 ms",
        ],
        ["point under the pointer", f"{count:,}", f"{1e3 * pointing:.1f} ms", ""],
        ["loading pyqtgraph", "", f"{1e3 * loading:.0f} ms", ""],
    ]


if __name__ == "__main__":
    sys.exit(main())
