"""Image table: the images of the open source as columns, to sort, filter and count 100,000 at once.

A row is the position of an image in the source's order and never changes while the source is open.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from engine.project.decisions import Decision
from gui.state.class_codes import NONE
from gui.state.field_cells import FieldCells
from gui.state.folder_labels import FolderLabels
from gui.state.found_kinds import FoundKinds
from gui.state.image_classes import ImageClasses
from gui.state.image_columns import Mask, Rows
from gui.state.image_decisions import ImageDecisions
from gui.state.image_item import ImageItem, Prediction
from gui.state.image_readings import ImageReadings
from gui.state.image_search import ImageSearch

if TYPE_CHECKING:
    from engine.classify.calibrator import Calibrator
    from engine.classify.card import Card
    from engine.classify.reading import Float32, Reading
    from engine.classify.unknown_score import UnknownScore
    from engine.images.folder_names import FolderNames
    from engine.images.record import BadFile, ImageRecord
    from engine.messages import Message


class ImageTable(ImageClasses):
    """The images of one source, with their classes."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[str] = []
        self.records: list[ImageRecord | None] = []
        self.problems: dict[int, Message] = {}
        self.folder_labels = FolderLabels()
        self._rows: dict[str, int] = {}
        self.fields = FieldCells(self._columns)
        self.found_kinds = FoundKinds(self._columns)
        self.readings = ImageReadings(self._columns, self.codes)
        self._decisions = ImageDecisions(self._columns, self.codes)
        self.tags, self.reasons = self._decisions.tags, self._decisions.reasons
        self._search = ImageSearch(self._decisions)

    def __len__(self) -> int:
        return len(self.paths)

    def __contains__(self, path: str) -> bool:
        return path in self._rows

    def row(self, path: str) -> int | None:
        """Return the row of an image, None for an unknown path."""
        return self._rows.get(path)

    def rows(self, paths: Iterable[str]) -> Rows:
        """Return the rows of images; unknown paths are skipped."""
        return np.array([self._rows[path] for path in paths if path in self._rows], np.intp)

    @property
    def read(self) -> Mask:
        """Mask of the images that have a reading."""
        mask: Mask = ~np.isnan(self.column("confidence"))
        return mask

    def item(self, row: int) -> ImageItem:
        """Return the image of a row with its present state."""
        prediction = None
        possible: tuple[str, ...] = ()
        if self._is_read(row):
            code = int(self._columns["predicted"][row])
            probabilities = self.readings.probabilities(slice(row, row + 1))[0]
            shares = self.readings.class_shares(probabilities)
            prediction = Prediction(
                self.classes[self.codes.resolve(code)],
                float(self._columns["confidence"][row]),
                probabilities,
                self.classes[code],
                shares,
            )
            possible = self.readings.possible_classes(row)
        return ImageItem(
            row,
            self.paths[row],
            self.records[row],
            self.problems.get(row),
            self.class_id(self.codes.resolve(int(self._columns["given"][row]))),
            prediction,
            self.class_id(self.codes.resolve(int(self._columns["label"][row]))),
            bool(self._columns["removed"][row]),
            self._decisions.notes.get(row, ""),
            self.tags.of(row),
            self.found_kinds.of(row),
            possible,
            bool(
                self._columns["unknown_score"][row] > self.unknown_limit
                and self._columns["label"][row] == NONE
            ),
        )

    def reading(self, row: int) -> "Reading | None":
        """Return the reading of a row, None if it is unread."""
        return self.readings.reading(row) if self._is_read(row) else None

    def _is_read(self, row: int) -> bool:
        has_readings = self.readings.logits is not None
        return has_readings and not bool(np.isnan(self._columns["confidence"][row]))

    def matches_text(self, text: str) -> Mask:
        """Return which images have a text in their path, note or a tag, ignoring case."""
        return self._search.mask(text, self.paths)

    def add(self, records: "Sequence[ImageRecord | BadFile]") -> list[str]:
        """Add records that the scan found; return the new paths."""
        first = len(self.paths)
        sizes: list[int] = []
        folder_codes: list[int] = []
        for record in records:
            if record.path in self._rows:
                continue
            row = self._rows[record.path] = len(self.paths)
            self.paths.append(record.path)
            if reason := getattr(record, "reason", None):
                self.problems[row] = reason
                self.records.append(None)
                sizes.append(0)
                folder_codes.append(NONE)
            else:
                readable = cast("ImageRecord", record)
                self.records.append(readable)
                self.folder_labels.count(readable)
                sizes.append(readable.size)
                folder_codes.append(NONE if readable.label is None else self.code(readable.label))
        self._columns.grow(len(self.paths))
        new = slice(first, len(self.paths))
        self._columns["size"][new] = sizes
        self._columns["given"][new] = folder_codes
        places = [self.fields.place(path) for path in self.paths[first:]]
        for name, values in zip(("field", "top", "left"), zip(*places, strict=True), strict=False):
            self._columns[name][new] = values
        self._columns["bad"][new] = [record is None for record in self.records[first:]]
        return self.paths[first:]

    @property
    def count(self) -> int:
        """The number of images; rows of withdrawn cells are not counted."""
        return len(self.paths) - int(self.column("withdrawn").sum())

    @property
    def is_empty(self) -> bool:
        """True if there is neither an image nor a field; fields without any cell are a result too."""
        return not (self.count or self.fields.paths)

    def cell_paths(self, field_path: str) -> list[str]:
        """Return the paths of the cells of a field."""
        return [self.paths[row] for row in self.fields.rows_of(field_path)]

    def empty_fields(self) -> list[str]:
        """Return the paths of the fields in which there is no cell."""
        numbers = self.column("field")[~self.column("withdrawn")]
        counts = np.bincount(numbers[numbers != NONE], minlength=len(self.fields.paths))
        return [path for path, n in zip(self.fields.paths, counts, strict=True) if not n]

    def redraw(self, withdrawn: Iterable[str], added: "Sequence[ImageRecord]") -> None:
        """Withdraw cells whose boxes were moved away or taken back, and add those that were drawn."""
        self.fields.are_redrawn = True
        for path in withdrawn:
            row = self._rows.pop(path)
            self._columns.withdraw(row)
            self._decisions.forget(row)
            self.folder_labels.forget(row)
            self.records[row] = None
            self.problems.pop(row, None)
        self.add(added)

    def set_folder_names(self, folder_names: "FolderNames") -> list[str]:
        """Give the images of mapped folder names their class; return the paths that changed."""
        changed = []
        for row, record in enumerate(self.records):
            if record is None or not record.folder_names:
                continue
            labelled = self.folder_labels.relabel(row, record, folder_names)
            if labelled.label != record.label:
                changed.append(self.paths[row])
            self.records[row] = labelled
            label = labelled.label
            self._columns["given"][row] = NONE if label is None else self.code(label)
        return changed

    def set_model(
        self,
        card: "Card",
        calibrator: "Calibrator | None" = None,
        unknown_score: "UnknownScore | None" = None,
        unknown_limit: float = float("inf"),
    ) -> None:
        """Set the model whose readings follow; all present readings are discarded."""
        self.readings.set_model(card, calibrator, unknown_score)
        self.unknown_limit = unknown_limit

    def add_readings(self, results: "Iterable[tuple[ImageRecord, Reading | Message]]") -> list[str]:
        """Add readings, or problems of images that could not be read; return their paths."""
        rows, readings, changed = [], [], []
        for record, result in results:
            row = self._rows.get(record.path)
            if row is None:
                continue
            changed.append(record.path)
            if hasattr(result, "logits"):
                rows.append(row)
                readings.append(cast("Reading", result))
                self.problems.pop(row, None)
            else:
                self.problems[row] = result
            self._columns["bad"][row] = row in self.problems
        if rows:
            self.readings.add(np.array(rows, np.intp), readings)
        return changed

    def set_relative_distances(self, rows: Rows, values: "Float32") -> None:
        """Set the distance of rows from the training images as a multiple of the limit; over 1 is far."""
        self._columns["unlike"][rows] = values

    def unread(self) -> "list[ImageRecord]":
        """Return the images without a reading or a problem, in the source's order."""
        left = np.flatnonzero(~(self.read | self.column("bad")))
        return [record for row in left if (record := self.records[row])]

    def has_unread(self) -> bool:
        """Return whether images without a reading or a problem are left."""
        return not bool((self.read | self.column("bad")).all())

    def apply_decision(self, path: str, field: str, value: Any) -> None:
        """Apply one saved decision: `field` is label, removed, note or that of a tag."""
        row = self._rows.get(path)
        if row is not None:
            self._decisions.apply(row, field, value)

    def set_decisions(self, decisions: dict[str, Decision]) -> None:
        """Replace all decisions by those of a project."""
        self._decisions.clear()
        for path, decision in decisions.items():
            row = self._rows.get(path)
            if row is not None:
                self._decisions.apply_all(row, decision)
