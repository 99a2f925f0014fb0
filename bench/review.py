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
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_TICK_MS = 2
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
        _link_many(given.folder, folder, given.images)
        env = {**os.environ, "BLOODBENCH_HOME": str(Path(place) / "home")}
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
        env["PYTHONPATH"] = os.pathsep.join([str(ROOT), env.get("PYTHONPATH", "")])
        command = [sys.executable, __file__, str(folder), "--read", str(given.read), "--child"]
        return subprocess.run(command, env=env, check=False).returncode


def _link_many(source: Path, folder: Path, count: int) -> None:
    files = sorted(file for file in source.rglob("*") if file.suffix.lower() in (".jpg", ".png"))
    folder.mkdir()
    for number in range(count):
        file = files[number % len(files)]
        (folder / f"{file.parent.name}_{number:06}{file.suffix}").hardlink_to(file)


class Pauses:
    """A timer's lateness in milliseconds, phase by phase."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.phases: dict[str, list[float]] = {}
        self._now: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def phase(self, name: str) -> None:
        """Count what comes now as this phase."""
        self._now = self.phases.setdefault(name, [])
        self._last = time.perf_counter()

    def stop(self) -> None:
        """Count no more."""
        self._timer.stop()

    def _tick(self) -> None:
        now = time.perf_counter()
        self._now.append(max(0.0, (now - self._last) * 1000 - _TICK_MS))
        self._last = now


def _spin(until: Callable[[], bool], seconds: float = 600.0) -> float:
    # Seconds until something holds, with the event loop running; looks every millisecond.
    from PySide6.QtCore import QEventLoop, QTimer

    began = time.perf_counter()
    loop = QEventLoop()
    look = QTimer(interval=1)

    def check() -> None:
        if until() or time.perf_counter() - began > seconds:
            loop.quit()

    look.timeout.connect(check)
    look.start()
    loop.exec()
    look.stop()
    return time.perf_counter() - began


def _measure(given: argparse.Namespace) -> int:
    from gui.app import make_app
    from gui.theme import Theme
    from gui.window import MainWindow

    theme = Theme(make_app())
    window = MainWindow(theme)
    window.resize(1400, 900)
    window.show()
    window.decisions.who = "bench"
    pauses = Pauses()
    pauses.phase("starting")
    _spin(lambda: window.session.engine is not None and not window.flow.busy)
    pauses.phase("idle")
    _spin(lambda: False, _PHASE_SECONDS)
    figures: list[tuple[str, str, str]] = []

    pauses.phase("opening")
    view, thumbnails = window.review.gallery.view, window.review.thumbnails
    seen: list[str] = []
    thumbnails.ready.connect(seen.append)
    window.open(given.folder)
    figures.append(("first thumbnail", f"{_spin(lambda: bool(seen)):.2f} s", "0.3 s"))
    in_sight = _spin(
        lambda: (
            bool(paths := view.paths_in_sight())
            and all(thumbnails.peek(path) is not None for path in paths)
        ),
        30,
    )
    figures.append(("  all in sight, after that", f"{in_sight:.2f} s", ""))
    opened = _spin(lambda: window.decisions.project is not None)
    figures.append((f"  {window.session.total:,} images and their project", f"{opened:.1f} s", ""))

    pauses.phase("classifying")
    took = _spin(lambda: window.session.counts()[1] >= min(given.read, window.session.total))
    figures.append((f"reading {given.read:,}, images a second", f"{given.read / took:.0f}", ""))
    window.flow.cancel()
    _spin(lambda: not window.flow.busy)

    pauses.phase("scrolling")
    bar = view.verticalScrollBar()
    began = time.perf_counter()

    def scroll() -> bool:
        part = (time.perf_counter() - began) / _PHASE_SECONDS
        bar.setValue(int(bar.maximum() * min(part, 1)))
        return part > 1

    _spin(scroll)
    pauses.phase("filtering, sorting, bands")
    panel, model = window.review.gallery, window.review.gallery.model
    assert model.query is not None
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
        _spin(lambda: False, 0.5)

    kept: list[object] = []
    window.decisions.kept.connect(kept.append)
    pauses.phase("one label")
    times = []
    for path in window.session.table.paths[:100]:
        before = len(kept)
        window.decisions.label([path], "monocyte")
        times.append(1000 * _spin(lambda before=before: len(kept) > before))
    middle = statistics.median(times)
    figures.append(("one label, key to disk to screen, median", f"{middle:.1f} ms", "10 ms"))
    figures.append(("  the longest of 100", f"{max(times):.1f} ms", ""))

    pauses.phase("bulk-labelling")
    bulk = list(window.session.table.paths[:_BULK])
    for words, act, target in (
        (f"bulk label of {len(bulk):,}", lambda: window.decisions.label(bulk, "platelet"), ""),
        ("  its undo", window.decisions.undo, "1 s"),
        ("  its redo", window.decisions.redo, ""),
    ):
        before = len(kept)
        act()
        took = _spin(lambda before=before: len(kept) > before)
        figures.append((words, f"{1000 * took:.0f} ms", target))
        _spin(lambda: False, 0.5)
    pauses.phase("after")
    figures.append(("memory, highest", f"{_highest_memory() / 1e9:.2f} GB", "1.5 GB"))
    pauses.stop()
    window.close()
    _report(figures, pauses.phases)
    return 0


def _choose(box: object, key: str) -> None:
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


def _highest_memory() -> float:
    if sys.platform == "win32":
        return float("nan")
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak


def _report(figures: list[tuple[str, str, str]], phases: dict[str, list[float]]) -> None:
    print(f"{'figure':<46}{'measured':>12}{'target':>12}")
    for words, measured, target in figures:
        print(f"{words:<46}{measured:>12}{target:>12}")
    print(f"\n{'pause of the event loop, ms':<46}{'p99 (50)':>12}{'max (200)':>12}")
    for name, late in phases.items():
        if len(late) > 1:
            share = sorted(late)[min(len(late) - 1, int(len(late) * 0.99))]
            print(f"{name:<46}{share:>12.1f}{max(late):>12.1f}")


if __name__ == "__main__":
    sys.exit(main())
