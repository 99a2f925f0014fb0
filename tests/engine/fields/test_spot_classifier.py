"""Spot classifier: its trees, and files that are damaged or for other features."""

from dataclasses import replace

import numpy as np
import pytest

from engine.damaged_data import DamagedData
from engine.fields.spot_classifier import (
    SpotClassifier,
    read_classifier,
    shipped_classifier,
    write_classifier,
)
from engine.fields.spots import FEATURES


def logit(probability):
    return np.log(probability / (1 - probability))


@pytest.fixture
def classifier():
    """Return a classifier of two trees: one asks for features 0 and 1, the other is a leaf."""
    return SpotClassifier(
        names=np.array(FEATURES),
        roots=np.array([0, 5], np.int32),
        feature=np.array([0, 1, 0, 0, 0, 0], np.int32),
        threshold=np.array([0.5, 2.0, 0, 0, 0, 0], np.float32),
        left=np.array([1, 3, 2, 3, 4, 5], np.int32),
        right=np.array([2, 4, 2, 3, 4, 5], np.int32),
        score=np.array([0, 0, 1.0, -1.0, 3.0, 0.25], np.float32),
        start=np.array([-0.5], np.float32),
        limit=np.array([0.4], np.float32),
    )


def features(*rows):
    columns = np.zeros((len(rows), len(FEATURES)), np.float32)
    columns[:, :2] = np.reshape(rows, (-1, 2))
    return columns


def test_each_tree_adds_the_score_of_its_leaf(classifier):
    found = classifier.probabilities(features((0.5, 2.0), (0.5, 2.1), (0.6, 2.0)))
    np.testing.assert_allclose(logit(found), [-1.25, 2.75, 0.75], rtol=1e-4)
    assert classifier.probabilities(features()).shape == (0,)


def test_it_is_read_as_it_was_written(classifier, tmp_path):
    write_classifier(tmp_path / "a.npz", classifier)
    rows = features((0.5, 2.0), (0.6, 2.0))
    again = read_classifier(tmp_path / "a.npz")
    np.testing.assert_array_equal(again.probabilities(rows), classifier.probabilities(rows))


def test_the_shipped_one_can_be_read():
    classifier = shipped_classifier()
    found = classifier.probabilities(np.zeros((3, len(FEATURES)), np.float32))
    assert ((found >= 0) & (found <= 1)).all()
    assert 0 < classifier.limit[0] < 1


def test_a_damaged_file_is_refused_whole(classifier, tmp_path):
    file = tmp_path / "a.npz"
    write_classifier(file, classifier)
    data = bytearray(file.read_bytes())
    rows = features((0.5, 2.0), (0.6, 2.0))
    expected = classifier.probabilities(rows)
    refused = 0
    for place in range(0, len(data), 7):
        changed = data.copy()
        changed[place] ^= 0x55
        file.write_bytes(changed)
        try:
            np.testing.assert_array_equal(read_classifier(file).probabilities(rows), expected)
        except DamagedData:
            refused += 1
    assert refused > len(data) // 14  # Some bytes, such as dates in the archive, mean nothing here.
    file.write_bytes(data[: len(data) // 2])
    with pytest.raises(DamagedData):
        read_classifier(file)


@pytest.mark.parametrize(
    "change",
    [
        {"names": np.array(("size", *FEATURES[1:]))},
        {"left": np.array([9, 3, 2, 3, 4, 5], np.int32)},
        {"roots": np.array([0, -1], np.int32)},
        {"feature": np.array([len(FEATURES), 1, 0, 0, 0, 0], np.int32)},
    ],
    ids=["other features", "no such node", "negative root", "no such feature"],
)
def test_trees_that_lead_nowhere_are_refused(classifier, tmp_path, change):
    write_classifier(tmp_path / "a.npz", replace(classifier, **change))
    with pytest.raises(DamagedData):
        read_classifier(tmp_path / "a.npz")
