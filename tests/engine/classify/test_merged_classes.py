"""Merged classes."""

import numpy as np

from engine.classify.merged_classes import merge_matrix


def test_probabilities_of_merged_classes_are_summed():
    names, matrix = merge_matrix(("a", "b", "c", "d"), {"c": "a", "d": "new"})
    assert names == ("a", "b", "new")
    probabilities = np.array([[0.125, 0.5, 0.25, 0.125]], np.float32)
    np.testing.assert_array_equal(probabilities @ matrix, [[0.375, 0.5, 0.125]])


def test_without_merged_classes_nothing_changes():
    names, matrix = merge_matrix(("a", "b"), None)
    assert names == ("a", "b")
    np.testing.assert_array_equal(matrix, np.eye(2))
