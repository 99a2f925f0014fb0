"""What a report's evaluation stands on: unseen images, and labels that a person or a folder gave."""

import numpy as np
import pytest
from tiny_model import make_tiny_bundle

from engine.classify.bundle import Bundle
from engine.exchange.report.builder import build, rows
from engine.exchange.report.context import Context, Item, of_class_set
from engine.exchange.report.evaluation import evaluated, sample
from engine.exchange.report.sections import Pages
from engine.images.class_set import load_class_set
from engine.project.reviewers import LabelOrigin
from engine.project.decisions import Decision

TOGETHER, ALONE = LabelOrigin("confirm", 9), LabelOrigin("confirm", 1)


@pytest.fixture
def context(tmp_path):
    card = Bundle.open(make_tiny_bundle(tmp_path / "tiny")).card

    def make(given=None):
        return Context(card, of_class_set(load_class_set()), given=given or {})

    return make


def item(path, said, folder=None, person=None, seen=None):
    """An image that the model calls `said`; the folder's class and a person's are another's word."""
    classes = load_class_set().ids
    values = np.full(8, 0.02, np.float32)
    values[classes.index(said)] = 0.86
    return Item(path, "", folder, None, values, Decision(label=person), seen)


def test_seen_images_are_apart(context):
    items = [
        item("a", "monocyte", "monocyte", seen=True),
        item("b", "monocyte", "basophil", seen=True),
        item("c", "monocyte", "monocyte", seen=False),
        item("d", "basophil", "monocyte", seen=False),
        item("e", "basophil", "monocyte", seen=False),
        item("f", "basophil"),
    ]
    found = build(items, context()).evaluation
    assert (found.basis, found.metrics.n, found.apart.n) == ("unseen", 3, 2)
    assert found.metrics.accuracy == pytest.approx(1 / 3)
    assert found.apart.accuracy == 0.5
    assert {one.image for one in found.mistakes} == {"d", "e"}
    assert {path for path, _ in sample(items, context(), 9)} == {"c", "d", "e"}
    assert [row.seen for row in rows(items, context())] == [True, True, False, False, False, None]
    whole = str(Pages(build(items, context())).sections(()))
    assert "trained on none of these images" in whole
    assert "On 2 images that it was trained on" in whole


def test_where_all_are_seen_or_nobody_knows_it_is_said(context):
    for seen, words in ((True, "trained on all of these images"), (None, "does not list")):
        items = [item(name, "monocyte", "monocyte", seen=seen) for name in "ab"]
        report = build(items, context())
        assert report.evaluation.metrics.n == 2
        assert report.evaluation.basis == ("seen" if seen else "unknown")
        assert words in str(Pages(report).sections(()))


def test_what_was_taken_over_for_several_at_once_says_nothing_of_the_model(context):
    items = [
        # In a folder of another class, and in none.
        *(item(f"a{n}", "monocyte", "basophil", "monocyte") for n in range(2)),
        *(item(f"b{n}", "monocyte", None, "monocyte") for n in range(3)),
        item("c", "monocyte", None, "basophil"),
        item("d", "monocyte", None, "monocyte"),
    ]
    given = {one.path: TOGETHER for one in items[:5]} | {"c": ALONE, "d": ALONE}
    report = build(items, context(given))
    assert (report.agreement.n, report.agreement.agreed) == (2, 1)
    assert (report.together.n, report.together.agreed) == (5, 5)
    found = report.evaluation
    assert (found.metrics.n, found.metrics.accuracy, found.together) == (4, 0.25, 3)
    counted = evaluated(items, context(given)).counted
    assert [one.path for one, *_ in counted] == ["a0", "a1", "c", "d"]
    whole = str(Pages(report).sections(()))
    assert "5 more cells were labelled in bulk" in whole
    assert "3 images labelled only by confirming predictions in bulk" in whole


def test_confirming_all_at_once_is_no_agreement_and_no_evaluation(context):
    items = [item(name, "monocyte", None, "monocyte") for name in "abc"]
    report = build(items, context({one.path: TOGETHER for one in items}))
    assert (report.agreement.n, report.agreement.kappa) == (0, None)
    assert (report.together.n, report.evaluation) == (3, None)
