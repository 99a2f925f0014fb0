"""Quality problems are detected relative to the other images of the set."""

import cv2
import numpy as np
import pytest

from engine.curate.detectors.base import DetectorContext
from engine.curate.detectors.single_image import NoneOfThese, Quality
from engine.curate.image_features import measure_features
from engine.curate.image_set import ImageSet
from engine.images.record import ImageRecord

USUAL_COUNT = 80


def cell(seed: int, x: int = 48) -> np.ndarray:
    rng = np.random.default_rng(seed)
    image = np.full((96, 96, 3), (222, 200, 205), np.uint8)
    middle = x + int(rng.integers(-4, 5)), 48 + int(rng.integers(-4, 5))
    cv2.circle(image, middle, int(rng.integers(17, 22)), (120, 70, 160), -1, cv2.LINE_AA)
    return np.clip(image + rng.normal(0, 6, image.shape), 0, 255).astype(np.uint8)


def quality_reasons(odd: np.ndarray) -> dict[str, str]:
    """Return the reasons by path for one odd image among usual ones."""
    features = np.concatenate(
        [measure_features(image) for image in [*map(cell, range(USUAL_COUNT)), odd]]
    )
    count = len(features)
    names = [f"{number}.png" for number in range(USUAL_COUNT)] + ["odd.png"]
    records = [ImageRecord(name, None, None, 1, 1) for name in names]
    hashes = [f"{number:064x}" for number in range(count)]
    empty = np.zeros((count, 2), np.float16), np.zeros((count, 2), np.float32)
    image_set = ImageSet(records, [], np.arange(count), hashes, features, *empty, ("a", "b"))
    return {
        finding.path: finding.reason.id
        for finding in Quality().find(DetectorContext(image_set, {}, ()))
    }


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
def test_quality_reports_only_the_odd_image_with_its_fault(fault, odd):
    assert quality_reasons(np.ascontiguousarray(odd)) == {"odd.png": f"finding.{fault}"}


def test_quality_ignores_a_usual_image():
    assert quality_reasons(cell(500)) == {}


def test_quality_does_not_call_a_pale_smear_blurred():
    assert quality_reasons(pale()).get("odd.png") != "finding.blur"


def unknown_findings(unknown, off_topic_row=2):
    names = [f"{number}.png" for number in range(4)]
    records = [ImageRecord(name, None, None, 1, 1) for name in names]
    features = np.concatenate([measure_features(cell(number)) for number in range(3)])
    empty = np.zeros((3, 2), np.float16), np.zeros((3, 2), np.float32)
    # The last image is a copy of the first one.
    rows, hashes = np.array([0, 1, 2, 0]), [f"{number:064x}" for number in range(3)]
    image_set = ImageSet(records, [], rows, hashes, features, *empty, ("a", "b"))
    unlike = np.zeros(3, np.float32)
    unlike[off_topic_row] = 99
    return list(
        NoneOfThese().find(DetectorContext(image_set, {"outlier_scores": unlike}, (), unknown))
    )


def test_cells_over_the_limit_are_none_of_the_classes():
    findings = unknown_findings(np.array([1.5, 0.9, 4.0], np.float32))
    assert [(finding.path, finding.action) for finding in findings] == [
        ("0.png", "review"),
        ("3.png", "review"),
    ]
    assert findings[0].reason.params["times"] == 1.5
    assert 0.5 < findings[0].score < 1


def test_a_model_without_limits_finds_no_cells_of_no_class():
    assert unknown_findings(None) == []
