"""Camera augmentation: sharpening and stray light, as cameras of other laboratories add them."""

import cv2
import numpy as np

from engine.images.record import Pixels
from engine.train.augmentation_recipe import Laboratory

Rng = np.random.Generator

_SHARPENED_SHARE, _HAZY_SHARE = 0.4, 0.6  # of the images of another laboratory
_MIN_SIGMA, _MAX_SIGMA = 0.006, 0.02  # of the image's edge
_TINT_LEVELS = 50.0  # by which a channel of the stray light differs from grey, at most


def vary_camera(image: Pixels, laboratory: Laboratory, rng: Rng, strength: float = 1.0) -> Pixels:
    """Sharpen some images, and lay stray light of one colour over some; `strength` 0..1 scales both."""
    changed = image.astype(np.float32)
    if laboratory.sharpening and rng.random() < _SHARPENED_SHARE:
        sigma = image.shape[0] * rng.uniform(_MIN_SIGMA, _MAX_SIGMA)
        soft = cv2.GaussianBlur(changed, (0, 0), sigma)
        if rng.random() < 0.5:
            changed = soft + (1 + laboratory.sharpening * strength * rng.random()) * (
                changed - soft
            )
        else:
            # Out of focus, then sharpened: no detail, but a rim around every edge.
            softer = cv2.GaussianBlur(soft, (0, 0), sigma)
            changed = soft + laboratory.sharpening * strength * (soft - softer)
    if laboratory.haze and rng.random() < _HAZY_SHARE:
        share = laboratory.haze * strength * rng.random()
        grey = (float(changed.mean()) + rng.uniform(20, 235)) / 2
        light = np.clip(grey + rng.uniform(-_TINT_LEVELS, _TINT_LEVELS, 3), 0, 255)
        changed = changed * np.float32(1 - share) + (light * share).astype(np.float32)
    return np.asarray(np.clip(changed + 0.5, 0, 255), np.uint8)
