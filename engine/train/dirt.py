"""What lies on a slide over the cell: deposits of dried stain, and bubbles."""

import cv2
import numpy as np
import numpy.typing as npt

from engine.images.record import Pixels
from engine.train.recipe import Dirt

Rng = np.random.Generator
Float = npt.NDArray[np.float32]

_COARSE = 12  # places along an edge at which a blot's rim is drawn
_RAGGED = 0.35


def soil(image: Pixels, dirt: Dirt, rng: Rng) -> Pixels:
    """Lay deposits or bubbles over a square image."""
    ways = []
    if dirt.deposits:
        ways.append(deposits)
    if dirt.bubbles:
        ways.append(bubbles)
    return ways[rng.integers(len(ways))](image, dirt, rng) if ways else image


def deposits(image: Pixels, dirt: Dirt, rng: Rng) -> Pixels:
    """Lay dark blots with ragged rims over the image, black or of any dark colour."""
    # Drawn at half the size: a blot is smooth, and this is the slowest of all that is done to a picture.
    edge = max(_COARSE, image.shape[0] // 2)
    y, x = np.mgrid[:edge, :edge].astype(np.float32) / edge
    cover = np.zeros((edge, edge), np.float32)
    for _ in range(rng.integers(1, dirt.deposits + 1)):
        radius = dirt.deposit * rng.uniform(0.2, 1)
        middle, turn = rng.uniform(0, 1, 2), rng.uniform(0, np.pi)
        long = rng.uniform(1, 1.8)
        along = (x - middle[0]) * np.cos(turn) + (y - middle[1]) * np.sin(turn)
        across = (y - middle[1]) * np.cos(turn) - (x - middle[0]) * np.sin(turn)
        noise = rng.standard_normal((_COARSE, _COARSE)).astype(np.float32)
        rim = 1 + _RAGGED * cv2.resize(noise, (edge, edge), interpolation=cv2.INTER_CUBIC)
        inside = rim - np.hypot(along / long, across * long) / radius
        cover = np.maximum(cover, np.clip(inside * radius * edge / 2, 0, 1))
    cover = cv2.resize(cover, image.shape[:2], interpolation=cv2.INTER_LINEAR)
    dark = rng.integers(0, 80, 3) if rng.random() < 0.4 else np.zeros(3)
    return _over(image, cover * np.float32(rng.uniform(0.75, 1)), dark)


def bubbles(image: Pixels, dirt: Dirt, rng: Rng) -> Pixels:
    """Lay pale discs over the image, see-through, with a denser rim."""
    edge = image.shape[0]
    cover = np.zeros((edge, edge), np.float32)
    dense = rng.uniform(0.3, 0.6)
    for _ in range(rng.integers(1, dirt.bubbles + 1)):
        middle = tuple(int(one) for one in rng.integers(0, edge, 2))
        radius = max(1, round(edge * dirt.bubble * rng.uniform(0.15, 1)))
        cv2.circle(cover, middle, radius, dense, -1, cv2.LINE_AA)
        cv2.circle(cover, middle, radius, min(1.0, dense * 1.3), max(1, edge // 100), cv2.LINE_AA)
    return _over(image, cover, np.full(3, 255))


def _over(image: Pixels, cover: Float, colour: npt.NDArray[np.number]) -> Pixels:
    share = cover[..., None]
    laid = image * (1 - share) + share * colour.astype(np.float32)
    return (laid + 0.5).clip(0, 255).astype(np.uint8)
