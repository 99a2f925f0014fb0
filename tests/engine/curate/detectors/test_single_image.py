"""Faults of quality are told from the set they stand in."""

import cv2
import numpy as np
import pytest

from engine.curate.detectors.base import DetectorContext
from engine.curate.image_features import measure_features
from engine.curate.image_set import ImageSet
from engine.curate.detectors.single_image import Quality
from engine.images.record import ImageRecord

USUAL = 80


def cell(seed: int, x: int = 48) -> np.ndarray:
    rng = np.random.default_rng(seed)
    picture = np.full((96, 96, 3), (222, 200, 205), np.uint8)
    middle = x + int(rng.integers(-4, 5)), 48 + int(rng.integers(-4, 5))
    cv2.circle(picture, middle, int(rng.integers(17, 22)), (120, 70, 160), -1, cv2.LINE_AA)
    return np.clip(picture + rng.normal(0, 6, picture.shape), 0, 255).astype(np.uint8)


def found(odd: np.ndarray) -> dict[str, str]:
    """Return the reasons by path, of one odd picture among usual ones."""
    facts = np.concatenate([measure_features(one) for one in [*map(cell, range(USUAL)), odd]])
    count = len(facts)
    names = [f"{number}.png" for number in range(USUAL)] + ["odd.png"]
    records = [ImageRecord(name, None, None, 1, 1) for name in names]
    hashes = [f"{number:064x}" for number in range(count)]
    empty = np.zeros((count, 2), np.float16), np.zeros((count, 2), np.float32)
    folder = ImageSet(records, [], np.arange(count), hashes, facts, *empty, ("a", "b"))
    return {one.path: one.reason.id for one in Quality().find(DetectorContext(folder, {}, ()))}


def clipped() -> np.ndarray:
    return np.clip(cell(500) * 1.6 + 20, 0, 255).astype(np.uint8)


def pale() -> np.ndarray:
    return (235 - (235 - cell(500).astype(float)) * 0.6).astype(np.uint8)


@pytest.mark.parametrize(
    ("fault", "odd"),
    [
        ("dark", (cell(500) * 0.3).astype(np.uint8)),
        ("bright", clipped()),
        ("blur", cv2.GaussianBlur(cell(500), (0, 0), 4)),
        ("size", cell(500)[:, :30]),
        ("cut", cell(500, x=2)),
    ],
)
def test_the_fault_is_named_and_no_usual_picture(fault, odd):
    assert found(np.ascontiguousarray(odd)) == {"odd.png": f"finding.{fault}"}


def test_a_usual_picture_is_not_found():
    assert found(cell(500)) == {}


def test_a_pale_smear_is_not_blurred():
    assert found(pale()).get("odd.png") != "finding.blur"
