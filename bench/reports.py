"""Responsiveness of the Report workspace with 50,000 images: report times and event-loop pauses.

    python bench/reports.py FOLDER [--images 50000]

Runs the real window in a separate process with empty caches, on class folders of hard links that repeat
the images of FOLDER. Half of the images are confirmed.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, cast

from clean import link_class_folders
from pause_meter import PauseMeter, run_event_loop
from review import ROOT, peak_memory, print_report

if TYPE_CHECKING:
    from gui.report.workspace import ReportWorkspace

_TIMEOUT_SECONDS = 3_600.0


def main() -> int:
    """Create the folder and measure in a child process."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--images", type=int, default=50_000)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        return _measure(args.folder, args.child)
    with tempfile.TemporaryDirectory(dir=args.folder.parent) as place:
        folder = Path(place) / "many"
        link_class_folders(args.folder, folder, args.images)
        env = {**os.environ, "BLOODBENCH_HOME": str(Path(place) / "home")}
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
        env["PYTHONPATH"] = os.pathsep.join([str(ROOT), env.get("PYTHONPATH", "")])
        command = [sys.executable, __file__, str(folder), "--child", place]
        return subprocess.run(command, env=env, check=False).returncode


def _measure(folder: Path, out: Path) -> int:
    from gui.app import make_app
    from gui.shell.window import MainWindow
    from gui.theme import Theme
    from gui.widgets import dialogs

    window = MainWindow(Theme(make_app()), model="fast")
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
    pauses.start_phase("confirming half of them")
    window.decisions.confirm(window.session.table.paths[::2])
    run_event_loop(lambda: int((window.session.table.column("label") >= 0).sum()) > 0)
    run_event_loop(lambda: False, 1.0)
    pauses.start_phase("drawing the report up")
    window.workspaces.go("report")
    page = cast("ReportWorkspace", window.workspaces.current)
    reporting = page.reporting
    build_seconds = run_event_loop(lambda: reporting.report is not None and not reporting.is_stale)
    figures = [(f"report on {window.session.total:,} drawn up", f"{build_seconds:.1f} s", "")]
    for name in ("evaluation", "signing", "export", "count"):
        pauses.start_phase(f"to {name}")
        page.show_page(name)
        run_event_loop(lambda: False, 1.0)
    pauses.start_phase("a correction")
    before = reporting.draft
    window.decisions.label([window.session.table.paths[1]], "monocyte")
    update_seconds = run_event_loop(
        lambda: reporting.draft is not before and not reporting.is_stale
    )
    figures.append(("a correction seen in the report", f"{update_seconds:.1f} s", ""))
    dialogs.ask = lambda *_: out / "out"
    pauses.start_phase("writing it")
    page.show_page("export")
    page.export.write.click()
    export_seconds = run_event_loop(
        lambda: bool(page.export.written) and not page.export.is_running, _TIMEOUT_SECONDS
    )
    figures.append(("all formats written", f"{export_seconds:.0f} s", ""))
    pauses.start_phase("the images of a cell")
    page.show_page("evaluation")
    page.evaluation.confusion.opened.emit(0, 0)
    run_event_loop(lambda: False, 1.0)
    figures.append(("memory of the window, highest", f"{peak_memory() / 1e9:.2f} GB", "2 GB"))
    pauses.stop()
    window.close()
    print_report(figures, pauses)
    return 0


if __name__ == "__main__":
    sys.exit(main())
