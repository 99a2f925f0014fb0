"""Garbage collection: cyclic garbage is collected on the GUI thread only.

By default Python collects it on whichever thread allocates next. A pixmap, font or widget freed on a
worker thread breaks Qt's rules and causes rare crashes in Qt.
"""

import gc
import time

from PySide6.QtCore import QObject, QTimer

MIN_OBJECTS = 20_000
"""The number of images or findings from which they are excluded from collection."""
_INTERVAL_MS = 500
_MAX_SHARE = 0.005
"""The largest share of the GUI thread's time spent on full collections."""


def freeze_if_large(count: int) -> None:
    """Exclude all present objects from collection until `unfreeze`, if `count` objects were just made.

    A hundred thousand images and their findings take 200 ms to scan and hold no cycles; reference
    counting frees them without the collector.
    """
    if count >= MIN_OBJECTS:
        gc.freeze()


def unfreeze() -> None:
    """Include all objects in collection again."""
    gc.unfreeze()


class GarbageCollector(QObject):
    """Collects between two events by Python's own thresholds, in place of automatic collection."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._next_full = 0.0
        self._timer = QTimer(self, interval=_INTERVAL_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect the oldest generation that is due; full collections are limited in time."""
        due = [
            generation
            for generation, (count, threshold) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if count > threshold
        ]
        if not due:
            return
        started = time.monotonic()
        full = due[-1] == 2 and started >= self._next_full
        gc.collect(2 if full else min(due[-1], 1))
        if full:
            # With 100,000 images open it is slow and frees little.
            seconds = time.monotonic() - started
            self._next_full = started + seconds / _MAX_SHARE
