"""A candidate beside the current model, in the real window: judged, adopted, taken back."""

from gui_help import WAIT_MS, all_read
from PySide6.QtCore import Qt
from train_help import LONG_MS


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


def test_only_a_label_of_a_compared_image_asks_for_another_comparison(judged, ready, qtbot):
    compared = judged.retraining.outcome.verdict.paths
    other = next(path for path in ready.session.table.paths if path not in compared)
    ready.decisions.label([other], "basophil")
    qtbot.waitUntil(lambda: ready.session.item(other).label == "basophil", timeout=WAIT_MS)
    assert not judged.card.compare.isVisible()
    ready.decisions.label([compared[0]], "platelet")
    qtbot.waitUntil(judged.card.compare.isVisible, timeout=WAIT_MS)
    before = judged.retraining.outcome.verdict.comparison
    qtbot.mouseClick(judged.card.compare, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not judged.retraining.running, timeout=LONG_MS)
    after = judged.retraining.outcome.verdict.comparison
    assert after.n == before.n
    assert after.current.accuracy != before.current.accuracy
    assert not judged.card.compare.isVisible()
