"""Simulated dirt on the slide: deposits of dried stain, and bubbles."""

import cv2
import numpy as np
import numpy.typing as npt

from engine.images.record import Pixels
from engine.train.augmentation_recipe import Dirt

Rng = np.random.Generator
Float = npt.NDArray[np.float32]

_RIM_POINTS = 12  # samples along an edge from which the rim of a deposit is interpolated
_RIM_ROUGHNESS = 0.35


def add_dirt(image: Pixels, dirt: Dirt, rng: Rng) -> Pixels:
    """Draw deposits or bubbles over a square image."""
    methods = []
    if dirt.deposits:
        methods.append(add_deposits)
    if dirt.bubbles:
        methods.append(add_bubbles)
    return methods[rng.integers(len(methods))](image, dirt, rng) if methods else image


def add_deposits(image: Pixels, dirt: Dirt, rng: Rng) -> Pixels:
    """Draw dark blots with ragged rims, black or in any dark colour."""
    # Drawn at half the size, since this is the slowest augmentation and blots are smooth.
    edge = max(_RIM_POINTS, image.shape[0] // 2)
    y, x = np.mgrid[:edge, :edge].astype(np.float32) / edge
    cover = np.zeros((edge, edge), np.float32)
    for _ in range(rng.integers(1, dirt.deposits + 1)):
        radius = dirt.deposit * rng.uniform(0.2, 1)
        centre, turn = rng.uniform(0, 1, 2), rng.uniform(0, np.pi)
        elongation = rng.uniform(1, 1.8)
        along = (x - centre[0]) * np.cos(turn) + (y - centre[1]) * np.sin(turn)
        across = (y - centre[1]) * np.cos(turn) - (x - centre[0]) * np.sin(turn)
        noise = rng.standard_normal((_RIM_POINTS, _RIM_POINTS)).astype(np.float32)
        rim = 1 + _RIM_ROUGHNESS * cv2.resize(noise, (edge, edge), interpolation=cv2.INTER_CUBIC)
        inside = rim - np.hypot(along / elongation, across * elongation) / radius
        cover = np.maximum(cover, np.clip(inside * radius * edge / 2, 0, 1))
    cover = cv2.resize(cover, image.shape[:2], interpolation=cv2.INTER_LINEAR)
    colour = rng.integers(0, 80, 3) if rng.random() < 0.4 else np.zeros(3)
    return _blend(image, cover * np.float32(rng.uniform(0.75, 1)), colour)


def add_bubbles(image: Pixels, dirt: Dirt, rng: Rng) -> Pixels:
    """Draw pale translucent discs with a denser rim."""
    edge = image.shape[0]
    cover = np.zeros((edge, edge), np.float32)
    opacity = rng.uniform(0.3, 0.6)
    for _ in range(rng.integers(1, dirt.bubbles + 1)):
        centre = tuple(int(value) for value in rng.integers(0, edge, 2))
        radius = max(1, round(edge * dirt.bubble * rng.uniform(0.15, 1)))
        cv2.circle(cover, centre, radius, opacity, -1, cv2.LINE_AA)
        cv2.circle(cover, centre, radius, min(1.0, opacity * 1.3), max(1, edge // 100), cv2.LINE_AA)
    return _blend(image, cover, np.full(3, 255))


def _blend(image: Pixels, cover: Float, colour: npt.NDArray[np.number]) -> Pixels:
    share = cover[..., None]
    blended = image * (1 - share) + share * colour.astype(np.float32)
    return (blended + 0.5).clip(0, 255).astype(np.uint8)
