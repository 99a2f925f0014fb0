"""How late the window's event loop is while things are done to it: for the benchmarks of the window."""

import time
from collections.abc import Callable
from pathlib import Path

_TICK_MS = 2


class Pauses:
    """A timer's lateness, phase by phase, and how long the GUI thread itself computed meanwhile.

    Lateness is what a person waits for, and other programs on the machine make it longer; the thread's
    own processor time is what the program can help.
    """

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._phases: dict[str, list[tuple[float, float]]] = {}
        self._now: list[tuple[float, float]] = []
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._last = self._clocks()
        self._timer.start()

    def phase(self, name: str) -> None:
        """Count what comes now as this phase."""
        self._now = self._phases.setdefault(name, [])
        self._last = self._clocks()

    def stop(self) -> None:
        """Count no more."""
        self._timer.stop()

    def report(self) -> None:
        """Print the 99th percentile and the longest of each phase, in milliseconds."""
        print(
            f"{'pause of the event loop, ms':<42}{'p99 (50)':>10}{'max (200)':>11}{'own, max':>10}"
        )
        for name, gaps in self._phases.items():
            if len(gaps) > 1:
                late = sorted(gap for gap, _ in gaps)
                share = late[min(len(late) - 1, int(len(late) * 0.99))]
                own = max(own for _, own in gaps)
                print(f"{name:<42}{share:>10.1f}{late[-1]:>11.1f}{own:>10.1f}")

    def _clocks(self) -> tuple[float, float]:
        return time.perf_counter(), time.thread_time()

    def _tick(self) -> None:
        now = self._clocks()
        wall, own = (1000 * (new - old) for new, old in zip(now, self._last, strict=True))
        self._now.append((max(0.0, wall - _TICK_MS), own))
        self._last = now


def spin(until: Callable[[], bool], seconds: float = 600.0) -> float:
    """Run the event loop until something holds, looked at each millisecond; return the seconds it took."""
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


def link_many(source: Path, folder: Path, count: int) -> None:
    """Make a flat folder of so many images: links to those of another, over and over."""
    files = sorted(file for file in source.rglob("*") if file.suffix.lower() in (".jpg", ".png"))
    folder.mkdir()
    for number in range(count):
        file = files[number % len(files)]
        (folder / f"{file.parent.name}_{number:06}{file.suffix}").hardlink_to(file)
