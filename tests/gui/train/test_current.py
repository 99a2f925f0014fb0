"""The current model: undo passes over it, a project keeps its own, an earlier one is a click away."""

from gui_help import WAIT_MS, all_read
from PySide6.QtCore import Qt
from train_help import LONG_MS


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


def test_from_the_labels_to_another_model_by_the_keyboard_alone(train, ready, qtbot):
    before = ready.session.engine.bundle.folder
    assert train.start.quick.hasFocus()
    qtbot.keyClick(train.start.quick, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: train.retraining.outcome is not None, timeout=LONG_MS)
    qtbot.waitUntil(lambda: not train.retraining.running, timeout=WAIT_MS)
    train.enter()
    assert train.card.word.hasFocus()
    qtbot.keyClicks(train.card.word, "a new stain")
    qtbot.keyClick(train.card.word, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ready.session.engine.bundle.folder != before, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not ready.flow.busy, timeout=WAIT_MS)
