"""Memory of the window with fields of 40 megapixels: finding cells, reading them, showing field after field.

    python bench/large_fields.py FIELDS [--fields 4]

FIELDS holds the fields of BCCD with their boxes; each large field is a mosaic of its fields. Runs the real
window in a separate process with empty caches, and prints the peak memory of that process after each step.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
if TYPE_CHECKING:
    from gui.shell.window import MainWindow

_SIZE = (7300, 5480)
_SECONDS = 900


def main() -> int:
    """Write the fields and measure in a child process."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("fields", type=Path)
    parser.add_argument("--fields", dest="count", type=int, default=4)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        return _measure(args.fields)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "large"
        _write_fields(args.fields, folder, args.count)
        env = {**os.environ, "BLOODBENCH_HOME": str(Path(place) / "home")}
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
        command = [sys.executable, __file__, str(folder), "--child"]
        return subprocess.run(command, env=env, check=False).returncode


def _write_fields(source: Path, folder: Path, count: int) -> None:
    import cv2
    import numpy as np

    folder.mkdir()
    width, height = _SIZE
    across, down = width // 640 + 1, height // 480 + 1
    files = sorted(source.rglob("*.jpg"))
    for number in range(count):
        rng = np.random.default_rng(number)
        tiles = [cv2.imread(str(files[i])) for i in rng.choice(len(files), across * down)]
        rows = [np.hstack(tiles[i : i + across]) for i in range(0, len(tiles), across)]
        large = np.vstack(rows)[:height, :width]
        cv2.imwrite(str(folder / f"field{number}.jpg"), large, [cv2.IMWRITE_JPEG_QUALITY, 92])


def _measure(folder: Path) -> int:
    from pause_meter import run_event_loop

    from gui.app import make_app
    from gui.shell.window import MainWindow
    from gui.theme import Theme

    window = MainWindow(Theme(make_app()), model="fast")
    window.resize(1400, 900)
    window.show()
    window.decisions.reviewer = "bench"

    def report(step: str, started: float) -> None:
        seconds = time.perf_counter() - started
        print(f"{step}: {seconds:.1f} s; peak {_peak_memory() / 1e9:.2f} GB", flush=True)

    started = time.perf_counter()
    run_event_loop(lambda: window.session.active_model is not None and not window.loader.busy)
    report("start", started)
    started = time.perf_counter()
    window.open(folder)
    run_event_loop(lambda: bool(window.session.total) and not window.loader.busy, _SECONDS)
    report("open as images", started)
    started = time.perf_counter()
    window.find_cells()
    run_event_loop(lambda: window.session.holds_fields and not window.loader.busy, _SECONDS)
    cells = window.session.total
    report(f"find and read {cells} cells", started)
    started = time.perf_counter()
    for _ in range(2):
        _show_all_fields(window)
    report("show each field twice", started)
    window.close()
    return 0


def _peak_memory() -> float:
    """Return the peak memory of this process in bytes; that of `resource` includes its parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return 1024.0 * int(status.split("VmHWM:")[1].split()[0])


def _show_all_fields(window: "MainWindow") -> None:
    from pause_meter import run_event_loop

    from engine.fields.cell_path import file_path

    table, view = window.session.table, window.context.inspector.field
    assert table is not None
    first_cells = {file_path(path): path for path in reversed(table.paths)}
    for field_path, cell in sorted(first_cells.items()):
        window.review.gallery.view.show_path(cell)
        run_event_loop(
            lambda field_path=field_path: view.field is not None and view.field.path == field_path,
            _SECONDS,
        )


if __name__ == "__main__":
    sys.exit(main())
