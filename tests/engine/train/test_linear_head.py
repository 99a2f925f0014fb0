"""A head on embeddings, and which images to label next."""

import numpy as np
import pytest

from engine.jobs import Job
from engine.messages import Problem
from engine.train.active_learning import select_for_labelling
from engine.train.heads import fit_kernel
from engine.train.linear_head import fit_linear_head


def embeddings(classes, each, seed=0, size=64):
    rng = np.random.default_rng(seed)
    centres = np.random.default_rng(9).normal(0, 1, (classes, size))
    labels = np.repeat(np.arange(classes), each)
    return (centres[labels] + rng.normal(0, 0.6, (len(labels), size))).astype(np.float16), labels


@pytest.mark.parametrize("classes", [2, 5])
def test_a_head_reads_what_it_was_not_fitted_to(classes):
    known, labels = embeddings(classes, 80)
    other, truth = embeddings(classes, 50, seed=1)
    kernel, bias = fit_kernel(known, labels)
    assert kernel.shape == (64, classes)
    assert ((other @ kernel + bias).argmax(1) == truth).mean() > 0.97


def test_a_new_class_in_a_child_of_its_own():
    known, labels = embeddings(3, 40)
    head = fit_linear_head(Job(), known, labels, ("basophil", "monocyte", "smudge"))
    assert (head.logits(known).argmax(1) == labels).mean() > 0.97
    assert head.classes[2] == "smudge"


def test_a_class_without_images_is_said():
    known, labels = embeddings(2, 10)
    with pytest.raises(Problem) as caught:
        fit_linear_head(Job(), known, labels, ("basophil", "monocyte", "smudge"))
    assert caught.value.message.id == "quick.no_images"


def test_the_first_to_label_are_of_every_class():
    points, labels = embeddings(5, 60)
    chosen = select_for_labelling(
        points, np.full((300, 5), 0.2, np.float32), np.zeros(300, bool), 10
    )
    assert len(set(chosen.tolist())) == 10
    assert set(labels[chosen]) == set(range(5))


def test_later_the_uncertain_and_never_the_labelled():
    points, _ = embeddings(2, 100)
    labelled = np.zeros(200, bool)
    labelled[::2] = True
    sure = np.tile(np.float32([0.99, 0.01]), (200, 1))
    sure[101:181] = 0.5
    chosen = select_for_labelling(points, sure, labelled, 12)
    assert not labelled[chosen].any()
    assert all(101 <= row < 181 for row in chosen)
    assert select_for_labelling(points, sure, np.ones(200, bool)).size == 0
