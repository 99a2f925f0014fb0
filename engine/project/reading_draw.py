"""Draw of a second reading: which images are read again, and in which random order."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

DrawMethod = Literal["all", "by_class", "least_certain"]
"""All images, a random share of each class, or those with the smallest margin of the model."""

EARLIER_METHODS: Mapping[str, DrawMethod] = {"doubtful": "least_certain"}
"""Methods as earlier versions stored them."""


@dataclass(frozen=True, slots=True)
class DrawCandidate:
    """An image that may be drawn, with its label and the margin between the model's two best classes."""

    path: str
    label: str
    margin: float | None = None


def draw_images(
    candidates: Sequence[DrawCandidate], method: DrawMethod, count: int, seed: int
) -> list[DrawCandidate]:
    """Return the drawn images in random order; the same seed draws the same.

    `count` is the number to draw, ignored for `all`. By class, each class gets its share of them, at
    least one image. Images without a margin come last by certainty.
    """
    generator = random.Random(seed)
    # Sorted, so that the draw does not depend on the order in which a folder is listed.
    ordered = sorted(candidates, key=lambda candidate: candidate.path)
    generator.shuffle(ordered)
    if method == "by_class":
        ordered = _draw_by_class(ordered, count)
    elif method == "least_certain":
        ordered = sorted(ordered, key=_margin)[: max(count, 0)]
    # Once more: the draw would otherwise show in the order.
    generator.shuffle(ordered)
    return ordered


def _draw_by_class(shuffled: Sequence[DrawCandidate], count: int) -> list[DrawCandidate]:
    by_class: dict[str, list[DrawCandidate]] = {}
    for candidate in shuffled:
        by_class.setdefault(candidate.label, []).append(candidate)
    if count >= len(shuffled):
        return list(shuffled)
    quotas = {name: count * len(images) / len(shuffled) for name, images in by_class.items()}
    sizes = {name: max(1, int(quota)) for name, quota in quotas.items()}
    # The largest remainders get what rounding left over.
    for name in sorted(quotas, key=lambda name: (int(quotas[name]) - quotas[name], name)):
        if sum(sizes.values()) < count and sizes[name] < len(by_class[name]):
            sizes[name] += 1
    return [candidate for name, images in by_class.items() for candidate in images[: sizes[name]]]


def _margin(candidate: DrawCandidate) -> float:
    return 2.0 if candidate.margin is None else candidate.margin
