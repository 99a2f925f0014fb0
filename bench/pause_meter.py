"""Event-loop pause meter for the benchmarks of the window."""

import time
from collections.abc import Callable
from pathlib import Path

_TICK_MS = 2


class PauseMeter:
    """Timer lateness per phase, and the CPU time of the GUI thread meanwhile.

    Lateness is what the user waits for, and includes the load of other programs; CPU time of the thread is
    the program's own share.
    """

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._phases: dict[str, list[tuple[float, float]]] = {}
        self._current: list[tuple[float, float]] = []
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._last = self._clocks()
        self._timer.start()

    def start_phase(self, name: str) -> None:
        """Attribute the following measurements to a phase."""
        self._current = self._phases.setdefault(name, [])
        self._last = self._clocks()

    def stop(self) -> None:
        """Stop measuring."""
        self._timer.stop()

    def report(self) -> None:
        """Print the 99th percentile and the maximum of each phase, in milliseconds."""
        print(
            f"{'pause of the event loop, ms':<42}{'p99 (50)':>10}{'max (200)':>11}{'own, max':>10}"
        )
        for name, gaps in self._phases.items():
            if len(gaps) > 1:
                late = sorted(gap for gap, _ in gaps)
                p99 = late[min(len(late) - 1, int(len(late) * 0.99))]
                cpu = max(cpu for _, cpu in gaps)
                print(f"{name:<42}{p99:>10.1f}{late[-1]:>11.1f}{cpu:>10.1f}")

    def _clocks(self) -> tuple[float, float]:
        return time.perf_counter(), time.thread_time()

    def _tick(self) -> None:
        clocks = self._clocks()
        wall, cpu = (1000 * (new - old) for new, old in zip(clocks, self._last, strict=True))
        self._current.append((max(0.0, wall - _TICK_MS), cpu))
        self._last = clocks


def run_event_loop(until: Callable[[], bool], seconds: float = 600.0) -> float:
    """Run the event loop until a condition holds (checked every millisecond); return the seconds it took."""
    from PySide6.QtCore import QEventLoop, QTimer

    started = time.perf_counter()
    loop = QEventLoop()
    timer = QTimer(interval=1)

    def check() -> None:
        if until() or time.perf_counter() - started > seconds:
            loop.quit()

    timer.timeout.connect(check)
    timer.start()
    loop.exec()
    timer.stop()
    return time.perf_counter() - started


def link_flat_folder(source: Path, folder: Path, count: int) -> None:
    """Create a flat folder of `count` hard links that repeat the images of another folder."""
    files = sorted(file for file in source.rglob("*") if file.suffix.lower() in (".jpg", ".png"))
    folder.mkdir()
    for number in range(count):
        file = files[number % len(files)]
        (folder / f"{file.parent.name}_{number:06}{file.suffix}").hardlink_to(file)
