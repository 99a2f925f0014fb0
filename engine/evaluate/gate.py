"""Gate: whether a candidate model may replace the current one.

Both models predict the same held-out images, which neither was trained on. This module only does the
arithmetic on their predictions.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from engine.classify.calibration import expected_calibration_error
from engine.classify.reading import Float32
from engine.evaluate.intervals import Z95, wilson_interval
from engine.messages import Message

MIN_IMAGES_FOR_INTERVAL = 100
"""Below this number of images the interval is only approximate, so the exact test must agree with it."""
SIGNIFICANCE_LEVEL = 0.05
"""McNemar p-value below which the exact test agrees."""
ACCURACY_MARGIN = 0.005
"""Accepted loss of accuracy at the lower end of the interval: half a percentage point."""
RECALL_MARGIN = 0.05
"""Loss of a class's recall at which the candidate is worse: 5 percentage points."""
MIN_CLASS_IMAGES = 30
"""Fewest images of a class whose recall is compared."""


@dataclass(frozen=True, slots=True)
class ModelScore:
    """One model's figures: accuracy with its 95% interval, recall by class, calibration error."""

    accuracy: float
    interval: tuple[float, float]
    recall: dict[str, float]
    ece: float


@dataclass(frozen=True, slots=True)
class ModelComparison:
    """Two models on the same images: `difference` is the candidate's accuracy minus the current one's.

    `interval` is its 95% interval, `p_value` McNemar's; `won` and `lost` are the rows that only the
    candidate, or only the current model, predicts correctly. `reasons` explain the `verdict`.
    """

    n: int
    current: ModelScore
    candidate: ModelScore
    difference: float
    interval: tuple[float, float]
    p_value: float
    won: npt.NDArray[np.intp]
    lost: npt.NDArray[np.intp]
    verdict: Literal["not_worse", "worse", "cannot_tell"]
    reasons: tuple[Message, ...]


def compare_predictions(
    labels: npt.NDArray[np.intp],
    current: Float32,
    candidate: Float32,
    classes: tuple[str, ...],
) -> ModelComparison:
    """Compare two models' probabilities (n, c) on images with `labels` (n,).

    "not_worse": the interval starts at -0.5 points or above, and no class of 30 or more images loses
    5 points of recall. "worse": such a class does, or the whole interval is below zero. "cannot_tell"
    otherwise. With fewer than 100 images the exact test must confirm it.
    """
    current_correct = current.argmax(1) == labels
    candidate_correct = candidate.argmax(1) == labels
    won, lost = (
        np.flatnonzero(candidate_correct & ~current_correct),
        np.flatnonzero(current_correct & ~candidate_correct),
    )
    n = len(labels)
    difference = (len(won) - len(lost)) / n if n else 0.0
    interval = paired_interval(len(won), len(lost), n)
    scores = (_score(labels, current, classes), _score(labels, candidate, classes))
    p_value = mcnemar_p_value(len(won), len(lost))
    verdict, reasons = _decide(labels, classes, scores, difference, interval, p_value)
    return ModelComparison(
        n=n,
        current=scores[0],
        candidate=scores[1],
        difference=difference,
        interval=interval,
        p_value=p_value,
        won=won,
        lost=lost,
        verdict=verdict,
        reasons=reasons,
    )


def mcnemar_p_value(won: int, lost: int) -> float:
    """Return the exact two-sided p-value that wins and losses are equally likely (McNemar 1947)."""
    from scipy.special import bdtr  # the binomial distribution function

    if won + lost == 0:
        return 1.0
    return min(1.0, 2 * float(bdtr(min(won, lost), won + lost, 0.5)))


def paired_interval(won: int, lost: int, n: int) -> tuple[float, float]:
    """Return the 95% interval of the difference of two paired proportions, (-1, 1) if n is 0.

    Bonett and Price 2012, "Adjusted Wald confidence interval for a difference of binomial proportions
    based on paired data", recommended by Fagerland, Lydersen and Laake 2014. One win and one loss are
    added, so that it holds for small counts and keeps its width without any discordant pair (2.3 points
    either way for 120 images, half a point for 553).
    """
    if n == 0:
        return -1.0, 1.0
    gain, loss = (won + 1) / (n + 2), (lost + 1) / (n + 2)
    half_width = Z95 * math.sqrt(max(0.0, gain + loss - (gain - loss) ** 2) / (n + 2))
    return max(-1.0, gain - loss - half_width), min(1.0, gain - loss + half_width)


def _score(
    labels: npt.NDArray[np.intp], probabilities: Float32, classes: tuple[str, ...]
) -> ModelScore:
    is_correct = probabilities.argmax(1) == labels
    recall = {
        name: float(is_correct[labels == index].mean())
        for index, name in enumerate(classes)
        if (labels == index).any()
    }
    return ModelScore(
        accuracy=float(is_correct.mean()) if len(is_correct) else 0.0,
        interval=wilson_interval(int(is_correct.sum()), len(is_correct)),
        recall=recall,
        ece=expected_calibration_error(probabilities, labels) if len(is_correct) else 0.0,
    )


def _decide(
    labels: npt.NDArray[np.intp],
    classes: tuple[str, ...],
    scores: tuple[ModelScore, ModelScore],
    difference: float,
    interval: tuple[float, float],
    p_value: float,
) -> tuple[Literal["not_worse", "worse", "cannot_tell"], tuple[Message, ...]]:
    n, is_reliable = (
        len(labels),
        len(labels) >= MIN_IMAGES_FOR_INTERVAL or p_value < SIGNIFICANCE_LEVEL,
    )
    figures: dict[str, str | int | float] = {"n": n, "difference": 100 * difference}
    figures |= {"low": 100 * interval[0], "high": 100 * interval[1]}
    reasons = []
    if interval[1] < 0 and is_reliable:
        reasons += [Message("gate.worse", figures), _p_value_message(p_value)]
    for index, name in enumerate(classes):
        count = int((labels == index).sum())
        if count < MIN_CLASS_IMAGES:
            continue
        before, after = (score.recall[name] for score in scores)
        # The tolerance absorbs rounding: 0.95 - 0.90 is not exactly 0.05 in floating point.
        if before - after >= RECALL_MARGIN - 1e-9:
            class_figures: dict[str, str | int | float] = {"name": name, "count": count}
            class_figures |= {"before": before, "after": after}
            reasons.append(Message("gate.class_worse", class_figures))
    if reasons:
        return "worse", tuple(reasons)
    if n == 0:
        return "cannot_tell", (Message("gate.none_locked"),)
    if interval[0] < -ACCURACY_MARGIN or not is_reliable:
        # Too little evidence for or against the candidate.
        evidence: dict[str, str | int | float] = {**figures, "by": abs(100 * difference)}
        if not interval[0] <= 0 <= interval[1]:
            # Few images: their approximate interval must not be quoted against the exact test.
            direction = "better" if difference > 0 else "worse"
            evidence["p"] = p_value
            return "cannot_tell", (Message(f"gate.few_{direction}", evidence),)
        tendency = (
            "even" if difference == 0 else "leans_better" if difference > 0 else "leans_worse"
        )
        return "cannot_tell", (Message(f"gate.{tendency}", evidence),)
    if interval[0] > 0:
        return "not_worse", (Message("gate.better", figures), _p_value_message(p_value))
    return "not_worse", (Message("gate.not_worse", figures),)


def _p_value_message(p_value: float) -> Message:
    if p_value < 0.001:
        return Message("gate.hardly_chance")
    return Message("gate.chance", {"p": p_value})
