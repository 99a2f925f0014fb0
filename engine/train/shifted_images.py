"""Shifted images: validation images as other laboratories and bad pictures would show them, for calibration.

A third each: one of the eleven corruptions, another laboratory's stain, and a stain stronger than any that a
model is trained on, so that the images lie near and far from the training images.
"""

import numpy as np

from engine.evaluate.corruptions import CORRUPTIONS, SEVERITIES
from engine.images.record import Pixels
from engine.train.augmentation import augment
from engine.train.augmentation_recipe import Augmentation, Colour, Degradation, Geometry, Laboratory

Rng = np.random.Generator

_STRONG = 1.8  # times the strength of the policy
_POLICY = Augmentation(
    geometry=Geometry(shift=0.1, zoom=1.25, far=0.35, far_zoom=(0.6, 2.5)),
    colour=Colour(
        share=0.5, density=1.5, brightness=0.12, contrast=0.5, saturation=0.6, hue=20, gain=2.2
    ),
    laboratory=Laboratory(share=0.6, mixing=0.4, strength=1.8, tint=0.35, haze=0.6, sharpening=0.8),
    degrade=Degradation(
        share=0.35, blur=0.025, defocus=0.035, motion=0.1, jpeg=5, noise=15, pixels=4.5
    ),
)


def shift_image(image: Pixels, number: int, rng: Rng, size: int) -> Pixels:
    """Return a changed copy of a square image; `number` chooses the kind, so that each has the same share."""
    kind, variant = number % 3, number // 3
    if kind == 0:
        names = list(CORRUPTIONS)
        level = variant // len(names) % len(SEVERITIES)
        return CORRUPTIONS[names[variant % len(names)]](image, level, rng)
    return augment(image, _POLICY, rng, 1.0 if kind == 1 else _STRONG, size)
