"""Image table: the images of the open source as columns, to sort, filter and count 100,000 at once.

A row is the position of an image in the source's order and never changes while the source is open. A
class code is an index into `classes`, or one of the negative codes below.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import numpy.typing as npt

from engine.classify.calibrator import Calibrator
from engine.classify.card import Calibration
from engine.classify.prediction_sets import COVERAGE, prediction_sets
from engine.fields.cell_path import split_cell_path
from engine.project.decisions import NOT_CLASSED, TAG_PREFIX, Decision
from gui.state.image_tags import ImageTags

if TYPE_CHECKING:
    from engine.classify.card import Card
    from engine.classify.reading import Float32, Reading
    from engine.classify.unknown_score import UnknownScore
    from engine.images.folder_names import FolderNames
    from engine.images.record import BadFile, ImageRecord
    from engine.messages import Message

NONE, NOT_CLASSED_CODE = -1, -2

Codes = npt.NDArray[np.int16]
Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]

_CHUNK_ROWS = 8192
_COLUMNS: dict[str, tuple[Any, Any]] = {
    "given": (np.int16, NONE),
    "label": (np.int16, NONE),
    "predicted": (np.int16, NONE),
    "confidence": (np.float32, np.nan),
    "margin": (np.float32, np.nan),
    "unlike": (np.float32, np.nan),
    "unknown": (np.float32, np.nan),
    "possible": (np.uint8, 0),
    "size": (np.int64, 0),
    "field": (np.int32, NONE),
    "top": (np.int32, 0),
    "left": (np.int32, 0),
    "withdrawn": (np.bool_, False),
    "removed": (np.bool_, False),
    "noted": (np.bool_, False),
    "bad": (np.bool_, False),
    "found": (np.uint16, 0),
}


@dataclass(frozen=True, slots=True)
class Prediction:
    """The prediction for an image: calibrated probabilities in the model's class order."""

    class_id: str
    confidence: float
    probabilities: "Float32"
    model_class: str
    """The model's own class id, before merged classes are resolved."""


@dataclass(frozen=True, slots=True)
class ImageItem:
    """One file of the source with its present state."""

    row: int
    path: str
    record: "ImageRecord | None"
    problem: "Message | None" = None
    folder_class: str | None = None
    """The class given by the file's folder."""
    prediction: Prediction | None = None
    label: str | None = None
    """The class given by a person, or `NOT_CLASSED`."""
    removed: bool = False
    note: str = ""
    tags: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    """The kinds of its open findings."""
    possible: tuple[str, ...] = ()
    """The model's classes of the prediction set, most likely first."""
    is_unknown: bool = False
    """True if it is unlabelled and seems to be none of the model's classes."""

    @property
    def name(self) -> str:
        """The file name without its folders; of a cell, its field and place in it."""
        if parts := split_cell_path(self.path):
            field, box = parts
            return f"{PurePosixPath(field).stem} · {box.x}, {box.y}"
        return self.path.rpartition("/")[2]

    @property
    def effective_class(self) -> str | None:
        """The label, else the predicted class."""
        return self.label or (self.prediction.class_id if self.prediction else None)


class ImageTable:
    """The images of one source."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.records: list[ImageRecord | None] = []
        self.classes: list[str] = []
        self.fields: list[str] = []
        """The paths of the fields whose cells the images are: the column `field` indexes them."""
        self._field_numbers: dict[str, int] = {}
        self.problems: dict[int, Message] = {}
        self.folder_name_counts: Counter[tuple[tuple[str, ...], str | None]] = Counter()
        """The number of images by unknown folder names and the label that the scan gave them."""
        self._scanned: dict[int, ImageRecord] = {}
        """The records as scanned of rows whose label follows a mapped folder name."""
        self._rows: dict[str, int] = {}
        self._has_redrawn_cells = False
        self._codes: dict[str, int] = {NOT_CLASSED: NOT_CLASSED_CODE}
        self._columns = {
            name: np.full(1024, empty, kind) for name, (kind, empty) in _COLUMNS.items()
        }
        self._notes: dict[int, str] = {}
        self.tags = ImageTags()
        self.reasons: dict[int, str] = {}
        """The reason for each removed row: "person" or the kind of a finding."""
        self.finding_kinds: tuple[str, ...] = ()
        """The kinds of findings in the last scan: the bits of the column `found`, from the lowest."""
        self._search_texts: list[str] = []
        self._aliases: dict[int, int] = {}
        self._model: tuple[str, ...] = ()
        self._calibrator = Calibrator(Calibration())
        self._unknown_score: UnknownScore | None = None
        self.unknown_limit = float("inf")
        """The unknown score over which an unlabelled image is set apart."""
        self.set_threshold = COVERAGE
        """The probability that the classes of a prediction set reach together."""
        self.logits: Float32 | None = None
        """float32 (≥ n images, c classes); rows of unread images are undefined."""
        self.embeddings: npt.NDArray[np.float16] | None = None
        self._maps: npt.NDArray[np.float16] | None = None

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

    def column(self, name: str) -> npt.NDArray[Any]:
        """Return a view of a column, one value per row; do not modify or store it."""
        return self._columns[name][: len(self.paths)]

    @property
    def read(self) -> Mask:
        """Mask of the images that have a reading."""
        mask: Mask = ~np.isnan(self.column("confidence"))
        return mask

    def code(self, class_id: str) -> int:
        """Return the code of a class; a new class gets a new code."""
        code = self._codes.get(class_id)
        if code is None:
            code = self._codes[class_id] = len(self.classes)
            self.classes.append(class_id)
        return code

    def class_id(self, code: int) -> str | None:
        """Return the class of a code, None for `NONE`."""
        if code >= 0:
            return self.classes[code]
        return NOT_CLASSED if code == NOT_CLASSED_CODE else None

    def effective_classes(self) -> Codes:
        """Return the label of each image, else its predicted class, else `NONE`."""
        label = self.decided_classes()
        return np.where(label != NONE, label, self.predicted_classes())

    def decided_classes(self) -> Codes:
        """Return the label of each image, merged classes resolved (the column itself keeps them)."""
        return self._resolved(self.column("label"))

    def predicted_classes(self) -> Codes:
        """Return the predicted class of each image, merged classes resolved."""
        return self._resolved(self.column("predicted"))

    def folder_classes(self) -> Codes:
        """Return the class given by each image's folder, merged classes resolved."""
        return self._resolved(self.column("given"))

    def decided(self) -> Mask:
        """Return which images were labelled or removed by a person."""
        mask: Mask = (self.column("label") != NONE) | self.column("removed")
        return mask

    def unknown(self) -> Mask:
        """Return which unlabelled images seem to be none of the model's classes."""
        mask: Mask = (self.column("unknown") > self.unknown_limit) & (self.column("label") == NONE)
        return mask

    def relative_unknown(self) -> list[float | None]:
        """Return the unknown scores as multiples of the limit, None for images without a score."""
        scores = self.column("unknown").astype(np.float64)
        if not np.isfinite(self.unknown_limit):
            return [None] * len(scores)
        return [
            None if np.isnan(score) else score / self.unknown_limit for score in scores.tolist()
        ]

    def effective_counts(self) -> dict[str, int]:
        """Return for each class the number of images that have it now, by label or prediction."""
        codes = self.effective_classes()
        counts = np.bincount(codes[codes >= 0], minlength=len(self.classes))
        return dict(zip(self.classes, counts.tolist(), strict=True))

    def used_classes(self) -> set[str]:
        """Return the classes that any image has as label, prediction or folder class."""
        columns = (self.column("label"), self.column("predicted"), self.column("given"))
        codes = np.unique(np.concatenate(columns))
        return {self.classes[code] for code in codes.tolist() if code >= 0}

    def labelled_classes(self) -> Codes:
        """Return the label of each image, else its folder class; `NONE` for removed images."""
        label = self.decided_classes()
        held = np.where(label != NONE, label, self.folder_classes())
        return np.where(self.column("removed"), np.int16(NONE), held)

    def resolve_class(self, class_id: str) -> str:
        """Return the project's class for a class of the model, merged classes resolved."""
        return self.classes[self._alias(self.code(class_id))]

    def item(self, row: int) -> ImageItem:
        """Return the image of a row with its present state."""
        prediction = None
        possible: tuple[str, ...] = ()
        if self.logits is not None and not np.isnan(self._columns["confidence"][row]):
            code = int(self._columns["predicted"][row])
            probabilities = self.probabilities(slice(row, row + 1))
            prediction = Prediction(
                self.classes[self._alias(code)],
                float(self._columns["confidence"][row]),
                probabilities[0],
                self.classes[code],
            )
            possible = self._possible_classes(probabilities)
        return ImageItem(
            row,
            self.paths[row],
            self.records[row],
            self.problems.get(row),
            self.class_id(self._alias(int(self._columns["given"][row]))),
            prediction,
            self.class_id(self._alias(int(self._columns["label"][row]))),
            bool(self._columns["removed"][row]),
            self._notes.get(row, ""),
            self.tags.of(row),
            self._kinds(int(self._columns["found"][row])),
            possible,
            bool(
                self._columns["unknown"][row] > self.unknown_limit
                and self._columns["label"][row] == NONE
            ),
        )

    def reading(self, row: int) -> "Reading | None":
        """Return the reading of a row, None if it is unread."""
        from engine.classify.reading import Reading

        if self.logits is None or np.isnan(self._columns["confidence"][row]):
            return None
        assert self.embeddings is not None
        assert self._maps is not None
        return Reading(self.logits[row], self.embeddings[row], self._maps[row])

    def probabilities(self, rows: "Rows | slice") -> "Float32":
        """Return the calibrated class probabilities of images that were read, (n, c)."""
        assert self.logits is not None
        assert self.embeddings is not None
        return self._calibrator.probabilities(self.logits[rows], self.embeddings[rows])

    def matches_text(self, text: str) -> Mask:
        """Return which images have a text in their path, note or a tag, ignoring case."""
        text = text.casefold()
        for path in self.paths[len(self._search_texts) :]:
            self._search_texts.append(path.casefold())
        mask = np.fromiter(
            (text in path for path in self._search_texts), np.bool_, len(self._search_texts)
        )
        for row, note in self._notes.items():
            if text in note.casefold():
                mask[row] = True
        mask[list(self.tags.rows_matching(text))] = True
        return mask

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
                if readable.folder_names:
                    self.folder_name_counts[readable.folder_names, readable.label] += 1
                sizes.append(readable.size)
                folder_codes.append(NONE if readable.label is None else self.code(readable.label))
        self._grow()
        new = slice(first, len(self.paths))
        self._columns["size"][new] = sizes
        self._columns["given"][new] = folder_codes
        places = [self._place(path) for path in self.paths[first:]]
        for name, values in zip(("field", "top", "left"), zip(*places, strict=True), strict=False):
            self._columns[name][new] = values
        self._columns["bad"][new] = [record is None for record in self.records[first:]]
        return self.paths[first:]

    def _place(self, path: str) -> tuple[int, int, int]:
        """Return the number of the field of a cell, and the top and the left of its box."""
        parts = split_cell_path(path)
        if parts is None:
            return NONE, 0, 0
        field_path, box = parts
        number = self._field_numbers.setdefault(field_path, len(self.fields))
        if number == len(self.fields):
            self.fields.append(field_path)
        return number, box.y, box.x

    @property
    def count(self) -> int:
        """The number of images; rows of withdrawn cells are not counted."""
        return len(self.paths) - int(self.column("withdrawn").sum())

    def listed_rows(self) -> Rows:
        """Return the rows of the images in the source's order: an added cell is beside those of its field."""
        if not self._has_redrawn_cells:
            return np.arange(len(self.paths))
        rows = np.lexsort((self.column("left"), self.column("top"), self.column("field")))
        return np.asarray(rows[~self.column("withdrawn")[rows]], np.intp)

    def cell_paths(self, field_path: str) -> list[str]:
        """Return the paths of the cells of a field."""
        number = self._field_numbers.get(field_path)
        if number is None:
            return []
        rows = (self.column("field") == number) & ~self.column("withdrawn")
        return [self.paths[row] for row in np.flatnonzero(rows).tolist()]

    def redraw(self, withdrawn: Iterable[str], added: "Sequence[ImageRecord]") -> None:
        """Withdraw cells whose boxes were moved away or taken back, and add those that were drawn.

        The row of a withdrawn cell stays, as that of no image.
        """
        self._has_redrawn_cells = True
        for path in withdrawn:
            row = self._rows.pop(path)
            for name, (_, empty) in _COLUMNS.items():
                if name not in ("field", "top", "left"):
                    self._columns[name][row] = empty
            self._columns["withdrawn"][row] = self._columns["bad"][row] = True
            for tag in self.tags.of(row):
                self.tags.set_tag(row, tag, present=False)
            self.records[row] = None
            for details in (self.problems, self.reasons, self._notes, self._scanned):
                details.pop(row, None)
        self.add(added)

    def set_folder_names(self, folder_names: "FolderNames") -> list[str]:
        """Give the images of mapped folder names their class; return the paths that changed."""
        from engine.images.folder_names import label_by_folder_names

        changed = []
        for row, record in enumerate(self.records):
            if record is None or not record.folder_names:
                continue
            scanned = self._scanned.pop(row, record)
            labelled = label_by_folder_names(scanned, folder_names)
            if labelled is not scanned:
                self._scanned[row] = scanned
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
        self._unknown_score, self.unknown_limit = unknown_score, unknown_limit
        self.set_threshold = COVERAGE
        self._model = tuple(card.classes)
        self._calibrator = calibrator or Calibrator(card.calibration)
        self.logits = self.embeddings = self._maps = None
        for name in ("predicted", "confidence", "margin", "unlike", "unknown", "possible"):
            self._columns[name][:] = _COLUMNS[name][1]

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
            self._take_readings(np.array(rows, np.intp), readings)
        return changed

    def set_relative_distances(self, rows: Rows, values: "Float32") -> None:
        """Set the distance of rows from the training images as a multiple of the limit; over 1 is far."""
        self._columns["unlike"][rows] = values

    def use_set_threshold(self, threshold: float) -> None:
        """Recompute the prediction sets of all images with another threshold."""
        self.set_threshold = threshold
        rows = np.flatnonzero(self.read)
        for start in range(0, len(rows), _CHUNK_ROWS):
            part = rows[start : start + _CHUNK_ROWS]
            sets = prediction_sets(self.probabilities(part), threshold)
            self._columns["possible"][part] = sets.sum(1)

    def set_finding_kinds(self, found: "dict[str, Rows]") -> None:
        """Set the rows with open findings, by kind."""
        self.finding_kinds = tuple(found)
        column = self.column("found")
        column[:] = 0
        for place, rows in enumerate(found.values()):
            column[rows] |= np.uint16(1 << place)

    def _kinds(self, bits: int) -> tuple[str, ...]:
        return tuple(kind for place, kind in enumerate(self.finding_kinds) if bits >> place & 1)

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
        if row is None:
            return
        if field == "label":
            self._columns["label"][row] = NONE if value is None else self.code(value)
        elif field == "removed":
            self._columns["removed"][row] = value is not None
            if value is None:
                self.reasons.pop(row, None)
            else:
                self.reasons[row] = value
        elif field == "note":
            self._columns["noted"][row] = bool(value)
            self._notes[row] = value or ""
        elif field.startswith(TAG_PREFIX):
            self.tags.set_tag(row, field.removeprefix(TAG_PREFIX), present=value is not None)

    def set_decisions(self, decisions: dict[str, Decision]) -> None:
        """Replace all decisions by those of a project."""
        for name in ("label", "removed", "noted"):
            self._columns[name][:] = _COLUMNS[name][1]
        self._notes.clear()
        self.tags.clear()
        self.reasons.clear()
        for path, decision in decisions.items():
            self.apply_decision(path, "label", decision.label)
            self.apply_decision(path, "removed", decision.removed)
            self.apply_decision(path, "note", decision.note)
            for tag in decision.tags:
                self.apply_decision(path, f"{TAG_PREFIX}{tag}", True)

    @property
    def merged(self) -> dict[str, str]:
        """Merged classes: class id → id of the class it was merged into."""
        return {self.classes[code]: self.classes[into] for code, into in self._aliases.items()}

    def set_aliases(self, aliases: dict[str, str]) -> None:
        """Set the merged classes: class id → id of the class it was merged into."""
        self._aliases = {self.code(class_id): self.code(into) for class_id, into in aliases.items()}

    def _take_readings(self, rows: Rows, readings: "list[Reading]") -> None:
        first = readings[0]
        if self.logits is None or len(self.logits) < len(self.paths):
            self._allocate(first)
        assert self.logits is not None
        assert self.embeddings is not None
        assert self._maps is not None
        logits = np.stack([reading.logits for reading in readings])
        self.logits[rows] = logits
        for row, reading in zip(rows, readings, strict=True):
            self.embeddings[row] = reading.embedding
            self._maps[row] = reading.maps
        probabilities = self.probabilities(rows)
        codes = np.array([self.code(class_id) for class_id in self._model], np.int16)
        top_two = np.sort(probabilities, axis=1)[:, -2:]
        self._columns["predicted"][rows] = codes[probabilities.argmax(axis=1)]
        self._columns["confidence"][rows] = top_two[:, 1]
        self._columns["margin"][rows] = top_two[:, 1] - top_two[:, 0]
        self._columns["possible"][rows] = prediction_sets(probabilities, self.set_threshold).sum(1)
        if self._unknown_score is not None:
            self._columns["unknown"][rows] = self._unknown_score.measure(self.embeddings[rows])

    def _possible_classes(self, probabilities: "Float32") -> tuple[str, ...]:
        order = (-probabilities[0]).argsort(kind="stable")
        inside = prediction_sets(probabilities, self.set_threshold)[0]
        return tuple(self._model[index] for index in order if inside[index])

    def _allocate(self, example: "Reading") -> None:
        # Once for all images: unwritten memory costs nothing.
        def resized(old: npt.NDArray[Any] | None, shape: tuple[int, ...], kind: Any) -> Any:
            new = np.empty((len(self._columns["given"]), *shape), kind)
            if old is not None:
                new[: len(old)] = old
            return new

        self.logits = resized(self.logits, example.logits.shape, np.float32)
        self.embeddings = resized(self.embeddings, example.embedding.shape, np.float16)
        self._maps = resized(self._maps, example.maps.shape, np.float16)

    def _grow(self) -> None:
        size = len(self._columns["given"])
        if len(self.paths) <= size:
            return
        size = max(2 * size, len(self.paths))
        for name, (kind, empty) in _COLUMNS.items():
            grown = np.full(size, empty, kind)
            old = self._columns[name]
            grown[: len(old)] = old
            self._columns[name] = grown

    def _resolved(self, codes: Codes) -> Codes:
        if not self._aliases:
            return codes
        resolved = codes.copy()
        for code, into in self._aliases.items():
            resolved[codes == code] = into
        return resolved

    def _alias(self, code: int) -> int:
        return self._aliases.get(code, code)
