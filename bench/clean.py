"""The Clean window on very many images: pauses of the event loop while it scans, shows, removes and undoes.

    python bench/clean.py FOLDER [--images 100000]

The real window, in a process of its own with fresh caches, on class folders of that many images: links to
those of FOLDER over and over, so that nearly all are exact copies in thousands of clusters, which is the
most a queue can hold. The scan runs in a process of its own, as it always does.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pauses import Pauses, spin
from review import ROOT, highest_memory, report

if TYPE_CHECKING:
    from gui.clean.workspace import CleanWorkspace
    from gui.window import MainWindow

_LONG = 3_600.0


def main() -> int:
    """Make the folder, and measure in a child."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--images", type=int, default=100_000)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        return _measure(given.folder)
    with tempfile.TemporaryDirectory(dir=given.folder.parent) as place:
        folder = Path(place) / "many"
        link(given.folder, folder, given.images)
        env = {**os.environ, "BLOODBENCH_HOME": str(Path(place) / "home")}
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
        env["PYTHONPATH"] = os.pathsep.join([str(ROOT), env.get("PYTHONPATH", "")])
        command = [sys.executable, __file__, str(folder), "--child"]
        return subprocess.run(command, env=env, check=False).returncode


def link(source: Path, folder: Path, count: int) -> None:
    files = sorted(file for file in source.rglob("*") if file.suffix.lower() in (".jpg", ".png"))
    for number in range(count):
        file = files[number % len(files)]
        place = folder / file.parent.name / f"{number // len(files)}_{file.name}"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.hardlink_to(file)


def _measure(folder: Path) -> int:
    from gui.app import make_app
    from gui.theme import Theme
    from gui.window import MainWindow

    window = MainWindow(Theme(make_app()))
    window.resize(1400, 900)
    window.show()
    window.decisions.who = "bench"
    spin(lambda: window.session.engine is not None and not window.flow.busy)
    window.open(folder)
    spin(lambda: window.session.total > 0 and not window.flow.busy, _LONG)
    spin(lambda: window.decisions.writable)
    pauses = Pauses()
    pauses.phase("idle")
    spin(lambda: False, 4.0)
    window.workspaces.go("clean")
    clean = window.workspaces.current
    pauses.phase("scanning")
    clean.scanning.start()
    scanned = spin(lambda: not clean.scanning.running, _LONG)
    figures = [(f"scan of {window.session.total:,}, after reading", f"{scanned:.0f} s", "")]
    pauses.phase("from queue to queue")
    _walk(clean)
    figures += _answer(window, clean, pauses)
    pauses.phase("scanning again, cancelled")
    clean.scanning.start()
    spin(lambda: False, 3.0)
    window.activities.running[-1].cancel()
    stopped = spin(lambda: not clean.scanning.running)
    figures.append(("cancel of a scan", f"{stopped:.2f} s", "1 s"))
    figures.append(("memory of the window, highest", f"{highest_memory() / 1e9:.2f} GB", "2 GB"))
    pauses.stop()
    window.close()
    report(figures, pauses)
    return 0


def _walk(clean: "CleanWorkspace") -> None:
    for kind, count in clean.findings.counts().items():
        if count:
            clean.show_queue(kind)
            spin(lambda: False, 1.0)


def _answer(
    window: "MainWindow", clean: "CleanWorkspace", pauses: Pauses
) -> list[tuple[str, str, str]]:
    from engine.curate.finding import Kind

    kept: list[object] = []
    window.decisions.kept.connect(kept.append)
    clean.show_queue(Kind.EXACT_DUPLICATE)
    spin(lambda: False, 0.5)
    figures = []
    count = clean.findings.counts()[Kind.EXACT_DUPLICATE]
    for phase, words, act, target in (
        ("one answer", "one cluster: all but one removed", clean.accept, ""),
        ("its undo", "  its undo", window.decisions.undo, ""),
        ("the threshold", "", lambda: clean.page.scores.slider.setValue(40), ""),
        ("removing all", f"all {count:,} copies removed", lambda: _all(clean), ""),
        ("undoing that", "  their undo", window.decisions.undo, ""),
    ):
        pauses.phase(phase)
        before = len(kept)
        act()
        if words:
            took = spin(lambda before=before: len(kept) > before)
            figures.append((words, f"{1000 * took:.0f} ms", target))
        spin(lambda: False, 1.0)
    return figures


def _all(clean: "CleanWorkspace") -> None:
    clean.page.bulk.begin.click()
    clean.page.bulk.go.click()


if __name__ == "__main__":
    sys.exit(main())
