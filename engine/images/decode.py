"""From a file's bytes to RGB pixels."""

import hashlib
import io

import numpy as np
from PIL import Image

from engine.images.record import Picture
from engine.messages import Problem


def decode(data: bytes) -> Picture:
    """Decode an image file's content; raises `Problem` (`image.*`)."""
    try:
        image = Image.open(io.BytesIO(data))
        pixels = np.asarray(image if image.mode == "RGB" else image.convert("RGB"))
    except (OSError, ValueError, SyntaxError) as error:
        raise Problem("image.damaged") from error
    return Picture(pixels, hashlib.sha256(data).hexdigest())
