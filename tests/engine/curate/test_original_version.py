"""The original of several versions is found, however the others were made."""

import cv2
import numpy as np
import pytest
from PIL import Image

from engine.curate.original_version import ImageVersion, find_original, measure_detail
from engine.images.sample.writer import write_sample

INTERPOLATIONS = {
    "nearest": cv2.INTER_NEAREST,
    "linear": cv2.INTER_LINEAR,
    "cubic": cv2.INTER_CUBIC,
    "lanczos": cv2.INTER_LANCZOS4,
}


@pytest.fixture(scope="module")
def cells(tmp_path_factory):
    """Return a few drawn cells, RGB uint8."""
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder)
    files = (
        sorted((folder / "monocyte").glob("*"))[:2] + sorted((folder / "platelet").glob("*"))[:2]
    )
    return [np.asarray(Image.open(file).convert("RGB")) for file in files]


def version(pixels, suffix=".png", size=1000):
    height, width = pixels.shape[:2]
    return ImageVersion(height * width, measure_detail(pixels), suffix, size)


def scaled(pixels, factor, method):
    height, width = pixels.shape[:2]
    return cv2.resize(pixels, (round(width * factor), round(height * factor)), interpolation=method)


@pytest.mark.parametrize("name", INTERPOLATIONS)
@pytest.mark.parametrize("factor", [1.25, 1.5, 2.0])
def test_enlarged_and_rotated_copy_is_not_the_original(cells, name, factor):
    for pixels in cells:
        larger = np.ascontiguousarray(np.rot90(scaled(pixels, factor, INTERPOLATIONS[name])))
        assert find_original([version(larger), version(pixels)]) == 1
        assert find_original([version(pixels), version(larger)]) == 0


@pytest.mark.parametrize("factor", [0.5, 0.75])
def test_reduced_copy_is_not_the_original(cells, factor):
    for pixels in cells:
        smaller = scaled(pixels, factor, cv2.INTER_AREA)
        assert find_original([version(smaller), version(pixels)]) == 1


def test_blurred_copy_is_not_the_original(cells):
    for pixels in cells:
        blurred = cv2.GaussianBlur(pixels, (0, 0), 1.5)
        assert find_original([version(blurred), version(pixels)]) == 1


def test_larger_file_of_the_same_format_and_size_is_the_original(cells):
    pixels = cells[0]
    rotated = np.ascontiguousarray(np.rot90(pixels))
    small, large = version(rotated, ".jpg", 900), version(pixels, ".jpg", 2000)
    assert find_original([small, large]) == 1
    assert find_original([large, small]) == 0


def test_first_of_equal_and_flat_versions_is_the_original():
    flat = np.full((40, 40, 3), 200, np.uint8)
    assert find_original([version(flat), version(flat)]) == 0
    assert measure_detail(np.zeros((1, 3, 3), np.uint8)) == 0.0
