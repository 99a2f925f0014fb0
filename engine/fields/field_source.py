"""Field sources: a folder of fields as a folder of cells.

A cell is an image like any other. Its path is that of its field and its box, its content hash that of the
field's content and the box; nothing is written beside the images.
"""

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from engine.fields.cell_box import CellBox, FieldCells
from engine.fields.cell_path import (
    cell_content_hash,
    cell_path,
    file_path,
    split_cell_path,
)
from engine.fields.crop import crop_cell, crop_rectangle
from engine.fields.decided_cells import DecidedCell, DecidedCells, DrawnBox, find_box
from engine.fields.decoded_fields import DecodedField
from engine.fields.field_reader import FieldReader
from engine.images.class_set import ClassSet, load_class_set
from engine.images.record import BadFile, ImageRecord, LoadedImage, Pixels
from engine.images.source import Source, open_source
from engine.images.wrapped_source import WrappedSource
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.ordered_work import work_in_order

_THREADS = min(4, os.cpu_count() or 2)

CellFinder = Callable[[ImageRecord, Pixels], FieldCells]
"""Function that finds the cells of a field."""


class FieldSource(WrappedSource):
    """The cells of the fields of another source.

    `decided` are cells that a person decided on or drew. They stay, in place of what the detector now finds
    there, as long as the field is the same. Fields without a cell give no images. A class folder labels the
    white cells of its fields, and the class of platelets their platelets; other folders' names are not
    labels of cells. `find` takes the place of the detector; what it finds is not cached.
    """

    def __init__(
        self,
        source: Source,
        classes: ClassSet,
        decided: Iterable[DecidedCell] = (),
        find: CellFinder | None = None,
    ) -> None:
        super().__init__(source)
        self._decided = DecidedCells(decided)
        self._classes = frozenset(classes.ids)
        self._reader = FieldReader(source, find)
        self._fields: dict[str, ImageRecord] = {}
        self.red_cells: dict[str, int | None] = {}
        """The red cells of each field that was searched, in their order; None where they are not countable."""

    def scan(self, job: Job) -> Iterator[ImageRecord | BadFile]:
        """Find the cells field by field; yield them in the order of the fields. Progress counts fields."""
        for file, found in self.search(job, list(self._source.scan(job))):
            if isinstance(found, FieldCells) and isinstance(file, ImageRecord):
                yield from self.cell_records(file, found)
            elif isinstance(found, BadFile):
                yield found

    def search(
        self, job: Job, files: Sequence[ImageRecord | BadFile]
    ) -> Iterator[tuple[ImageRecord | BadFile, FieldCells | BadFile]]:
        """Yield each field with its cells, or why it could not be searched; several are searched at once."""
        self._fields = {file.path: file for file in files if isinstance(file, ImageRecord)}
        job.progress(0, len(files))
        searched = work_in_order(job, self._search, files, threads=_THREADS, ahead=2 * _THREADS)
        for done, (file, found) in enumerate(searched, 1):
            if isinstance(found, FieldCells):
                self.red_cells[file.path] = found.red_cell_count
            yield file, found
            job.progress(done, len(files))
        self._reader.trim_cache()

    def load(self, record: ImageRecord) -> LoadedImage:
        """Cut out one cell; raises `Problem` (`image.*`)."""
        parts = split_cell_path(record.path)
        if parts is None:
            return self._source.load(record)
        field_path, coordinates = parts
        decoded = self._reader.read(record, field_path)
        field_hash = decoded.image.content_hash
        box = self._decided.box_of(field_hash, decoded.cells, coordinates)
        return replace(
            decoded.image,
            pixels=_crop(decoded, box),
            content_hash=cell_content_hash(field_hash, coordinates),
            shown_part=_shown_part(box, decoded.cells),
        )

    def digest(self, record: ImageRecord) -> str:
        """Return the content hash of one cell; raises `Problem` (`image.*`)."""
        parts = split_cell_path(record.path)
        if parts is None:
            return self._source.digest(record)
        field_path, coordinates = parts
        field = self._fields.get(field_path)
        if field is None:  # not scanned by this source
            field_hash = self._reader.read(record, field_path).image.content_hash
            return cell_content_hash(field_hash, coordinates)
        return cell_content_hash(self._reader.hash(field), coordinates)

    def preview(self, record: ImageRecord, edge: int) -> Pixels:
        """Cut out one cell; raises `Problem` (`image.*`)."""
        parts = split_cell_path(record.path)
        if parts is None:
            return self._source.preview(record, edge)
        field_path, coordinates = parts
        decoded = self._reader.read(record, field_path)
        field_hash = decoded.image.content_hash
        return _crop(decoded, self._decided.box_of(field_hash, decoded.cells, coordinates))

    @property
    def searched_fields(self) -> list[str]:
        """The paths of the fields that were searched, in their order, those without a cell too."""
        return list(self.red_cells)

    @property
    def fields(self) -> list[ImageRecord]:
        """The fields that were scanned and can be read, in their order."""
        return list(self._fields.values())

    def field_record(self, field_path: str) -> ImageRecord | None:
        """Return the record of a field that was scanned, None for another."""
        return self._fields.get(field_path)

    def load_field(self, record: ImageRecord) -> DecodedField:
        """Return a field, by its record or that of one of its cells, with all its cells.

        Raises `Problem` (`image.*`).
        """
        field_path = file_path(record.path)
        field = self._reader.read(record, field_path)
        cells = self._decided.with_found(field_path, field.image.content_hash, field.cells)
        return replace(field, cells=cells)

    def redraw(
        self, changes: Iterable[tuple[str, DrawnBox | None, DrawnBox | None]]
    ) -> dict[str, list[ImageRecord]]:
        """Take over changes of drawn boxes: path of the cell, what was drawn before, what is drawn now.

        Return the records of all cells of the fields concerned that are in this source, by field.
        """
        hashes: dict[str, str] = {}
        for path, before, now in changes:
            drawn, parts = now or before, split_cell_path(path)
            if parts is None or drawn is None:
                continue
            field_path, box = parts
            if now is not None:
                self._decided.draw(box, now)
            else:
                self._decided.forget(drawn.field, box)
            if field_path in self._fields:
                hashes[field_path] = drawn.field
        records = {}
        for path, field_hash in hashes.items():
            # A field that cannot be read now stays as it is shown.
            with contextlib.suppress(Problem):
                cells = self.cells_of(path, field_hash)
                records[path] = list(self.cell_records(self._fields[path], cells))
        return records

    def cells_of(self, field_path: str, field_hash: str) -> FieldCells:
        """Return the cells of a field of this content; decodes it only if its cells are not stored.

        Raises `Problem` (`image.*`).
        """
        found = self._reader.cells(self._fields[field_path], field_hash)
        return self._decided.with_found(field_path, field_hash, found)

    def box_of(self, path: str, field_hash: str) -> CellBox:
        """Return the box of a cell, with its kind; raises `Problem` (`image.*`)."""
        parts = split_cell_path(path)
        if parts is None:
            raise ValueError(f"not a cell: {path}")
        return find_box(self.cells_of(parts[0], field_hash), parts[1])

    def _search(self, field: ImageRecord | BadFile) -> FieldCells | BadFile:
        if isinstance(field, BadFile):
            return field
        try:
            content_hash = self._reader.hash(field)
            cells = self._reader.cells(field, content_hash)
            return self._decided.with_found(field.path, content_hash, cells)
        except Problem as problem:
            return BadFile(field.path, problem.message)
        except Exception as error:  # one field must not stop the others
            reason = f"{type(error).__name__}: {error}"[:200]
            return BadFile(field.path, Message("read.failed", {"reason": reason}))

    def cell_records(self, field: ImageRecord, cells: FieldCells) -> Iterator[ImageRecord]:
        """Yield the records of the cells of a field, in the order of their boxes."""
        for box in cells.boxes:
            is_platelet = box.kind == "platelet"
            fits = field.label in self._classes and is_platelet == (field.label == "platelet")
            # A cell is no file: it must not share the field's identity with the other cells.
            yield replace(
                field,
                path=cell_path(field.path, box),
                label=field.label if fits else None,
                size=3 * box.width * box.height,
                device=0,
                inode=0,
                shown_part=_shown_part(box, cells),
            )


def open_images(
    path: str | Path,
    classes: ClassSet | None = None,
    *,
    fields: bool = False,
    decided: Iterable[DecidedCell] = (),
) -> Source:
    """Return the source for `path` as `open_source` does; with `fields`, of the cells of its fields.

    `decided` are the cells that `FieldSource` leaves as they are.
    Raises `Problem` (`source.*`, `archive.*`).
    """
    classes = classes or load_class_set()
    source = open_source(path, classes)
    return FieldSource(source, classes, decided) if fields else source


def holds_fields(source: Source) -> bool:
    """Return whether the images of a source are the cells of fields."""
    return isinstance(source, FieldSource)


def field_records_of(source: Source) -> list[ImageRecord]:
    """Return the fields of a source that was scanned; empty where images are no cells."""
    return source.fields if isinstance(source, FieldSource) else []


def red_cells_of(source: Source) -> dict[str, int | None]:
    """Return the red cells of each field of a source that was scanned; empty where images are no cells."""
    return dict(source.red_cells) if isinstance(source, FieldSource) else {}


def _crop(field: DecodedField, box: CellBox) -> Pixels:
    height, width = field.image.pixels.shape[:2]
    if box.x >= width or box.y >= height:  # The field was replaced by a smaller one.
        raise Problem("image.changed")
    return crop_cell(field.image.pixels, box, field.cells)


def _shown_part(box: CellBox, cells: FieldCells) -> str:
    return "{},{},{}".format(*crop_rectangle(box, cells))
