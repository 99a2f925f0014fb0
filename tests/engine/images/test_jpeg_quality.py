"""Estimated JPEG quality: the setting that wrote the file."""

import io

import numpy as np
import pytest
from PIL import Image

from engine.images.decoder import decode
from engine.images.jpeg_quality import estimate_quality


def written_as(kind, **options):
    image = Image.fromarray(np.random.default_rng(0).integers(0, 255, (40, 40, 3), np.uint8))
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return decode(buffer.getvalue())


@pytest.mark.parametrize("quality", [20, 50, 75, 90, 95, 100])
def test_the_quality_is_that_of_the_encoder(quality):
    assert written_as("JPEG", quality=quality).jpeg_quality == pytest.approx(quality, abs=1)


def test_other_formats_have_none():
    assert written_as("PNG").jpeg_quality == 0
    assert estimate_quality({}) == 0
