"""Reader of fields: decodes them, hashes them and finds their cells, each once for all cells of a field."""

import contextlib
import os
import threading
from collections.abc import Callable
from dataclasses import replace

from engine.fields.cell_box import FieldCells
from engine.fields.decoded_fields import DecodedField, DecodedFields
from engine.fields.detection import find_cells
from engine.fields.found_cells import FoundCells
from engine.images.file_sample import FileState, read_file_state
from engine.images.record import ImageRecord, Pixels
from engine.images.source import Source

_LARGE_FILE = 4 << 20  # bytes; such fields are decoded and searched one at a time, for their memory


class FieldReader:
    """The fields of a source, with the cells that the detector finds in them; safe from any thread.

    `find` takes the place of the detector; what it finds is not cached.
    """

    def __init__(
        self, source: Source, find: Callable[[ImageRecord, Pixels], FieldCells] | None = None
    ) -> None:
        self._source = source
        self._find = find
        self._found_cells = FoundCells()
        self._decoded = DecodedFields()
        self._hashes: dict[str, tuple[FileState, str]] = {}
        self._large_field = threading.Lock()

    def read(self, record: ImageRecord, field_path: str) -> DecodedField:
        """Return the field at a path; `record` is its own or that of one of its cells.

        Raises `Problem` (`image.*`).
        """
        state = self._file_state(field_path)
        return self._decoded.get(
            (field_path, state), lambda: self._decode(replace(record, path=field_path), state)
        )

    def hash(self, field: ImageRecord) -> str:
        """Return the content hash of a field, reading its file only if that changed."""
        state = self._file_state(field.path)
        hashed_state, content_hash = self._hashes.get(field.path, (None, ""))
        if state is None or state != hashed_state:
            content_hash = self._source.digest(field)
            if state is not None:
                self._hashes[field.path] = state, content_hash
        return content_hash

    def cells(self, field: ImageRecord, content_hash: str) -> FieldCells:
        """Return the cells of a field of this content; decodes it only if its cells are not stored.

        Raises `Problem` (`image.*`).
        """
        stored = None if self._find else self._found_cells.get(content_hash)
        return self.read(field, field.path).cells if stored is None else stored

    def trim_cache(self) -> None:
        """Delete the oldest found cells of the cache if there are too many."""
        self._found_cells.trim()

    def _decode(self, field: ImageRecord, state: FileState | None) -> DecodedField:
        is_large = state is not None and state[0] > _LARGE_FILE
        with self._large_field if is_large else contextlib.nullcontext():
            image = self._source.load(field)
            if self._find is not None:
                return DecodedField(image, self._find(field, image.pixels))
            cells = self._found_cells.get(image.content_hash)
            if cells is None:
                cells = find_cells(image.pixels)
                self._found_cells.put(image.content_hash, cells)
            return DecodedField(image, cells)

    def _file_state(self, field_path: str) -> FileState | None:
        """Return what shows whether a field was changed; None inside an archive, or if it is gone."""
        return read_file_state(f"{self._source.root}{os.sep}{field_path}")
