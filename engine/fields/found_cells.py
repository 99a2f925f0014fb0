"""Cache of found cells: those of a field are found once per detector version. It may be deleted at any time."""

import contextlib
import json
from pathlib import Path
from typing import Any

from engine.atomic_files import atomic_write
from engine.cache_entries import keep_newest, read_entry, seal
from engine.damaged_data import DamagedData, decoding
from engine.fields.cell_box import BOX_FLAGS, BOX_KINDS, CellBox, FieldCells
from engine.fields.detection import DETECTOR_VERSION
from engine.images.decoder import DECODER_VERSION
from engine.paths import cache_dir

_MAX_FIELDS = 100_000


class FoundCells:
    """The cells of fields by content hash, one checksummed file each; thread-safe."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or cache_dir() / "field-cells"

    def get(self, content_hash: str) -> FieldCells | None:
        """Return the cells of a field, None if they are not stored or the entry is damaged."""
        data = read_entry(self._file(content_hash))
        if data is None:
            return None
        try:
            return _decode(data)
        except DamagedData:
            return None

    def put(self, content_hash: str, cells: FieldCells) -> None:
        """Store the cells of a field; file errors are ignored, the cells are then found again."""
        file = self._file(content_hash)
        with contextlib.suppress(OSError):
            # `write_entry` would list the whole folder after each of very many fields.
            atomic_write(file, seal(file.name.encode(), _encode(cells)))

    def trim(self) -> None:
        """Delete the oldest entries if there are too many."""
        keep_newest(self._folder, _MAX_FIELDS)

    def _file(self, content_hash: str) -> Path:
        return self._folder / f"{content_hash}-{DETECTOR_VERSION}.{DECODER_VERSION}"


def _encode(cells: FieldCells) -> bytes:
    boxes = [
        [box.x, box.y, box.width, box.height, box.kind, list(box.flags)] for box in cells.boxes
    ]
    return json.dumps([boxes, cells.red_cell_count, cells.red_cell_diameter]).encode("ascii")


def _decode(data: bytes) -> FieldCells:
    with decoding():
        boxes, count, diameter = json.loads(data)
        return FieldCells(
            tuple(_decode_box(*box) for box in boxes),
            None if count is None else int(count),
            None if diameter is None else float(diameter),
        )


def _decode_box(x: int, y: int, width: int, height: int, kind: Any, flags: Any) -> CellBox:
    if kind not in BOX_KINDS or not set(flags) <= set(BOX_FLAGS):
        raise ValueError("not a cell box")
    return CellBox(int(x), int(y), int(width), int(height), kind, tuple(flags))
