"""Where the cells of an activation map lie in the image.

A layer that halves its input pads on one side only where the input is even ("same" padding), so the centre
of cell i of the last map is at pixel 32 i + 31 of an image whose edge is a multiple of 32, and at 32 i where
it is a multiple of 32 plus one. Spread evenly over the image, as a picture is resized, every heat map would
lie half a cell too far up and left.
"""

from dataclasses import dataclass

from engine.classify.architectures import ARCHITECTURES, Halving
from engine.classify.card import Card


@dataclass(frozen=True, slots=True)
class Placement:
    """Centres of a map's cells along one edge: `origin` of the first and `step` to the next, in pixels of
    the network's input, whose edge is `size`; pixel 0 has its centre at 0."""

    origin: float
    step: float
    size: int


def placement_of(card: Card, *, views: int = 1) -> Placement:
    """Return where the cells of a model's maps lie; the mean over turned `views` lies evenly."""
    size = card.preprocessing.size
    kind = ARCHITECTURES.get(card.architecture)
    if kind is None or views > 1:  # an architecture of a later version of the program
        step = size / card.map_size[0]
        return Placement((step - 1) / 2, step, size)
    return placed(kind.halvings, size)


def placed(halvings: tuple[Halving, ...], size: int) -> Placement:
    """Return where the cells of the last map lie behind layers that each halve an image of edge `size`."""
    origin, step, edge = 0.0, 1.0, size
    for kind in halvings:
        if kind == "pool":
            shift, edge = 0.5, edge // 2
        else:
            shift = 1.0 if kind == "same" and edge % 2 == 0 else 0.0
            edge = (edge + 1) // 2
        origin += shift * step
        step *= 2
    return Placement(origin, step, size)
