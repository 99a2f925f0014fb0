"""PNG files of images and heat maps."""

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt


def encode_png(pixels: npt.NDArray[np.uint8]) -> bytes:
    """Return a PNG of pixels, (h, w, 3) RGB or (h, w) grey, uint8."""
    stored: Any = pixels[..., ::-1] if pixels.ndim == 3 else pixels
    is_encoded, data = cv2.imencode(".png", stored)
    assert is_encoded
    return data.tobytes()
