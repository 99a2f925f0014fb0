"""Class probabilities passed on between similar images."""

import numpy as np

from engine.train.label_propagation import propagate_labels


def test_a_cluster_takes_the_class_of_its_labelled_image():
    rng = np.random.default_rng(0)
    centres = np.eye(3, 16) * 4
    truth = np.repeat(np.arange(3), 20)
    unlabelled = (centres[truth] + rng.normal(0, 0.4, (60, 16))).astype(np.float32)
    unsure = np.full((60, 3), 1 / 3, np.float32)
    found = propagate_labels(centres.astype(np.float32), np.arange(3), unlabelled, unsure)
    assert found.shape == (60, 3)
    assert np.allclose(found.sum(axis=1), 1, atol=1e-5)
    assert (found.argmax(axis=1) == truth).all()


def test_similar_images_outvote_a_wrong_guess():
    unlabelled = np.tile(np.array([[1, 0.1]], np.float32), (12, 1))
    shares = np.tile(np.array([[0.7, 0.3]], np.float32), (12, 1))
    shares[5] = 0.3, 0.7
    labelled = np.array([[1, 0], [0, 1]], np.float32)
    found = propagate_labels(labelled, np.arange(2), unlabelled, shares)
    assert (found.argmax(axis=1) == 0).all()


def test_a_single_image_and_images_without_direction_are_fine():
    labelled = np.array([[1, 0], [0, 1]], np.float32)
    shares = np.array([[0.6, 0.4]], np.float32)
    for image in ([2, 0.1], [0, 0]):
        found = propagate_labels(labelled, np.arange(2), np.array([image], np.float32), shares)
        assert found.argmax() == 0
        assert np.isfinite(found).all()
