"""Slices of an evaluation, and properties that tell a class by themselves."""

import numpy as np
import pytest

from engine.evaluate.slices import MIN_IMAGES, find_spurious, measure_slices

CLASSES = ("basophil", "monocyte")


def predict(labels, is_correct):
    """Probabilities (n, 2) whose likeliest class is the label where it is correct."""
    predicted = np.where(is_correct, labels, 1 - labels)
    return np.where(predicted[:, None] == np.arange(2), 0.9, 0.1).astype(np.float32)


@pytest.fixture
def labels():
    return np.random.default_rng(0).integers(0, 2, 400)


def test_the_worst_slice_comes_first_with_its_images(labels):
    folders = ["a", "b", "c", "d"] * 100
    is_correct = np.ones(400, np.bool_)
    is_correct[1::8] = False  # half of folder b
    slices = measure_slices(labels, predict(labels, is_correct), {"folder": folders})
    assert slices[0].values == "b"
    assert slices[0].accuracy == 0.5
    assert slices[0].rows.tolist() == list(range(1, 400, 4))
    assert slices[0].calibration_error == pytest.approx(0.4, abs=1e-6)
    assert [part.accuracy for part in slices[1:]] == [1, 1, 1]


def test_a_few_errors_in_a_small_slice_do_not_make_it_the_worst(labels):
    folders = ["small"] * MIN_IMAGES + ["large"] * 200 + ["rest"] * (200 - MIN_IMAGES)
    is_correct = np.ones(400, np.bool_)
    is_correct[:3] = False  # 85% of 20
    is_correct[MIN_IMAGES : MIN_IMAGES + 60] = False  # 70% of 200
    slices = measure_slices(labels, predict(labels, is_correct), {"folder": folders})
    assert slices[0].values == "large"


def test_numbers_are_cut_into_quarters(labels):
    sharpness = np.linspace(0, 1, 400)
    is_correct = sharpness >= 0.25
    slices = measure_slices(labels, predict(labels, is_correct), {"sharpness": sharpness})
    assert len(slices) == 4
    assert slices[0].accuracy == 0
    assert slices[0].rows.tolist() == list(range(100))


def test_one_value_and_tiny_groups_are_no_slices(labels):
    properties = {"size": np.full(400, 360.0), "folder": [str(row // 10) for row in range(400)]}
    assert measure_slices(labels, predict(labels, np.ones(400, np.bool_)), properties) == []


def test_unknown_shares_are_per_slice(labels):
    folders = ["a", "b"] * 200
    is_unknown = np.arange(400) % 2 == 0
    slices = measure_slices(
        labels, predict(labels, np.ones(400, np.bool_)), {"folder": folders}, is_unknown
    )
    assert {part.values: part.unknown for part in slices} == {"a": 1.0, "b": 0.0}


def test_a_property_that_tells_the_label_is_named_with_its_images(labels):
    rng = np.random.default_rng(1)
    brightness = rng.normal(0, 1, 400) - 4 * labels
    found = find_spurious(
        labels, CLASSES, {"brightness": brightness, "sharpness": rng.normal(0, 1, 400)}
    )
    assert {(spurious.name, spurious.class_id, spurious.higher) for spurious in found} == {
        ("brightness", "basophil", True),
        ("brightness", "monocyte", False),
    }
    assert all(spurious.auroc > 0.98 for spurious in found)
    darkest = found[[spurious.class_id for spurious in found].index("monocyte")].rows[0]
    assert brightness[darkest] == brightness[labels == 1].min()


def test_ties_count_half(labels):
    assert find_spurious(labels, CLASSES, {"size": np.full(400, 1.0)}) == []
    assert find_spurious(labels, CLASSES, {"size": np.full(400, 1.0)}, 0.5)[0].auroc == 0.5


def test_images_of_no_group_are_in_no_slice(labels):
    slides = ["S1", None, None, "None"] * 100
    slices = measure_slices(labels, predict(labels, np.ones(400, np.bool_)), {"slide": slides})
    assert {part.values: part.count for part in slices} == {"S1": 100, "None": 100}


def test_slice_is_weak_only_beyond_chance(labels):
    probabilities = np.eye(labels.max() + 1, dtype=np.float32)[labels]
    # One error among the first half: less accurate than the whole, yet as chance would have it.
    probabilities[0] = np.roll(probabilities[0], 1)
    half = ["first" if row < len(labels) // 2 else "second" for row in range(len(labels))]
    first, _ = measure_slices(labels, probabilities, {"half": half})
    accuracy = float((probabilities.argmax(axis=1) == labels).mean())
    assert first.accuracy < accuracy
    assert not first.is_weak(accuracy)
    probabilities[: len(labels) // 4] = np.roll(probabilities[: len(labels) // 4], 1, axis=1)
    first, _ = measure_slices(labels, probabilities, {"half": half})
    assert first.is_weak(float((probabilities.argmax(axis=1) == labels).mean()))
