"""Evaluation basis: figures rest on images the model was not trained on; the others count separately."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from engine.evaluate.intervals import wilson_interval
from engine.messages import Message

EvaluationBasis = Literal["unseen", "seen", "unknown"]
"""Relation of the evaluated images to the training images: none of them, all, or unknown."""


class SeenImages(Struct, frozen=True):
    """Images the model was trained on: their number, and its accuracy on them with the 95% interval."""

    n: int
    accuracy: float
    interval: tuple[float, float]


def select_unseen(seen: Sequence[bool | None]) -> tuple[npt.NDArray[np.bool_], EvaluationBasis]:
    """Return a mask (n,) of the images to evaluate, and their basis.

    `seen` says for each image whether the model was trained on it, None if unknown. Images it was
    trained on are selected only if there are no others.
    """
    is_selected = np.array([was_seen is not True for was_seen in seen], np.bool_)
    if not is_selected.any():
        return np.ones(len(seen), np.bool_), "seen"
    all_known = all(
        was_seen is False for was_seen, selected in zip(seen, is_selected, strict=True) if selected
    )
    return is_selected, "unseen" if all_known else "unknown"


def score_seen_images(is_correct: npt.NDArray[np.bool_]) -> SeenImages | None:
    """Return the figures of images the model was trained on; `right` (n,) marks correct predictions.

    None where there are no such images.
    """
    if not len(is_correct):
        return None
    return SeenImages(
        len(is_correct),
        float(is_correct.mean()),
        wilson_interval(int(is_correct.sum()), len(is_correct)),
    )


def basis_messages(basis: EvaluationBasis, seen_images: SeenImages | None) -> list[Message]:
    """Return the sentences that describe the basis of a figure."""
    messages = [Message(f"basis.{basis}")]
    if seen_images:
        low, high = seen_images.interval
        figures = {"accuracy": seen_images.accuracy, "low": low, "high": high}
        messages.append(Message("basis.apart", {"n": seen_images.n, **figures}))
    return messages
