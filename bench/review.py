"""The Review window on very many images: first thumbnails, pauses of the event loop, decisions, memory.

    python bench/review.py FOLDER [--images 100000] [--read N]

The real window, in a process of its own with fresh caches, on a flat folder of that many images (links to
those of FOLDER). A timer that should fire every two milliseconds tells how late it was, in each phase:
that is how long a key press would have waited. The same is measured while nothing runs, since other
programs on the machine make pauses too.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from pauses import Pauses, link_many, spin

if TYPE_CHECKING:
    from gui.window import MainWindow

Figure = tuple[str, str, str]
"""What it is, as measured, its target."""

ROOT = Path(__file__).resolve().parent.parent
_PHASE_SECONDS = 4.0
_BULK = 10_000


def main() -> int:
    """Make the folder, and measure in a child."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--images", type=int, default=100_000)
    parser.add_argument("--read", type=int, default=20_000, help="how many to classify")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        return _measure(given)
    with tempfile.TemporaryDirectory(dir=given.folder.parent) as place:
        folder = Path(place) / "many"
        link_many(given.folder, folder, given.images)
        env = {**os.environ, "BLOODBENCH_HOME": str(Path(place) / "home")}
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
        env["PYTHONPATH"] = os.pathsep.join([str(ROOT), env.get("PYTHONPATH", "")])
        command = [sys.executable, __file__, str(folder), "--read", str(given.read), "--child"]
        return subprocess.run(command, env=env, check=False).returncode


def _measure(given: argparse.Namespace) -> int:
    from gui.app import make_app
    from gui.theme import Theme
    from gui.window import MainWindow

    window = MainWindow(Theme(make_app()))
    window.resize(1400, 900)
    window.show()
    window.decisions.who = "bench"
    pauses = Pauses()
    pauses.phase("starting")
    spin(lambda: window.session.engine is not None and not window.flow.busy)
    pauses.phase("idle")
    spin(lambda: False, _PHASE_SECONDS)
    pauses.phase("opening")
    figures = _open(window, given.folder)
    pauses.phase("classifying")
    figures += _read(window, given.read)
    pauses.phase("scrolling")
    _scroll(window)
    pauses.phase("filtering, sorting, bands")
    _ask(window)
    kept: list[object] = []
    window.decisions.kept.connect(kept.append)
    pauses.phase("one label")
    figures += _label_one(window, kept)
    pauses.phase("bulk-labelling")
    figures += _label_many(window, kept)
    figures.append(("memory, highest", f"{highest_memory() / 1e9:.2f} GB", "1.5 GB"))
    pauses.stop()
    window.close()
    report(figures, pauses)
    return 0


def _open(window: "MainWindow", folder: Path) -> list[Figure]:
    view, thumbnails = window.review.gallery.view, window.desk.thumbnails
    seen: list[str] = []
    thumbnails.ready.connect(seen.append)
    window.open(folder)
    first = spin(lambda: bool(seen))

    def all_there() -> bool:
        paths = view.paths_in_sight()
        return bool(paths) and all(thumbnails.peek(path) is not None for path in paths)

    in_sight = spin(all_there, 30)
    opened = spin(lambda: window.decisions.project is not None)
    return [
        ("first thumbnail", f"{first:.2f} s", "0.3 s"),
        ("  all in sight, after that", f"{in_sight:.2f} s", ""),
        (f"  {window.session.total:,} images and their project", f"{opened:.1f} s", ""),
    ]


def _read(window: "MainWindow", count: int) -> list[Figure]:
    took = spin(lambda: window.session.counts()[1] >= min(count, window.session.total))
    window.flow.cancel()
    spin(lambda: not window.flow.busy)
    return [(f"reading {count:,}, images a second", f"{count / took:.0f}", "")]


def _scroll(window: "MainWindow") -> None:
    bar = window.review.gallery.view.verticalScrollBar()
    began = time.perf_counter()

    def scroll() -> bool:
        part = (time.perf_counter() - began) / _PHASE_SECONDS
        bar.setValue(int(bar.maximum() * min(part, 1)))
        return part > 1

    spin(scroll)


def _ask(window: "MainWindow") -> None:
    panel, model = window.review.gallery, window.review.gallery.model
    for change in (
        lambda: model.ask(model.query.toggle("confidence", "99")),
        lambda: model.ask(model.query.all()),
        lambda: _choose(panel.order, "doubt"),
        lambda: _choose(panel.bands, "class"),
        lambda: panel.search.setText("000"),
        lambda: panel.search.setText(""),
        lambda: _choose(panel.bands, ""),
        lambda: _choose(panel.order, "name"),
    ):
        change()
        spin(lambda: False, 0.5)


def _label_one(window: "MainWindow", kept: list[object]) -> list[Figure]:
    times = []
    for path in window.session.table.paths[:100]:
        before = len(kept)
        window.decisions.label([path], "monocyte")
        times.append(1000 * spin(lambda before=before: len(kept) > before))
    return [
        ("one label, from key to disk to screen, median", f"{statistics.median(times):.1f} ms", ""),
        ("  the longest of 100", f"{max(times):.1f} ms", ""),
    ]


def _label_many(window: "MainWindow", kept: list[object]) -> list[Figure]:
    bulk = list(window.session.table.paths[:_BULK])
    figures = []
    for words, act, target in (
        (f"bulk label of {len(bulk):,}", lambda: window.decisions.label(bulk, "platelet"), ""),
        ("  its undo", window.decisions.undo, "1 s"),
        ("  its redo", window.decisions.redo, ""),
    ):
        before = len(kept)
        act()
        took = spin(lambda before=before: len(kept) > before)
        figures.append((words, f"{1000 * took:.0f} ms", target))
        spin(lambda: False, 0.5)
    return figures


def _choose(box: object, key: str) -> None:
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


def highest_memory() -> float:
    """Return the most memory that this process has held, in bytes."""
    if sys.platform == "win32":
        return float("nan")
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak


def report(figures: list[Figure], pauses: Pauses) -> None:
    """Print the figures and the pauses."""
    print(f"{'figure':<46}{'measured':>12}{'target':>12}")
    for words, measured, target in figures:
        print(f"{words:<46}{measured:>12}{target:>12}")
    print()
    pauses.report()


if __name__ == "__main__":
    sys.exit(main())
