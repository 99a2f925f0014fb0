"""Decoded fields: the fields that cells were cut from last, shared by all decoding threads."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from engine.fields.cell_box import FieldCells
from engine.images.record import LoadedImage

MAX_BYTES = 256 << 20
"""Memory for decoded fields: 290 of 640 x 480 pixels, or two of 40 megapixels."""


@dataclass(frozen=True, slots=True)
class DecodedField:
    """A decoded field and its cells."""

    image: LoadedImage
    cells: FieldCells


@dataclass(slots=True)
class _Entry:
    lock: threading.Lock = field(default_factory=threading.Lock)
    decoded: DecodedField | None = None


class DecodedFields:
    """The fields used last, up to a limit of bytes; threads that need the same field decode it once."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._entries: OrderedDict[Hashable, _Entry] = OrderedDict()
        self._byte_count = 0

    def get(self, key: Hashable, decode: Callable[[], DecodedField]) -> DecodedField:
        """Return a field, decoding it if it is not here; passes on what `decode` raises."""
        with self._lock:
            entry = self._entries.setdefault(key, _Entry())
            self._entries.move_to_end(key)
        with entry.lock:
            if entry.decoded is None:
                try:
                    entry.decoded = decode()
                except BaseException:
                    with self._lock:
                        if self._entries.get(key) is entry:
                            del self._entries[key]
                    raise
                self._add(key, entry)
            return entry.decoded

    def _add(self, key: Hashable, entry: _Entry) -> None:
        with self._lock:
            if self._entries.get(key) is not entry:
                return  # Evicted while it was decoded.
            self._byte_count += _byte_count(entry)
            while self._byte_count > self._max_bytes and len(self._entries) > 1:
                _, oldest = self._entries.popitem(last=False)
                self._byte_count -= _byte_count(oldest)


def _byte_count(entry: _Entry) -> int:
    return entry.decoded.image.pixels.nbytes if entry.decoded is not None else 0
