"""Read queue: the images that wait to be read, in an order that can change."""

import threading
from collections import deque
from collections.abc import Iterable

from engine.images.record import ImageRecord


class ReadQueue:
    """Queue of records to read, in which some can be moved to the front; thread-safe."""

    def __init__(self, records: Iterable[ImageRecord] = ()) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[str, ImageRecord] = {}
        self._default_order: deque[str] = deque()
        self._priorities: deque[str] = deque()
        self.extend(records)

    def extend(self, records: Iterable[ImageRecord]) -> None:
        """Add records at the end."""
        with self._lock:
            for record in records:
                if record.path not in self._waiting:
                    self._default_order.append(record.path)
                self._waiting[record.path] = record

    def prioritise(self, paths: Iterable[str]) -> None:
        """Move these images to the front, in this order; replaces the previous priorities."""
        with self._lock:
            self._priorities = deque(paths)

    def take(self) -> ImageRecord | None:
        """Remove and return the next record; None when none is left."""
        with self._lock:
            for paths in (self._priorities, self._default_order):
                while paths:
                    if record := self._waiting.pop(paths.popleft(), None):
                        return record
            return None

    def __len__(self) -> int:
        return len(self._waiting)
