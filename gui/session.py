"""What the window is about: the open source, its images, what was read of them, and the one looked at.

Views keep their own state; this is what they share. Every change is told by a signal that says what
changed, so that a view refreshes only what concerns it. Images are known by their path.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.classes import ClassLooks

if TYPE_CHECKING:
    from engine.classify.reading import Float32, Reading
    from engine.images.record import BadFile, ImageRecord
    from engine.images.source import Source
    from engine.messages import Message
    from gui.work import Engine


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a reading says of an image: calibrated probabilities in the model's class order."""

    class_id: str
    confidence: float
    probabilities: "Float32"


@dataclass(slots=True)
class Item:
    """One file of the source: an image with its record, or a bad file with its problem, or both."""

    path: str
    record: "ImageRecord | None"
    problem: "Message | None" = None
    prediction: Prediction | None = None

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.path.rpartition("/")[2]

    @property
    def label(self) -> str | None:
        """The class that the folder says, or None."""
        return self.record.label if self.record else None


class Session(QObject):
    """State shared by all parts of one window."""

    opened = Signal()
    """Another source is open, or none; everything of the old one is gone."""
    # Paths travel as objects: Qt's own strings would lose the bytes of a name that is no UTF-8.
    added = Signal(object)
    """Paths that the scan found, as a list."""
    updated = Signal(object)
    """Paths whose prediction or problem changed, as a list."""
    current_changed = Signal()
    engine_changed = Signal()
    """The model, its classes or the device."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source: Source | None = None
        self.items: dict[str, Item] = {}
        self.engine: Engine | None = None
        self.looks = ClassLooks()
        self._readings: dict[str, Reading] = {}
        self._current: str | None = None

    @property
    def title(self) -> str:
        """The name of what is open, empty if nothing is."""
        return self.source.root.name if self.source else ""

    @property
    def root(self) -> Path | None:
        """Where the open source is."""
        return self.source.root if self.source else None

    @property
    def current(self) -> Item | None:
        """The image that is looked at."""
        return self.items.get(self._current) if self._current else None

    def set_current(self, path: str | None) -> None:
        """Look at another image."""
        if path != self._current:
            self._current = path
            self.current_changed.emit()

    def reading(self, path: str) -> "Reading | None":
        """Return the reading of an image if there is one."""
        return self._readings.get(path)

    def unread(self) -> "list[ImageRecord]":
        """Return the images that no reading or problem is known of, in the source's order."""
        return [
            item.record
            for item in self.items.values()
            if item.record and not item.prediction and not item.problem
        ]

    def counts(self) -> tuple[int, int, int]:
        """Return how many images there are, were read, and could not be read."""
        read = sum(1 for item in self.items.values() if item.prediction)
        bad = sum(1 for item in self.items.values() if item.problem)
        return len(self.items), read, bad

    def open(self, source: "Source | None") -> None:
        """Take another source, with nothing known of it yet."""
        self.source = source
        self.items = {}
        self._readings = {}
        self._current = None
        self.opened.emit()
        self.current_changed.emit()

    def add(self, found: "Sequence[ImageRecord | BadFile]") -> None:
        """Take what the scan found."""
        new = []
        for one in found:
            if one.path not in self.items:
                reason = getattr(one, "reason", None)
                self.items[one.path] = Item(one.path, None if reason else one, reason)
                new.append(one.path)
        self.added.emit(new)

    def take(self, results: "Iterable[tuple[ImageRecord, Reading | Message]]") -> None:
        """Take what the engine read, in batches as it comes."""
        assert self.engine is not None
        card = self.engine.card
        changed = []
        for record, result in results:
            item = self.items.get(record.path)
            if item is None:
                continue
            if hasattr(result, "logits"):
                probabilities = result.probabilities(card.calibration.temperature)
                best = int(probabilities.argmax())
                item.prediction = Prediction(
                    card.classes[best], float(probabilities[best]), probabilities
                )
                item.problem = None
                self._readings[record.path] = result
            else:
                item.problem = result
            changed.append(record.path)
        self.updated.emit(changed)
        if self._current in changed:
            self.current_changed.emit()

    def set_engine(self, engine: "Engine") -> None:
        """Take another model or device; readings of another model are forgotten."""
        other = self.engine is None or engine.card.model_id != self.engine.card.model_id
        self.engine = engine
        self.looks = ClassLooks(engine.class_set, engine.card.classes)
        if other and self._readings:
            changed = list(self._readings)
            self._readings = {}
            for path in changed:
                self.items[path].prediction = None
            self.updated.emit(changed)
        self.engine_changed.emit()
        self.current_changed.emit()
