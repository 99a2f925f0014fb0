"""Labels that the model contradicts are found among few images; unchecked labels are named."""

import numpy as np
import pytest

from engine.curate.model_contradictions import find_contradictions, unchecked_labels

CLASSES = ("basophil", "lymphocyte", "monocyte")


def probabilities(*predicted, sure=0.97):
    rows = np.full((len(predicted), len(CLASSES)), (1 - sure) / 2, np.float32)
    rows[np.arange(len(predicted)), [CLASSES.index(name) for name in predicted]] = sure
    return rows


def test_one_wrong_label_among_few_is_found_with_the_right_class():
    labels = ["basophil", "basophil", "lymphocyte"]
    found = find_contradictions(
        labels, probabilities("basophil", "monocyte", "lymphocyte", sure=0.99), CLASSES
    )
    assert found.classes == (None, "monocyte", None)
    assert found.probabilities[1] == pytest.approx(0.99)


def test_doubt_is_no_contradiction():
    found = find_contradictions(["basophil"], probabilities("monocyte", sure=0.9), CLASSES)
    assert found.classes == (None,)


def test_a_class_that_the_model_reads_otherwise_throughout_is_not_contradicted():
    labels = ["basophil"] * 9 + ["lymphocyte"] * 2
    read = ["monocyte"] * 6 + ["basophil"] * 3 + ["monocyte"] * 2
    found = find_contradictions(labels, probabilities(*read, sure=0.99), CLASSES)
    assert found.classes == (None,) * 9 + ("monocyte",) * 2


def test_images_without_a_label_or_with_one_of_another_class_are_not_contradicted():
    found = find_contradictions(
        [None, "blast"], probabilities("monocyte", "monocyte", sure=0.99), CLASSES
    )
    assert found.classes == (None, None)
    assert find_contradictions([], np.empty((0, 3), np.float32), CLASSES).classes == ()


def test_the_model_sees_a_merged_class_as_that_of_the_project():
    labels = ["lymphocyte", "lymphocyte"]
    read = probabilities("monocyte", "basophil", sure=0.99)
    found = find_contradictions(labels, read, CLASSES, {"monocyte": "lymphocyte"})
    assert found.classes == (None, "basophil")


def test_classes_of_few_images_are_named():
    names = {"basophil": "Basophil", "blast": "Blast"}
    assert unchecked_labels({"basophil": 10, "blast": 10}, CLASSES, names) is None
    by_model = unchecked_labels({"basophil": 9, "blast": 10}, CLASSES, names)
    assert (by_model.id, by_model.params["classes"]) == ("labels.model_only", "Basophil")
    unchecked = unchecked_labels({"basophil": 10, "blast": 1}, CLASSES, names)
    assert (unchecked.id, unchecked.params["classes"]) == ("labels.unchecked", "Blast")
    both = unchecked_labels({"basophil": 9, "blast": 1}, CLASSES, names)
    assert both.id == "labels.partly"
    assert (both.params["classes"], both.params["unchecked"]) == ("Basophil", "Blast")
