"""The gate: whether a candidate model may take the place of the current one.

Both read the same locked images, which neither was trained on. Everything here is arithmetic on their
answers; who reads and who decides is elsewhere.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from engine.classify.calibration import expected_calibration_error
from engine.classify.reading import Float32
from engine.evaluate.intervals import Z95, wilson
from engine.messages import Message

FEW = 100
"""Images below which the exact test must agree with the interval, which then is only nearly right."""
SURE = 0.05
"""McNemar's p-value below which it does."""
MARGIN = 0.005
"""How much accuracy may be lost at the lower end of the interval: half a point."""
CLASS_MARGIN = 0.05
CLASS_LEAST = 30


@dataclass(frozen=True, slots=True)
class Side:
    """One model's figures: accuracy with its 95% interval, recall a class, calibration error."""

    accuracy: float
    interval: tuple[float, float]
    recall: dict[str, float]
    ece: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two models on the same images: `difference` is the candidate's accuracy less the current one's.

    `interval` is its 95% interval, `p_value` McNemar's; `won` and `lost` are rows that the candidate
    alone, or the current model alone, read rightly. `verdict` is the word, `reasons` say why.
    """

    n: int
    current: Side
    candidate: Side
    difference: float
    interval: tuple[float, float]
    p_value: float
    won: npt.NDArray[np.intp]
    lost: npt.NDArray[np.intp]
    verdict: Literal["not_worse", "worse", "cannot_tell"]
    reasons: tuple[Message, ...]


def compare(
    labels: npt.NDArray[np.intp],
    current: Float32,
    candidate: Float32,
    classes: tuple[str, ...],
) -> Comparison:
    """Compare two models' probabilities (n, c) on images with `labels` (n,).

    "not_worse": the interval begins at -0.5 points or above and no class of 30 or more images falls by 5;
    "worse": such a class falls, or the whole interval lies below zero; else it cannot be told. With fewer
    than 100 images the exact test has to say so too.
    """
    right_now = current.argmax(1) == labels
    right_then = candidate.argmax(1) == labels
    won, lost = np.flatnonzero(right_then & ~right_now), np.flatnonzero(right_now & ~right_then)
    n = len(labels)
    difference = (len(won) - len(lost)) / n if n else 0.0
    interval = paired_interval(len(won), len(lost), n)
    sides = (_side(labels, current, classes), _side(labels, candidate, classes))
    chance = mcnemar(len(won), len(lost))
    verdict, reasons = _judge(labels, classes, sides, difference, interval, chance)
    return Comparison(
        n=n,
        current=sides[0],
        candidate=sides[1],
        difference=difference,
        interval=interval,
        p_value=chance,
        won=won,
        lost=lost,
        verdict=verdict,
        reasons=reasons,
    )


def mcnemar(won: int, lost: int) -> float:
    """Return the exact two-sided p-value that wins and losses are equally likely (McNemar 1947)."""
    total, fewer = won + lost, min(won, lost)
    if total == 0:
        return 1.0
    # In logarithms: the counts may be thousands.
    logs = [
        math.lgamma(total + 1) - math.lgamma(k + 1) - math.lgamma(total - k + 1)
        for k in range(fewer + 1)
    ]
    tail = sum(math.exp(one - total * math.log(2)) for one in logs)
    return min(1.0, 2 * tail)


def paired_interval(won: int, lost: int, n: int) -> tuple[float, float]:
    """Return the 95% interval of the difference of two paired shares, (-1, 1) when n is 0.

    Bonett and Price 2012, "Adjusted Wald confidence interval for a difference of binomial proportions
    based on paired data", recommended by Fagerland, Lydersen and Laake 2014: with one win and one loss
    added it holds for small counts, and without any answer that differs it still has the width that so
    few images leave (2.3 points either way for 120, half a point for 553).
    """
    if n == 0:
        return -1.0, 1.0
    gain, loss = (won + 1) / (n + 2), (lost + 1) / (n + 2)
    half = Z95 * math.sqrt(max(0.0, gain + loss - (gain - loss) ** 2) / (n + 2))
    return max(-1.0, gain - loss - half), min(1.0, gain - loss + half)


def _side(labels: npt.NDArray[np.intp], said: Float32, classes: tuple[str, ...]) -> Side:
    right = said.argmax(1) == labels
    recall = {
        name: float(right[labels == number].mean())
        for number, name in enumerate(classes)
        if (labels == number).any()
    }
    return Side(
        accuracy=float(right.mean()) if len(right) else 0.0,
        interval=wilson(int(right.sum()), len(right)),
        recall=recall,
        ece=expected_calibration_error(said, labels) if len(right) else 0.0,
    )


def _judge(
    labels: npt.NDArray[np.intp],
    classes: tuple[str, ...],
    sides: tuple[Side, Side],
    difference: float,
    interval: tuple[float, float],
    p_value: float,
) -> tuple[Literal["not_worse", "worse", "cannot_tell"], tuple[Message, ...]]:
    n, sure = len(labels), len(labels) >= FEW or p_value < SURE
    said: dict[str, str | int | float] = {"n": n, "difference": 100 * difference}
    said |= {"low": 100 * interval[0], "high": 100 * interval[1]}
    reasons = []
    if interval[1] < 0 and sure:
        reasons += [Message("gate.worse", said), _how_surely(p_value)]
    for number, name in enumerate(classes):
        count = int((labels == number).sum())
        if count < CLASS_LEAST:
            continue
        before, after = (side.recall[name] for side in sides)
        # A hair of room: 0.95 - 0.90 is a little more than 0.05 in floating point, or less.
        if before - after >= CLASS_MARGIN - 1e-9:
            told: dict[str, str | int | float] = {"name": name, "count": count}
            told |= {"before": before, "after": after}
            reasons.append(Message("gate.class_worse", told))
    if reasons:
        return "worse", tuple(reasons)
    if n == 0:
        return "cannot_tell", (Message("gate.none_locked"),)
    if interval[0] < -MARGIN or not sure:
        # Few images and few answers that differ: nothing speaks against the candidate, nor for it.
        way = "even" if difference == 0 else "leans_better" if difference > 0 else "leans_worse"
        return "cannot_tell", (Message(f"gate.{way}", {**said, "by": abs(100 * difference)}),)
    if interval[0] > 0:
        return "not_worse", (Message("gate.better", said), _how_surely(p_value))
    return "not_worse", (Message("gate.not_worse", said),)


def _how_surely(p_value: float) -> Message:
    if p_value < 0.001:
        return Message("gate.hardly_chance")
    return Message("gate.chance", {"p": p_value})
