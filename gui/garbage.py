"""Garbage in cycles is collected on the GUI thread alone.

Python collects it on whichever thread happens to allocate next. A picture, a font or a widget that dies on
a worker thread is freed where Qt forbids it: seen as rare crashes in Qt's own code.
"""

import gc
import time

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 500
_SHARE = 0.005
"""Of the GUI thread's time, at most this much goes to looking through everything there is."""


class Garbage(QObject):
    """Collects by Python's own thresholds, between two events; the automatic collection is off."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._next_whole = 0.0
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect the oldest generation that is due; the oldest of all not too often."""
        due = [
            generation
            for generation, (count, threshold) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if count > threshold
        ]
        if not due:
            return
        began = time.monotonic()
        whole = due[-1] == 2 and began >= self._next_whole
        gc.collect(2 if whole else min(due[-1], 1))
        if whole:
            # With a hundred thousand images open it takes its time, and finds little that is new.
            took = time.monotonic() - began
            self._next_whole = began + took / _SHARE
