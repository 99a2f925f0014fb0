"""The current model: undo passes over it, a project keeps its own, an earlier one is a click away."""

from gui_help import WAIT_MS, all_read
from PySide6.QtCore import Qt
from train_help import LONG_MS


def test_undo_passes_over_the_model_and_the_locked_images(judged, ready, qtbot):
    before = ready.session.active_model.bundle.folder
    ready.decisions.label([ready.session.table.paths[0]], "monocyte")
    judged.retraining.adopt("our stain")
    qtbot.waitUntil(lambda: ready.session.active_model.bundle.folder != before, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not ready.loader.busy, timeout=WAIT_MS)
    ready.decisions.undo()
    first = ready.session.table.paths[0]
    qtbot.waitUntil(lambda: ready.session.item(first).label is None, timeout=WAIT_MS)
    assert ready.session.active_model.bundle.folder != before
    assert ready.decisions.project.next_undo() is None
    assert ready.decisions.project.get("gate")


def test_a_project_opens_with_its_own_model_and_another_without(judged, ready, qtbot, tmp_path):
    before = ready.session.active_model.bundle.folder
    judged.retraining.adopt("our stain")
    qtbot.waitUntil(lambda: ready.session.active_model.bundle.folder != before, timeout=WAIT_MS)
    own, root = ready.session.active_model.bundle.folder, ready.session.root
    qtbot.waitUntil(lambda: not ready.loader.busy, timeout=WAIT_MS)
    other = tmp_path / "other" / "one.png"
    other.parent.mkdir()
    other.write_bytes((root / ready.session.table.paths[0]).read_bytes())
    ready.open(other.parent)
    qtbot.waitUntil(lambda: ready.session.root == other.parent, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: ready.session.active_model.bundle.folder != own, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not ready.loader.busy, timeout=WAIT_MS)
    ready.open(root)
    qtbot.waitUntil(lambda: ready.session.root == root, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: ready.session.active_model.bundle.folder == own, timeout=WAIT_MS)
    qtbot.waitUntil(all_read(ready), timeout=WAIT_MS)


def test_an_earlier_model_is_one_click_back(judged, ready, qtbot):
    before = ready.session.active_model.bundle.folder
    judged.retraining.adopt("our stain")
    qtbot.waitUntil(lambda: ready.session.active_model.bundle.folder != before, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: bool(judged.setup_page.history.buttons), timeout=WAIT_MS)
    judged.setup_page.history.buttons[-1].click()
    qtbot.waitUntil(lambda: ready.session.active_model.bundle.folder == before, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not ready.loader.busy, timeout=WAIT_MS)


def test_from_the_labels_to_another_model_by_the_keyboard_alone(train, ready, qtbot):
    before = ready.session.active_model.bundle.folder
    assert train.setup_page.quick.hasFocus()
    qtbot.keyClick(train.setup_page.quick, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: train.retraining.outcome is not None, timeout=LONG_MS)
    qtbot.waitUntil(lambda: not train.retraining.is_running, timeout=WAIT_MS)
    train.enter()
    assert train.gate_card.reason_field.hasFocus()
    qtbot.keyClicks(train.gate_card.reason_field, "a new stain")
    qtbot.keyClick(train.gate_card.reason_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ready.session.active_model.bundle.folder != before, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not ready.loader.busy, timeout=WAIT_MS)
