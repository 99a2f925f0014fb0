"""After a model is adopted: what is left to label, what the labels were used for, and no false warning."""

import numpy as np
import pytest
from gui_helpers import WAIT_MS, all_read
from PIL import Image
from PySide6.QtWidgets import QPushButton
from tiny_model import class_image

from engine.classify.training_images import TrainingImages
from engine.images.perceptual_hash import compute_hashes
from engine.jobs import Job
from engine.messages import Message
from gui.train.active_learning import _suggest_images

UNLABELLED = 12


@pytest.fixture
def labelled_folder(labelled_folder):
    """Return 90 labelled images, and a few without a label."""
    (labelled_folder / "unlabelled").mkdir()
    for seed in range(UNLABELLED):
        image = Image.fromarray(class_image(seed % 3 * 3, seed=5000 + seed))
        image.save(labelled_folder / "unlabelled" / f"{UNLABELLED - seed:02}.png")
    return labelled_folder


@pytest.fixture
def adopted(evaluated, ready, qtbot):
    """Return the Train workspace after adoption, when all images are read again."""
    candidate = evaluated.retraining.outcome.candidate.card.model_id
    evaluated.retraining.adopt("the test needs it")
    qtbot.waitUntil(lambda: ready.session.active_model.card.model_id == candidate, timeout=WAIT_MS)
    qtbot.waitUntil(all_read(ready), timeout=WAIT_MS)
    return evaluated


def offered(window):
    """Return the button of the hint on a low accuracy, whatever was just measured."""
    low = Message("fields.found", {"cells": 1, "fields": 1})
    window.context.image_analysis.folder_assessed.emit("accuracy", low)
    buttons = window.hints.findChildren(QPushButton)
    shown = [button.text() for button in buttons if button.isVisibleTo(window.hints)]
    return [text for text in shown if text != "Find the cells"]


def test_page_and_hint_follow_the_adopted_model(adopted, ready, qtbot):
    suggestions = adopted.setup_page.suggestions
    qtbot.waitUntil(lambda: suggestions.suggest.text() == "Label these 12 next", timeout=WAIT_MS)
    assert suggestions.suggest.isVisible()
    assert suggestions.about.text().startswith("The images that teach the model most")
    # All 90 labels were just used.
    qtbot.waitUntil(lambda: offered(ready) == ["Label these 12"], timeout=WAIT_MS)


def test_trained_images_are_not_called_unlike_the_training_images(adopted, ready, qtbot):
    table, analysis = ready.session.table, ready.context.image_analysis
    qtbot.waitUntil(lambda: not np.isnan(table.column("unlike")).any(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not analysis._folder_timer.isActive(), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not analysis._folder_task.running, timeout=WAIT_MS)
    unlike = {path for path in table.paths if table.column("unlike")[table.row(path)] > 1}
    assert not unlike & trained_paths(ready)


def trained_paths(window):
    """Return the images of the folder that the model in use lists as training images."""
    records = [record for record in window.session.table.records if record is not None]
    keys = compute_hashes(Job(), window.session.source, records)
    listed = TrainingImages.from_bundle(window.session.active_model.bundle).contains(keys)
    return {record.path for record, is_listed in zip(records, listed, strict=True) if is_listed}


def test_suggested_images_keep_their_order_until_another_is_chosen(adopted, ready, qtbot):
    expected = _suggest_images(Job(), ready.session.table)
    assert expected != sorted(expected)
    adopted.setup_page.suggestions.suggest.click()
    gallery = ready.review.gallery
    model, box = gallery.model, gallery.order_box
    qtbot.waitUntil(lambda: model.rowCount() == UNLABELLED, timeout=WAIT_MS)
    assert [model.path(row) for row in range(UNLABELLED)] == expected
    assert box.currentText() == "In the suggested order"
    # A label moves nothing.
    with qtbot.waitSignal(ready.decisions.saved, timeout=WAIT_MS):
        ready.decisions.label([expected[1]], "basophil")
    assert [model.path(row) for row in range(UNLABELLED)] == expected
    ready.review.facets.show_all_button.click()
    assert box.currentText() == "By name"
    assert box.findText("In the suggested order") < 0
    assert [model.path(row) for row in range(model.rowCount())] == ready.session.table.paths
