"""Responsiveness of the Clean workspace with 100,000 images: event-loop pauses in a scan, answers and undo.

    python bench/clean.py FOLDER [--images 100000]

Runs the real window in a separate process with empty caches, on class folders of hard links that repeat
the images of FOLDER. Nearly all images are then exact copies, in thousands of clusters: the worst case
for a queue. The scan runs in its own process, as in normal use.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pause_meter import PauseMeter, run_event_loop
from review import ROOT, peak_memory, print_report

if TYPE_CHECKING:
    from gui.clean.workspace import CleanWorkspace
    from gui.shell.window import MainWindow

_TIMEOUT_SECONDS = 3_600.0


def main() -> int:
    """Create the folder and measure in a child process."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--images", type=int, default=100_000)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        return _measure(args.folder)
    with tempfile.TemporaryDirectory(dir=args.folder.parent) as place:
        folder = Path(place) / "many"
        link_class_folders(args.folder, folder, args.images)
        env = {**os.environ, "BLOODBENCH_HOME": str(Path(place) / "home")}
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
        env["PYTHONPATH"] = os.pathsep.join([str(ROOT), env.get("PYTHONPATH", "")])
        command = [sys.executable, __file__, str(folder), "--child"]
        return subprocess.run(command, env=env, check=False).returncode


def link_class_folders(source: Path, folder: Path, count: int) -> None:
    """Create class folders of `count` hard links that repeat the images of `source`."""
    files = sorted(file for file in source.rglob("*") if file.suffix.lower() in (".jpg", ".png"))
    for number in range(count):
        file = files[number % len(files)]
        place = folder / file.parent.name / f"{number // len(files)}_{file.name}"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.hardlink_to(file)


def _measure(folder: Path) -> int:
    from gui.app import make_app
    from gui.shell.window import MainWindow
    from gui.theme import Theme

    window = MainWindow(Theme(make_app()))
    window.resize(1400, 900)
    window.show()
    window.decisions.reviewer = "bench"
    run_event_loop(lambda: window.session.active_model is not None and not window.loader.busy)
    window.open(folder)
    run_event_loop(lambda: window.session.total > 0 and not window.loader.busy, _TIMEOUT_SECONDS)
    run_event_loop(lambda: window.decisions.writable)
    pauses = PauseMeter()
    pauses.start_phase("idle")
    run_event_loop(lambda: False, 4.0)
    window.workspaces.go("clean")
    clean = cast("CleanWorkspace", window.workspaces.current)
    pauses.start_phase("scanning")
    clean.scanning.start()
    scanned = run_event_loop(lambda: not clean.scanning.is_running, _TIMEOUT_SECONDS)
    figures = [(f"scan of {window.session.total:,}, after reading", f"{scanned:.0f} s", "")]
    pauses.start_phase("from queue to queue")
    _visit_queues(clean)
    figures += _measure_answers(window, clean, pauses)
    pauses.start_phase("scanning again, cancelled")
    clean.scanning.start()
    run_event_loop(lambda: False, 3.0)
    window.activities.running[-1].cancel()
    stopped = run_event_loop(lambda: not clean.scanning.is_running)
    figures.append(("cancel of a scan", f"{stopped:.2f} s", "1 s"))
    figures.append(("memory of the window, highest", f"{peak_memory() / 1e9:.2f} GB", "2 GB"))
    pauses.stop()
    window.close()
    print_report(figures, pauses)
    return 0


def _visit_queues(clean: "CleanWorkspace") -> None:
    for kind, count in clean.findings.counts().items():
        if count:
            clean.show_queue(kind)
            run_event_loop(lambda: False, 1.0)


def _measure_answers(
    window: "MainWindow", clean: "CleanWorkspace", pauses: PauseMeter
) -> list[tuple[str, str, str]]:
    from engine.curate.finding import FindingKind

    saved: list[object] = []
    window.decisions.saved.connect(saved.append)
    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    run_event_loop(lambda: False, 0.5)
    figures = []
    count = clean.findings.counts()[FindingKind.EXACT_DUPLICATE]
    for phase, words, act, target in (
        ("one answer", "one cluster: all but one removed", clean.accept, ""),
        ("its undo", "  its undo", window.decisions.undo, ""),
        ("the threshold", "", lambda: clean.page.scores.slider.setValue(40), ""),
        ("removing all", f"all {count:,} copies removed", lambda: _remove_all(clean), ""),
        ("undoing that", "  their undo", window.decisions.undo, ""),
    ):
        pauses.start_phase(phase)
        before = len(saved)
        act()
        if words:
            took = run_event_loop(lambda before=before: len(saved) > before)
            figures.append((words, f"{1000 * took:.0f} ms", target))
        run_event_loop(lambda: False, 1.0)
    return figures


def _remove_all(clean: "CleanWorkspace") -> None:
    clean.page.bulk.start.click()
    clean.page.bulk.confirm.click()


if __name__ == "__main__":
    sys.exit(main())
