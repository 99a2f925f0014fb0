"""Image item: one file of the open source with its present state."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from engine.fields.cell_path import split_cell_path

if TYPE_CHECKING:
    from engine.classify.reading import Float32
    from engine.images.record import ImageRecord
    from engine.messages import Message


@dataclass(frozen=True, slots=True)
class Prediction:
    """The prediction for an image: calibrated probabilities in the model's class order."""

    class_id: str
    confidence: float
    probabilities: "Float32"
    model_class: str
    """The model's own class id, before merged classes are resolved."""
    shares: Mapping[str, float]
    """The probability of each class of the project, merged classes added up; most likely first."""


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
    """The classes of the prediction set, most likely first."""
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
    def displayed_class(self) -> str | None:
        """The label, else the predicted class."""
        return self.label or (self.prediction.class_id if self.prediction else None)
