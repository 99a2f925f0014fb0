"""Model contradictions: labels that the model's own prediction clearly speaks against, and labels not checked.

The comparison of the images with each other (`label_issues`) needs many images of each class. The model
knows its classes already, so that one image is enough, unless it contradicts most labels of a class: then the
folder means something else by that name.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt

from engine.classify.merged_classes import merge_matrix
from engine.classify.reading import Float32
from engine.curate.label_issues import MIN_CLASS_IMAGES
from engine.messages import Message

_MIN_RATIO = 70
"""Least ratio of the probabilities of predicted and given class. At 50, false findings among cells of another
laboratory rise by a third, and no more wrong labels are found among those of the model's own."""
_MAX_SYSTEMATIC = 2
"""Most contradicted labels of a class that count as mistakes even where they are most of its labels."""

Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Contradictions:
    """For m contents: the class that the model sees instead of the label, None without contradiction, and
    its probability (m,).
    """

    classes: tuple[str | None, ...]
    probabilities: Float32


def find_contradictions(
    labels: Sequence[str | None],
    probabilities: Float32,
    classes: Sequence[str],
    merged: Mapping[str, str] | None = None,
) -> Contradictions:
    """Compare labels (m,) with the calibrated probabilities (m, c) of the model's `classes`.

    `merged` maps classes of the model to those of the project. Labels that are no class of the model are not
    contradicted.
    """
    shown, matrix = merge_matrix(classes, merged)
    column = {name: number for number, name in enumerate(shown)}
    summed = probabilities @ matrix
    labelled = np.array([column.get(label or "", -1) for label in labels], np.intp)
    predicted = summed.argmax(1) if len(labels) else np.empty(0, np.intp)
    rows = np.arange(len(labels))
    highest = summed[rows, predicted]
    is_wrong = (labelled >= 0) & (highest >= _MIN_RATIO * summed[rows, np.maximum(labelled, 0)])
    for number in np.unique(labelled[is_wrong]):
        of_class = labelled == number
        if (
            is_wrong[of_class].sum() > _MAX_SYSTEMATIC
            and (predicted[of_class] == number).mean() < 0.5
        ):
            is_wrong &= ~of_class
    predicted_classes = tuple(
        shown[index] if wrong else None
        for index, wrong in zip(predicted.tolist(), is_wrong.tolist(), strict=True)
    )
    return Contradictions(predicted_classes, highest)


def unchecked_labels(
    counts: Mapping[str, int], model_classes: Collection[str], class_names: Mapping[str, str]
) -> Message | None:
    """Return one sentence on the labels of which some check was impossible, None where all were checked.

    `counts` are the images of each label. Classes with few images are checked by the model alone; those it
    does not have are not checked at all.
    """
    few = {label: count for label, count in counts.items() if 0 < count < MIN_CLASS_IMAGES}
    if not few:
        return None
    groups = {
        is_checked: [class_names.get(label, label) for label in labels]
        for is_checked, labels in groupby(
            sorted(few, key=lambda label: (label in model_classes, label)),
            key=lambda label: label in model_classes,
        )
    }
    params: dict[str, str | int] = {"least": MIN_CLASS_IMAGES}
    by_model, unchecked = ", ".join(groups.get(True, ())), ", ".join(groups.get(False, ()))
    if not unchecked:
        return Message("labels.model_only", {**params, "classes": by_model})
    if not by_model:
        return Message("labels.unchecked", {**params, "classes": unchecked})
    return Message("labels.partly", {**params, "classes": by_model, "unchecked": unchecked})
