"""Model history: undo, the model of a project, and restoring earlier models."""

from gui_helpers import WAIT_MS, all_read
from PySide6.QtCore import Qt
from train_helpers import LONG_MS


def test_undo_skips_model_adoption_and_holdout(evaluated, ready, qtbot):
    before = ready.session.active_model.bundle.folder
    ready.decisions.label([ready.session.table.paths[0]], "monocyte")
    evaluated.retraining.adopt("our stain")
    qtbot.waitUntil(lambda: ready.session.active_model.bundle.folder != before, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not ready.loader.busy, timeout=WAIT_MS)
    ready.decisions.undo()
    first = ready.session.table.paths[0]
    qtbot.waitUntil(lambda: ready.session.item(first).label is None, timeout=WAIT_MS)
    assert ready.session.active_model.bundle.folder != before
    assert ready.decisions.project.next_undo() is None
    assert ready.decisions.project.get("gate")


def test_project_opens_with_its_own_model(evaluated, ready, qtbot, tmp_path):
    before = ready.session.active_model.bundle.folder
    evaluated.retraining.adopt("our stain")
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


def test_earlier_model_can_be_restored(evaluated, ready, qtbot):
    before = ready.session.active_model.bundle.folder
    evaluated.retraining.adopt("our stain")
    qtbot.waitUntil(lambda: ready.session.active_model.bundle.folder != before, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: bool(evaluated.setup_page.history.buttons), timeout=WAIT_MS)
    evaluated.setup_page.history.buttons[-1].click()
    qtbot.waitUntil(lambda: ready.session.active_model.bundle.folder == before, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not ready.loader.busy, timeout=WAIT_MS)


def test_retraining_and_adoption_work_by_keyboard(train, ready, qtbot):
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
