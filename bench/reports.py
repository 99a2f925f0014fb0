"""The Report window on very many images: how long a report is drawn up, and pauses of the event loop.

    python bench/reports.py FOLDER [--images 50000]

The real window, in a process of its own with fresh caches, on class folders of that many images: links to
those of FOLDER over and over. Half of them are confirmed.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from clean import link
from pauses import Pauses, spin
from review import ROOT, highest_memory, report

_LONG = 3_600.0


def main() -> int:
    """Make the folder, and measure in a child."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--images", type=int, default=50_000)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        return _measure(given.folder, given.child)
    with tempfile.TemporaryDirectory(dir=given.folder.parent) as place:
        folder = Path(place) / "many"
        link(given.folder, folder, given.images)
        env = {**os.environ, "BLOODBENCH_HOME": str(Path(place) / "home")}
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
        env["PYTHONPATH"] = os.pathsep.join([str(ROOT), env.get("PYTHONPATH", "")])
        command = [sys.executable, __file__, str(folder), "--child", place]
        return subprocess.run(command, env=env, check=False).returncode


def _measure(folder: Path, out: Path) -> int:
    from gui import dialogs
    from gui.app import make_app
    from gui.theme import Theme
    from gui.window import MainWindow

    window = MainWindow(Theme(make_app()), model="fast")
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
    pauses.phase("confirming half of them")
    window.decisions.confirm(window.session.table.paths[::2])
    spin(lambda: int((window.session.table.column("label") >= 0).sum()) > 0)
    spin(lambda: False, 1.0)
    pauses.phase("drawing the report up")
    window.workspaces.go("report")
    page = window.workspaces.current
    reporting = page.reporting
    drawn = spin(lambda: reporting.report is not None and not reporting.stale)
    figures = [(f"report on {window.session.total:,} drawn up", f"{drawn:.1f} s", "")]
    for name in ("evaluation", "signing", "export", "count"):
        pauses.phase(f"to {name}")
        page.show_page(name)
        spin(lambda: False, 1.0)
    pauses.phase("a correction")
    before = reporting.drawn
    window.decisions.label([window.session.table.paths[1]], "monocyte")
    again = spin(lambda: reporting.drawn is not before and not reporting.stale)
    figures.append(("a correction seen in the report", f"{again:.1f} s", ""))
    dialogs.ask = lambda *_: out / "out"
    pauses.phase("writing it")
    page.show_page("export")
    page.export.go.click()
    wrote = spin(lambda: bool(page.export.written) and not page.export.running, _LONG)
    figures.append(("all formats written", f"{wrote:.0f} s", ""))
    pauses.phase("the images of a cell")
    page.show_page("evaluation")
    page.evaluation.confusion.opened.emit(0, 0)
    spin(lambda: False, 1.0)
    figures.append(("memory of the window, highest", f"{highest_memory() / 1e9:.2f} GB", "2 GB"))
    pauses.stop()
    window.close()
    report(figures, pauses)
    return 0


if __name__ == "__main__":
    sys.exit(main())
