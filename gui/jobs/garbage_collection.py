"""Garbage in cycles is collected on the GUI thread alone.

Python collects it on whichever thread happens to allocate next. A picture, a font or a widget that dies on
a worker thread is freed where Qt forbids it: seen as rare crashes in Qt's own code.
"""

import gc
import time

from PySide6.QtCore import QObject, QTimer

MIN_OBJECTS = 20_000
"""Of so many images or findings on, they are set aside."""
_EVERY_MS = 500
_SHARE = 0.005
"""Of the GUI thread's time, at most this much goes to looking through everything there is."""


def freeze_if_large(count: int) -> None:
    """Leave all that is there now out of collections until `thaw`, if so many things have just come.

    A hundred thousand images, and what was found on them, take a fifth of a second to look through, and none
    of it is in cycles: it goes without this.
    """
    if count >= MIN_OBJECTS:
        gc.freeze()


def unfreeze() -> None:
    """Have everything looked through again: what was set aside is not open any more."""
    gc.unfreeze()


class GarbageCollector(QObject):
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
