"""Crops of found cells as a source of images, to be read by a model."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from engine.fields.cell_box import CellBox, FieldCells
from engine.fields.crop import crop_cell, crop_rectangle
from engine.images.record import BadFile, ImageRecord, LoadedImage, Pixels
from engine.images.source import Source
from engine.jobs import Job

_DECODED_FIELDS = 2


class CropSource:
    """The crops of cells that were found in the fields of another source, in the order of the fields.

    A record's path is that of its field and the box, and its size that of the crop, so that what is cached for
    it follows a changed scale.
    """

    def __init__(self, source: Source, found: Iterable[tuple[ImageRecord, FieldCells]]) -> None:
        self._source = source
        self._cells: dict[str, tuple[ImageRecord, CellBox, FieldCells]] = {}
        self.records: list[ImageRecord] = []
        for field, cells in found:
            for box in cells.boxes:
                record = crop_record(field, box, cells)
                self._cells[record.path] = field, box, cells
                self.records.append(record)
        # Threads that decode ahead work on the same or the next field.
        self._field = lru_cache(_DECODED_FIELDS)(self._decode)

    @property
    def root(self) -> Path:
        """The folder that the paths of the records are relative to."""
        return self._source.root

    def scan(self, job: Job) -> Iterator[ImageRecord | BadFile]:
        """Yield the records of all crops."""
        yield from self.records

    def load(self, record: ImageRecord) -> LoadedImage:
        """Cut out one cell; raises `Problem` (`image.*`)."""
        field, box, cells = self._cells[record.path]
        image = self._field(field)
        pixels = crop_cell(image.pixels, box, cells)
        content = hashlib.sha256(f"{pixels.shape[1]}x{pixels.shape[0]};".encode("ascii"))
        content.update(pixels.data)
        return replace(image, pixels=pixels, content_hash=content.hexdigest())

    def digest(self, record: ImageRecord) -> str:
        """Return the hash of one crop's pixels; raises `Problem` (`image.*`)."""
        return self.load(record).content_hash

    def preview(self, record: ImageRecord, edge: int) -> Pixels:
        """Cut out one cell; raises `Problem` (`image.*`)."""
        return self.load(record).pixels

    def _decode(self, field: ImageRecord) -> LoadedImage:
        return self._source.load(field)


def crop_record(field: ImageRecord, box: CellBox, cells: FieldCells) -> ImageRecord:
    """Return the record of one cell of a field."""
    name = f"{box.x:05}_{box.y:05}_{box.width:03}x{box.height:03}"
    size = 3 * crop_rectangle(box, cells).side ** 2
    # A cell is no file: it must not share the field's identity with the other cells.
    return replace(field, path=f"{field.path}/{name}", size=size, device=0, inode=0)
