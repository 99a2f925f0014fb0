"""Merging in the window: preview, one undo, conflicts settled by keys."""

import pytest
from gui_helpers import WAIT_MS
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.project.project import Project
from gui.loading.conflict_queue import ConflictQueue
from gui.loading.merge_dialog import MergeDialog
from gui.widgets import dialogs

SAME, TAKEN, DIFFERENT = "basophil/c0.png", "basophil/c1.png", "basophil/c2.png"


def labels(window):
    return {path: d.label for path, d in window.decisions.project.decisions().items()}


def saved(window, qtbot):
    return qtbot.waitSignal(window.decisions.saved, timeout=WAIT_MS)


@pytest.fixture
def merging(opened, qtbot, tmp_path, monkeypatch):
    """Return the window with decisions, about to be asked for a copy with others."""
    qtbot.waitUntil(lambda: opened.decisions.writable, timeout=WAIT_MS)
    opened.decisions.reviewer = "Anna"
    file = tmp_path / "Bob's.bloodbench"
    opened.decisions.project.save_copy(file)
    with saved(opened, qtbot):
        opened.decisions.relabel({SAME: "monocyte", DIFFERENT: "monocyte"})
    changes = [(SAME, "monocyte"), (TAKEN, "platelet"), (DIFFERENT, "platelet")]
    with Project.open(file) as other:
        other.apply("label", [(path, "label", name) for path, name in changes], who="Bob")
    monkeypatch.setattr(dialogs, "ask", lambda *_: file)
    return opened


def merge_by_keys(window, qtbot):
    QTest.keySequence(window, "Ctrl+Shift+M")
    qtbot.waitUntil(lambda: window.findChild(MergeDialog) is not None, timeout=WAIT_MS)
    dialog = window.findChild(MergeDialog)
    lines = dialog.lines
    with saved(window, qtbot):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    return lines


def test_preview_then_one_undo(merging, qtbot):
    lines = merge_by_keys(merging, qtbot)
    assert [line.split(" ")[0] for line in lines] == ["1", "1", "1", "1"]
    assert labels(merging) == {SAME: "monocyte", TAKEN: "platelet", DIFFERENT: "monocyte"}
    assert merging.session.item(TAKEN).label == "platelet"
    status = merging.job_strip.label
    done = "merged from Bob's.bloodbench"
    assert status.text() == f"Done on 2 images: {done}. Ctrl+Z takes it back."
    merging.review.show_image(TAKEN)
    history = merging.context.inspector.history
    qtbot.waitUntil(lambda: len(history.lines) == 2, timeout=WAIT_MS)
    assert history.lines[0].endswith(f"Anna: {done}: Platelet")
    assert history.lines[1].endswith("Bob: Platelet")
    with saved(merging, qtbot):
        merging.decisions.undo()
    assert status.text() == f"Undone on 2 images: {done}."
    assert labels(merging) == {SAME: "monocyte", DIFFERENT: "monocyte"}
    qtbot.waitUntil(lambda: not merging.hints.hint_text("conflicts"), timeout=WAIT_MS)


def test_nothing_is_changed_before_the_person_agrees(merging, qtbot):
    before = labels(merging)
    QTest.keySequence(merging, "Ctrl+Shift+M")
    qtbot.waitUntil(lambda: merging.findChild(MergeDialog) is not None, timeout=WAIT_MS)
    assert labels(merging) == before
    QTest.keyClick(merging.findChild(MergeDialog), Qt.Key.Key_Escape)
    assert labels(merging) == before


def test_conflict_is_settled_by_a_digit(merging, qtbot):
    merge_by_keys(merging, qtbot)
    qtbot.waitUntil(lambda: bool(merging.hints.hint_text("conflicts")), timeout=WAIT_MS)
    assert merging.hints.hint_text("conflicts").startswith("1 decision differs")
    merging.hints._lines["conflicts"].action.click()
    queue = merging.findChild(ConflictQueue)
    assert queue.path.toolTip() == DIFFERENT
    assert "Bob" in queue.buttons[1].text()
    with saved(merging, qtbot):
        QTest.keyClick(queue, Qt.Key.Key_2)
    assert labels(merging)[DIFFERENT] == "platelet"
    assert merging.session.item(DIFFERENT).label == "platelet"
    qtbot.waitUntil(lambda: not merging.hints.hint_text("conflicts"), timeout=WAIT_MS)


def test_settling_is_said_and_taken_back_in_the_queue(merging, qtbot):
    second = "basophil/c4.png"
    for who, name in ((None, "monocyte"), ("Bob", "platelet")):
        changes = [(second, "label", name)]
        if who is None:
            with saved(merging, qtbot):
                merging.decisions.relabel({second: name})
        else:
            with Project.open(dialogs.ask()) as other:
                other.apply("label", changes, who=who)
    merge_by_keys(merging, qtbot)
    qtbot.waitUntil(lambda: bool(merging.hints.hint_text("conflicts")), timeout=WAIT_MS)
    merging.hints._lines["conflicts"].action.click()
    queue = merging.findChild(ConflictQueue)
    assert queue.answer.text() == ""
    with saved(merging, qtbot):
        QTest.keyClick(queue, Qt.Key.Key_1)
    assert queue.answer.text() == f"Settled: Monocyte ({DIFFERENT}). Ctrl+Z takes it back."
    assert "decision kept instead of Platelet of Bob" in merging.job_strip.label.text()
    assert queue.current.path == second
    with saved(merging, qtbot):
        QTest.keyClick(queue, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert queue.current.path == DIFFERENT
    assert (queue.answer.text(), queue.count.text()) == ("", "2 conflicts left")
    # Only what was settled here is undone.
    QTest.keyClick(queue, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    with saved(merging, qtbot):
        QTest.keyClick(queue, Qt.Key.Key_2)
    assert labels(merging)[DIFFERENT] == "platelet"
    assert labels(merging)[second] == "monocyte"


def test_digit_settles_no_image_that_is_still_being_decoded(merging, qtbot):
    merge_by_keys(merging, qtbot)
    qtbot.waitUntil(lambda: bool(merging.hints.hint_text("conflicts")), timeout=WAIT_MS)
    thumbnails = merging.context.thumbnails
    thumbnails.open(merging.session.source)
    merging.hints._lines["conflicts"].action.click()
    queue = merging.findChild(ConflictQueue)
    assert thumbnails.peek(DIFFERENT) is None
    QTest.keyClick(queue, Qt.Key.Key_2)
    assert queue.current is not None
    qtbot.waitUntil(lambda: thumbnails.peek(DIFFERENT) is not None, timeout=WAIT_MS)
    assert not queue.image.pixmap().isNull()
    with saved(merging, qtbot):
        QTest.keyClick(queue, Qt.Key.Key_2)
    assert labels(merging)[DIFFERENT] == "platelet"


def test_reason_is_typed_before_the_digit_and_shown_in_the_history(merging, qtbot):
    merge_by_keys(merging, qtbot)
    qtbot.waitUntil(lambda: bool(merging.hints.hint_text("conflicts")), timeout=WAIT_MS)
    merging.hints._lines["conflicts"].action.click()
    queue = merging.findChild(ConflictQueue)
    QTest.keyClick(queue, Qt.Key.Key_F2)
    assert queue.focusWidget() is queue.reason
    # Digits in the line are text; Esc leads back to the decisions and closes nothing.
    QTest.keyClicks(queue.reason, "2 nuclei")
    QTest.keyClick(queue.reason, Qt.Key.Key_Escape)
    assert (queue.isVisible(), queue.focusWidget()) == (True, queue.buttons[0])
    assert labels(merging)[DIFFERENT] == "monocyte"
    with saved(merging, qtbot):
        QTest.keyClick(queue, Qt.Key.Key_2)
    edit = merging.decisions.project.history(DIFFERENT)[0]
    assert (edit.action, edit.who, edit.reason) == ("settle_conflict", "Anna", "2 nuclei")
    merging.review.show_image(DIFFERENT)
    history = merging.context.inspector.history
    qtbot.waitUntil(
        lambda: [line.endswith("(reason: 2 nuclei)") for line in history.lines[:1]] == [True],
        timeout=WAIT_MS,
    )
    assert "conflict settled, Monocyte → Platelet" in history.lines[0]


def test_file_of_other_images_is_refused_in_one_sentence(merging, qtbot, tmp_path, monkeypatch):
    with Project.create(tmp_path / "other.bloodbench", "other") as other:
        other.apply("label", [("z.png", "label", "m")], who="Bob")
    monkeypatch.setattr(dialogs, "ask", lambda *_: other.file)
    QTest.keySequence(merging, "Ctrl+Shift+M")
    qtbot.waitUntil(merging.notice.isVisible, timeout=WAIT_MS)
    assert "no image in common" in merging.notice.label.text()
