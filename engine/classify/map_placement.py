"""Positions of activation map cells in the image.

A layer of stride 2 with "same" padding pads one side only where its input is even, so the centre of cell i
of the last map is at pixel 32 i + 31 of an image whose edge is a multiple of 32, and at 32 i where it is a
multiple of 32 plus one. Resized evenly to the image, every heat map would be half a cell too far up and
left. To which part of its receptive field a cell responds is measured (`engine.classify.map_shift`).
"""

from dataclasses import dataclass, replace

from engine.classify.architectures import ARCHITECTURES, Downsampling
from engine.classify.card import Card


@dataclass(frozen=True, slots=True)
class MapPlacement:
    """Centres of a map's cells along one edge: `origin` of the first and `step` to the next.

    In pixels of the network's input, whose edge is `size`; pixel 0 has its centre at 0.
    """

    origin: float
    step: float
    size: int


def placement_for_model(card: Card) -> MapPlacement:
    """Return the cell positions of a model's maps; a mean over several views is spaced evenly.

    They are measured, else computed from the paddings of the architecture.
    """
    size, cells = card.preprocessing.size, card.map_size[0]
    architecture = ARCHITECTURES.get(card.architecture)
    # None: an architecture of a later version of the program.
    if architecture is None or card.preprocessing.views > 1:
        step = size / cells
        return MapPlacement((step - 1) / 2, step, size)
    placement = compute_placement(architecture.downsampling, size)
    if card.map_shift is None:
        return placement
    even_origin = (size - 1 - placement.step * (cells - 1)) / 2
    return replace(placement, origin=even_origin - card.map_shift * placement.step)


def compute_placement(downsampling: tuple[Downsampling, ...], size: int) -> MapPlacement:
    """Return the cell positions of the last map after these layers of stride 2; `size` is the input edge."""
    origin, step, edge = 0.0, 1.0, size
    for padding in downsampling:
        if padding == "pool":
            shift, edge = 0.5, edge // 2
        else:
            shift = 1.0 if padding == "same" and edge % 2 == 0 else 0.0
            edge = (edge + 1) // 2
        origin += shift * step
        step *= 2
    return MapPlacement(origin, step, size)
