"""Corruptions: completeness, determinism, severity, image sizes."""

import numpy as np
import pytest

from engine.evaluate.corruptions import CORRUPTIONS, SEVERITIES, corrupt


def cell(edge):
    y, x = np.mgrid[:edge, :edge] - edge / 2
    image = np.full((edge, edge, 3), (225, 205, 210), np.uint8)
    image[np.hypot(x, y) < 0.4 * edge] = (205, 150, 175)
    image[np.hypot(x, y * 1.4) < 0.25 * edge] = (110, 60, 150)
    return image


def test_all_eleven_corruptions_exist():
    assert len(CORRUPTIONS) == 11


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_damage_grows_with_severity_and_is_deterministic(name):
    for edge in (64, 224):
        image = cell(edge)
        harm = []
        for severity in SEVERITIES:
            seeds = range(8)
            spoiled = [corrupt(image, name, severity, seed) for seed in seeds]
            assert (spoiled[0] == corrupt(image, name, severity, 0)).all()
            assert spoiled[0].dtype == np.uint8
            assert spoiled[0].shape == image.shape
            harm.append(
                np.mean(
                    [
                        np.abs(corrupted_image.astype(int) - image).mean()
                        for corrupted_image in spoiled
                    ]
                )
            )
        assert harm[0] > 0
        assert harm[-1] > harm[0]
