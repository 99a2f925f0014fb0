"""Linear head fitted to embeddings."""

import numpy as np
import pytest

from engine.jobs import Job
from engine.messages import Problem
from engine.train.linear_head import cross_validate_head, fit_kernel, fit_linear_head


def embeddings(classes, each, seed=0, size=64):
    rng = np.random.default_rng(seed)
    centres = np.random.default_rng(9).normal(0, 1, (classes, size))
    labels = np.repeat(np.arange(classes), each)
    return (centres[labels] + rng.normal(0, 0.6, (len(labels), size))).astype(np.float16), labels


@pytest.mark.parametrize("classes", [2, 5])
def test_head_generalises_to_new_embeddings(classes):
    known, labels = embeddings(classes, 80)
    other, truth = embeddings(classes, 50, seed=1)
    kernel, bias = fit_kernel(known, labels)
    assert kernel.shape == (64, classes)
    assert ((other @ kernel + bias).argmax(1) == truth).mean() > 0.97


def test_no_unlabelled_image_changes_nothing():
    views, labels = embeddings(3, 8)
    views = np.repeat(views[:, None], 2, axis=1)
    alone = fit_kernel(views, labels)
    empty = fit_kernel(views, labels, np.empty((0, 64), np.float16))
    assert all(np.array_equal(a, b) for a, b in zip(alone, empty, strict=True))


def test_child_process_fits_a_new_class():
    known, labels = embeddings(3, 40)
    head = fit_linear_head(Job(), known, labels, ("basophil", "monocyte", "smudge"))
    assert (head.logits(known).argmax(1) == labels).mean() > 0.97
    assert head.classes[2] == "smudge"


def test_cross_validation_does_not_use_the_image_itself():
    known, labels = embeddings(3, 20)
    # A label that only the image itself could have taught.
    labels[0] = 1
    views = np.repeat(known[:, None], 2, axis=1)
    folds = np.arange(len(labels)) % 5
    folds[7] = -1
    logits = cross_validate_head(Job(), views, labels, known, folds)
    assert np.isnan(logits[7]).all()
    others = np.setdiff1d(np.arange(1, len(labels)), 7)
    assert (logits[others].argmax(1) == labels[others]).mean() > 0.97
    assert logits[0].argmax() == 0


def test_class_without_images_raises_a_problem():
    known, labels = embeddings(2, 10)
    with pytest.raises(Problem) as caught:
        fit_linear_head(Job(), known, labels, ("basophil", "monocyte", "smudge"))
    assert caught.value.message.id == "quick.no_images"


def test_what_changes_between_views_does_not_decide():
    """The classes differ little in one direction; all views of an image vary much in others."""
    rng = np.random.default_rng(0)
    nuisance = np.linalg.qr(rng.normal(0, 1, (64, 40)))[0]

    def views_of(images, views):
        labels = np.repeat(np.arange(2), images)
        cells = np.zeros((len(labels), 64))
        cells[:, 0] = np.where(labels, 1, -1)
        cells = np.repeat(cells + rng.normal(0, 0.3, cells.shape), views, axis=0)
        cells += rng.normal(0, 3, (len(cells), 40)) @ nuisance.T
        return cells.astype(np.float32), np.repeat(labels, views)

    trained, labels = views_of(10, 8)
    others, truth = views_of(200, 1)

    def accuracy(embeddings, labels, unlabelled=None):
        kernel, bias = fit_kernel(embeddings, labels, unlabelled)
        return ((others @ kernel + bias).argmax(1) == truth).mean()

    in_views = trained.reshape(-1, 8, 64), labels[::8]
    assert accuracy(*in_views) > accuracy(trained, labels) + 0.02


def test_unlabelled_images_show_where_the_classes_part():
    """Two labelled cells a class say little about its middle, the unlabelled ones much."""
    rng = np.random.default_rng(4)
    centres = np.eye(3, 32)

    def cells_of(labels):
        return (centres[labels] + rng.normal(0, 0.3, (len(labels), 32))).astype(np.float32)

    labels, truth = np.repeat(np.arange(3), 2), np.repeat(np.arange(3), 100)
    noise = rng.normal(0, 0.1, (6, 8, 32)).astype(np.float32)
    views, unlabelled = cells_of(labels)[:, None] + noise, cells_of(truth)

    def accuracy(found):
        kernel, bias = found
        return ((unlabelled @ kernel + bias).argmax(1) == truth).mean()

    alone = accuracy(fit_kernel(views, labels))
    assert accuracy(fit_kernel(views, labels, unlabelled)) > alone + 0.03


def test_a_single_class_raises_a_problem():
    known, labels = embeddings(1, 10)
    with pytest.raises(Problem) as caught:
        fit_linear_head(Job(), known, labels, ("basophil",))
    assert caught.value.message.id == "train.one_class"
