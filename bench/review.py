"""Responsiveness of the Review workspace with 100,000 images: thumbnails, pauses, decisions, memory.

    python bench/review.py FOLDER [--images 100000] [--read N]

Runs the real window in a separate process with empty caches, on a flat folder of hard links to the images
of FOLDER. A timer set to two milliseconds records how late it fires in each phase: the time a key press
would have waited. The idle window is measured too, since other programs on the machine also cause pauses.
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

from pause_meter import PauseMeter, link_flat_folder, run_event_loop

if TYPE_CHECKING:
    from PySide6.QtWidgets import QComboBox

    from gui.shell.window import MainWindow

Figure = tuple[str, str, str]
"""Name, measured value, target."""

ROOT = Path(__file__).resolve().parent.parent
_PHASE_SECONDS = 4.0
_BULK_IMAGES = 10_000


def main() -> int:
    """Create the folder and measure in a child process."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--images", type=int, default=100_000)
    parser.add_argument("--read", type=int, default=20_000, help="how many to classify")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        return _measure(args)
    with tempfile.TemporaryDirectory(dir=args.folder.parent) as place:
        folder = Path(place) / "many"
        link_flat_folder(args.folder, folder, args.images)
        env = {**os.environ, "BLOODBENCH_HOME": str(Path(place) / "home")}
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
        env["PYTHONPATH"] = os.pathsep.join([str(ROOT), env.get("PYTHONPATH", "")])
        command = [sys.executable, __file__, str(folder), "--read", str(args.read), "--child"]
        return subprocess.run(command, env=env, check=False).returncode


def _measure(args: argparse.Namespace) -> int:
    from gui.app import make_app
    from gui.shell.window import MainWindow
    from gui.theme import Theme

    window = MainWindow(Theme(make_app()))
    window.resize(1400, 900)
    window.show()
    window.decisions.reviewer = "bench"
    pauses = PauseMeter()
    pauses.start_phase("starting")
    run_event_loop(lambda: window.session.active_model is not None and not window.loader.busy)
    pauses.start_phase("idle")
    run_event_loop(lambda: False, _PHASE_SECONDS)
    pauses.start_phase("opening")
    figures = _open(window, args.folder)
    pauses.start_phase("classifying")
    figures += _read(window, args.read)
    pauses.start_phase("scrolling")
    _scroll(window)
    pauses.start_phase("filtering, sorting, bands")
    _change_queries(window)
    saved: list[object] = []
    window.decisions.saved.connect(saved.append)
    pauses.start_phase("one label")
    figures += _label_one(window, saved)
    pauses.start_phase("bulk-labelling")
    figures += _label_many(window, saved)
    figures.append(("memory, highest", f"{peak_memory() / 1e9:.2f} GB", "1.5 GB"))
    pauses.stop()
    window.close()
    print_report(figures, pauses)
    return 0


def _open(window: "MainWindow", folder: Path) -> list[Figure]:
    view, thumbnails = window.review.gallery.view, window.context.thumbnails
    ready: list[str] = []
    thumbnails.ready.connect(ready.append)
    window.open(folder)
    first_seconds = run_event_loop(lambda: bool(ready))

    def all_decoded() -> bool:
        paths = view.visible_paths()
        return bool(paths) and all(thumbnails.peek(path) is not None for path in paths)

    visible_seconds = run_event_loop(all_decoded, 30)
    open_seconds = run_event_loop(lambda: window.decisions.project is not None)
    return [
        ("first thumbnail", f"{first_seconds:.2f} s", "0.3 s"),
        ("  all in sight, after that", f"{visible_seconds:.2f} s", ""),
        (f"  {window.session.total:,} images and their project", f"{open_seconds:.1f} s", ""),
    ]


def _read(window: "MainWindow", count: int) -> list[Figure]:
    seconds = run_event_loop(lambda: window.session.counts()[1] >= min(count, window.session.total))
    window.loader.cancel()
    run_event_loop(lambda: not window.loader.busy)
    return [(f"reading {count:,}, images a second", f"{count / seconds:.0f}", "")]


def _scroll(window: "MainWindow") -> None:
    bar = window.review.gallery.view.verticalScrollBar()
    started = time.perf_counter()

    def scroll() -> bool:
        part = (time.perf_counter() - started) / _PHASE_SECONDS
        bar.setValue(int(bar.maximum() * min(part, 1)))
        return part > 1

    run_event_loop(scroll)


def _change_queries(window: "MainWindow") -> None:
    panel, model = window.review.gallery, window.review.gallery.model
    for change in (
        lambda: model.set_query(model.query.toggle("confidence", "99")),
        lambda: model.set_query(model.query.without_filters()),
        lambda: _choose(panel.order_box, "doubt"),
        lambda: _choose(panel.bands_box, "class"),
        lambda: panel.search.setText("000"),
        lambda: panel.search.setText(""),
        lambda: _choose(panel.bands_box, ""),
        lambda: _choose(panel.order_box, "name"),
    ):
        change()
        run_event_loop(lambda: False, 0.5)


def _label_one(window: "MainWindow", saved: list[object]) -> list[Figure]:
    times = []
    for path in window.session.table.paths[:100]:
        before = len(saved)
        window.decisions.label([path], "monocyte")
        times.append(1000 * run_event_loop(lambda before=before: len(saved) > before))
    return [
        ("one label, from key to disk to screen, median", f"{statistics.median(times):.1f} ms", ""),
        ("  the longest of 100", f"{max(times):.1f} ms", ""),
    ]


def _label_many(window: "MainWindow", saved: list[object]) -> list[Figure]:
    bulk = list(window.session.table.paths[:_BULK_IMAGES])
    figures = []
    for words, act, target in (
        (f"bulk label of {len(bulk):,}", lambda: window.decisions.label(bulk, "platelet"), ""),
        ("  its undo", window.decisions.undo, "1 s"),
        ("  its redo", window.decisions.redo, ""),
    ):
        before = len(saved)
        act()
        seconds = run_event_loop(lambda before=before: len(saved) > before)
        figures.append((words, f"{1000 * seconds:.0f} ms", target))
        run_event_loop(lambda: False, 0.5)
    return figures


def _choose(box: "QComboBox", key: str) -> None:
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


def peak_memory() -> float:
    """Return the peak memory of this process in bytes."""
    if sys.platform == "win32":
        return float("nan")
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak


def print_report(figures: list[Figure], pauses: PauseMeter) -> None:
    """Print the figures and the pauses."""
    print(f"{'figure':<46}{'measured':>12}{'target':>12}")
    for words, measured, target in figures:
        print(f"{words:<46}{measured:>12}{target:>12}")
    print()
    pauses.report()


if __name__ == "__main__":
    sys.exit(main())
