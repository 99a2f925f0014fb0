"""Drawn landscape (hills, sky and sun) as an off-topic image."""

import cv2
import numpy as np

from engine.images.record import Pixels
from engine.images.sample.canvas import Rng, photograph
from engine.images.sample.field import EDGE

_HILLS = ((118, 158, 132), (84, 130, 96), (52, 96, 62))


def draw_landscape(rng: Rng) -> Pixels:
    """Draw a landscape, RGB uint8 (360, 360, 3)."""
    down = np.linspace(0, 1, EDGE, dtype=np.float32)[:, None, None]
    sky = np.array([98, 158, 226], np.float32) * (1 - down) + np.array([238, 226, 206]) * down
    image = np.ascontiguousarray(np.broadcast_to(sky, (EDGE, EDGE, 3)), np.float32)
    cv2.circle(image, (int(rng.integers(60, 300)), 80), 30, (255, 240, 190), -1, cv2.LINE_AA)
    across = np.arange(EDGE)
    for layer, colour in enumerate(_HILLS):
        ridge = 190 + 50 * layer + 16 * np.sin(across / rng.uniform(28, 60) + rng.uniform(0, 6))
        ridge += 7 * np.sin(across / rng.uniform(9, 18) + rng.uniform(0, 6))
        outline = np.column_stack([across, ridge])
        corners = np.vstack([outline, [[EDGE, EDGE], [0, EDGE]]]).astype(np.int32)
        cv2.fillPoly(image, [corners], colour, cv2.LINE_AA)
    return photograph(image, rng)
