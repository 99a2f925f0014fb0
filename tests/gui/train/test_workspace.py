"""Retraining in the real window: quick, the gate, adopting, going back; real children, tiny models."""

import pytest
from gui_help import WAIT_MS, all_read
from PySide6.QtCore import Qt

LONG_MS = 4 * WAIT_MS


@pytest.fixture
def judged(train, qtbot):
    """Return the workspace with a candidate that the gate has judged."""
    qtbot.mouseClick(train.start.quick, Qt.MouseButton.LeftButton)
    assert train.retraining.running
    qtbot.waitUntil(lambda: not train.retraining.running, timeout=LONG_MS)
    assert not train.retraining.trouble
    return train


def test_what_there_is_to_learn_from_is_told_and_one_button_begins(train):
    assert "90" in train.start.said.text()
    assert "Platelet" in train.start.bars.accessibleName()
    assert train.start.quick.isEnabled()
    assert train.start.quick.hasFocus()


def test_a_candidate_is_judged_on_few_images_and_needs_a_reason(judged, ready, qtbot):
    card = judged.card
    assert card.isVisible()
    assert "cannot be told" in card.title.text()
    assert not card.adopt.isEnabled()
    before = ready.session.engine.bundle.folder
    qtbot.keyClicks(card.word, "our stain")
    qtbot.keyClick(card.word, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ready.session.engine.bundle.folder != before, timeout=WAIT_MS)
    assert ready.session.engine.bundle.folder.name == "many-quick"
    assert judged.start.isVisible()
    edit = ready.decisions.project.history(None)[0]
    assert edit.action == "adopt_model"
    assert "our stain" in edit.reason
    qtbot.waitUntil(lambda: not ready.flow.busy, timeout=WAIT_MS)


def test_undo_passes_over_the_model_and_the_locked_images(judged, ready, qtbot):
    before = ready.session.engine.bundle.folder
    ready.decisions.label([ready.session.table.paths[0]], "monocyte")
    judged.retraining.adopt("our stain")
    qtbot.waitUntil(lambda: ready.session.engine.bundle.folder != before, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not ready.flow.busy, timeout=WAIT_MS)
    ready.decisions.undo()
    first = ready.session.table.paths[0]
    qtbot.waitUntil(lambda: ready.session.item(first).label is None, timeout=WAIT_MS)
    assert ready.session.engine.bundle.folder != before
    assert ready.decisions.project.next_undo() is None
    assert ready.decisions.project.get("gate")


def test_a_project_opens_with_its_own_model_and_another_without(judged, ready, qtbot, tmp_path):
    before = ready.session.engine.bundle.folder
    judged.retraining.adopt("our stain")
    qtbot.waitUntil(lambda: ready.session.engine.bundle.folder != before, timeout=WAIT_MS)
    own, root = ready.session.engine.bundle.folder, ready.session.root
    qtbot.waitUntil(lambda: not ready.flow.busy, timeout=WAIT_MS)
    other = tmp_path / "other" / "one.png"
    other.parent.mkdir()
    other.write_bytes((root / ready.session.table.paths[0]).read_bytes())
    ready.open(other.parent)
    qtbot.waitUntil(lambda: ready.session.root == other.parent, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: ready.session.engine.bundle.folder != own, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not ready.flow.busy, timeout=WAIT_MS)
    ready.open(root)
    qtbot.waitUntil(lambda: ready.session.root == root, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: ready.session.engine.bundle.folder == own, timeout=WAIT_MS)
    qtbot.waitUntil(all_read(ready), timeout=WAIT_MS)


def test_an_earlier_model_is_one_click_back(judged, ready, qtbot):
    before = ready.session.engine.bundle.folder
    judged.retraining.adopt("our stain")
    qtbot.waitUntil(lambda: ready.session.engine.bundle.folder != before, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: bool(judged.start.earlier.buttons), timeout=WAIT_MS)
    judged.start.earlier.buttons[-1].click()
    qtbot.waitUntil(lambda: ready.session.engine.bundle.folder == before, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not ready.flow.busy, timeout=WAIT_MS)


def test_deep_trains_keeps_the_best_and_is_judged(train, qtbot):
    form = train.start.deep
    qtbot.waitUntil(lambda: form.recipe.count() > 0, timeout=WAIT_MS)
    names = [one.recipe.name for one in form._offers.recipes]
    form.recipe.setCurrentIndex(names.index("simple_cnn"))
    form.epochs.setValue(30)
    qtbot.mouseClick(form.begin, Qt.MouseButton.LeftButton)
    assert train.running.isVisible()
    qtbot.waitUntil(lambda: len(train.retraining.history) >= 1, timeout=LONG_MS)
    qtbot.mouseClick(train.running.best, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: train.retraining.outcome is not None, timeout=LONG_MS)
    qtbot.waitUntil(lambda: not train.retraining.running, timeout=WAIT_MS)
    assert train.card.isVisible()
    assert "many-simple_cnn" in train.card.about.text()
