"""Reference cells: nearest to the mean of the class, without copies, the same each time."""

import numpy as np

from engine.explore.reference_cells import typical_rows


def test_the_nearest_to_the_mean_come_first_and_outliers_last():
    rng = np.random.default_rng(0)
    centre = rng.normal(size=64)
    spread = np.linspace(0.05, 1.5, 40)[:, None] * rng.normal(size=(40, 64))
    embeddings = (centre + spread).astype(np.float16)
    embeddings[7] = -centre
    rows = np.arange(40)
    typical = typical_rows(embeddings, rows, 5)
    assert len(typical) == 5
    assert set(typical) <= set(range(12)) - {7}
    assert typical_rows(embeddings, rows[::-1], 5).tolist() == typical.tolist()


def test_length_of_an_embedding_does_not_count():
    embeddings = np.array([[1, 0.1], [1, 0.2], [0, 100]], np.float16)
    assert 2 not in typical_rows(embeddings, np.arange(3), 2)


def test_copies_are_returned_once():
    embeddings = np.ones((6, 8), np.float16)
    embeddings[5, 0] = 2
    assert sorted(typical_rows(embeddings, np.arange(6), 4).tolist()) == [0, 5]


def test_a_class_without_images_has_none():
    assert len(typical_rows(np.ones((3, 2), np.float16), np.empty(0, np.intp), 4)) == 0


def test_of_a_very_large_class_some_are_candidates():
    embeddings = np.random.default_rng(1).normal(size=(45_000, 4)).astype(np.float16)
    assert len(typical_rows(embeddings, np.arange(45_000), 3)) == 3
