"""Start-up time and event-loop pauses of the window while it classifies a folder.

    python bench/event_loop.py FOLDER [--model NAME|PATH] [--idle SECONDS]

Runs the real window in a separate process with empty caches. A timer set to a few milliseconds records
how late it fires: the time a key press would have waited. The idle window is measured too, since other
programs on the machine also cause pauses.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_TICK_MS = 2


def main() -> int:
    """Measure in a child process, so that start-up counts from process creation."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model")
    parser.add_argument(
        "--idle", type=float, default=5.0, help="seconds of idle baseline (default: 5)"
    )
    parser.add_argument("--keep-cache", action="store_true", help="use the person's own caches")
    parser.add_argument("--started", type=float, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.started:
        return _measure(args)
    with tempfile.TemporaryDirectory() as home:
        env = dict(os.environ)
        if not args.keep_cache:
            env["BLOODBENCH_HOME"] = home
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
        env["PYTHONPATH"] = os.pathsep.join([str(ROOT), env.get("PYTHONPATH", "")])
        command = [sys.executable, __file__, *sys.argv[1:], "--started", str(time.time())]
        return subprocess.run(command, env=env, check=False).returncode


def _measure(args: argparse.Namespace) -> int:
    from PySide6.QtCore import QEvent, QObject, Qt, QTimer

    from gui.app import make_app
    from gui.loading.load_progress import LoadStage
    from gui.shell.window import MainWindow
    from gui.theme import Theme

    app = make_app()
    window = MainWindow(Theme(app), model=args.model)
    timestamps: dict[str, float] = {}
    pauses: list[float] = []
    samples: dict[str, list[float]] = {}

    class PaintWatcher(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                timestamps.setdefault("window", time.time() - args.started)
                timestamps.setdefault("window_cpu", time.process_time())
            return False

    paint_watcher = PaintWatcher()
    window.start.installEventFilter(paint_watcher)
    window.review.gallery.installEventFilter(paint_watcher)
    last = time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        pauses.append(max(0.0, (now - last) * 1000 - _TICK_MS))
        last = now

    ticker = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=_TICK_MS)
    ticker.timeout.connect(tick)

    def first_prediction(_: list[str]) -> None:
        if window.session.counts()[1]:
            timestamps.setdefault("prediction", time.time() - args.started)
            timestamps.setdefault("prediction_cpu", time.process_time())

    def stage_started(stage: LoadStage) -> None:
        if stage is LoadStage.READ:
            samples["starting"] = list(pauses)
            pauses.clear()

    def became_idle() -> None:
        session = window.session
        if session.total and not session.unread() and "busy" not in samples:
            samples["busy"] = list(pauses)
            timestamps["read"] = time.time() - args.started
            pauses.clear()
            QTimer.singleShot(int(args.idle * 1000), window, finish)

    def finish() -> None:
        samples["idle"] = list(pauses)
        ticker.stop()
        window.close()

    window.session.updated.connect(first_prediction)
    window.loader.stage_started.connect(stage_started)
    window.loader.became_idle.connect(became_idle)
    window.show()
    window.open(args.folder.absolute())
    ticker.start()
    app.exec()
    _report(timestamps, samples, window.session.total)
    return 0


def _report(timestamps: dict[str, float], samples: dict[str, list[float]], images: int) -> None:
    print(f"{'figure':<44}{'measured':>12}{'target':>12}")
    print(f"{'start to window':<44}{timestamps['window']:>10.2f} s{'1 s':>12}")
    print(f"{'  processor time of it':<44}{timestamps['window_cpu']:>10.2f} s")
    print(f"{'start to first prediction shown':<44}{timestamps['prediction']:>10.2f} s{'4 s':>12}")
    print(f"{'  processor time of it, all threads':<44}{timestamps['prediction_cpu']:>10.2f} s")
    seconds = timestamps["read"] - timestamps["prediction"]
    print(f"{f'{images} images read, a second':<44}{images / max(seconds, 1e-6):>12.0f}")
    for kind, words in (
        ("starting", "while starting"),
        ("busy", "while classifying"),
        ("idle", "idle, same window"),
    ):
        late = sorted(samples[kind])
        share = late[min(len(late) - 1, int(len(late) * 0.99))]
        goals = ("50 ms", "200 ms") if kind == "busy" else ("", "")
        print(f"{f'pause {words}: 99th percentile':<44}{share:>9.1f} ms{goals[0]:>12}")
        print(f"{f'pause {words}: longest':<44}{late[-1]:>9.1f} ms{goals[1]:>12}")
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


if __name__ == "__main__":
    sys.exit(main())
