"""Consistency of views: after any sequence of keys all views and the project show the same image.

The real window, real key presses, and the project's file read by itself. What a person would expect each
key to do is worked out here of what is highlighted when the key goes down.
"""

import random
import threading

import pytest
from clean_helpers import deliver_batch, near_duplicate_batch, quality_batch, suspect_label_batch
from gui_helpers import WAIT_MS, type_keys
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.curate.finding import FindingKind
from gui.state import finding_text
from gui.words import to_sentence

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
CLASSES = {"1": "basophil", "6": "monocyte", "p": "platelet", "n": "neutrophil"}
STEPS = 25


@pytest.fixture
def ready(opened, qtbot):
    """Return the window with its project open, a reviewer, and findings of three kinds."""
    opened.decisions.reviewer = "Anna"
    qtbot.waitUntil(lambda: opened.decisions.writable, timeout=WAIT_MS)
    opened.workspaces.go("clean")
    clean = opened.workspaces.current
    paths = [path for path in opened.session.table.paths if path.endswith(("2.png", "5.png"))]
    deliver_batch(clean, quality_batch(*paths))
    deliver_batch(clean, near_duplicate_batch("platelet/c0.png", "platelet/c1.png"))
    deliver_batch(
        clean, suspect_label_batch(FindingKind.SUSPECT_LABEL, "basophil/c3.png", "platelet")
    )
    opened.workspaces.go("review")
    return opened


def press(key, held=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, held)


def view_of(window):
    current = window.workspaces.current
    return current.gallery.view if current is window.review else current.view


def held(window):
    """Return what the session has of each image: class, whether removed, and what is dismissed."""
    table = window.session.table
    items = [table.item(row) for row in range(len(table))]
    return {item.path: (item.label, item.removed) for item in items}, set(window.session.dismissed)


def kept(window):
    """Return the same from the project's file."""
    project = window.decisions.project
    decisions = project.decisions()
    paths = window.session.table.paths
    images = {}
    for path in paths:
        decision = decisions.get(path)
        images[path] = (decision.label, decision.removed is not None) if decision else (None, False)
    return images, set(project.dismissed_findings())


def settle(window, qtbot):
    """Wait until all that was asked of the writing thread is on the disk and on the screen."""
    answered = []
    window.decisions.history(window.session.table.paths[0], answered.append)
    qtbot.waitUntil(lambda: bool(answered), timeout=WAIT_MS)


def assert_one_image(window):
    """Everything that speaks of an image speaks of the highlighted one."""
    view, session = view_of(window), window.session
    highlighted = view.current_path
    current = session.current
    assert (current.path if current else None) == highlighted
    inspector = window.context.inspector
    assert inspector.note._path == highlighted
    if highlighted is None:
        assert not session.targets
        return
    row = view.currentIndex().row()
    assert view.model().path(row) == highlighted
    assert highlighted in session.targets
    chosen = list(view.selected_paths())
    assert list(session.targets) == (chosen if highlighted in chosen else [highlighted])
    clean = window.workspaces.current
    if clean is not window.review and clean.page.isVisible():
        finding = clean.findings.queue(clean.kind).findings[clean.model.queue_index(highlighted)]
        assert finding.path == highlighted
        assert clean.page.card.reason.text() == to_sentence(
            finding_text.localise_reason(finding, session.class_styles)
        )


def expected(window, key):
    """Return what a decision key will change, as (path -> class or removal), by what is highlighted."""
    images, _ = held(window)
    targets = list(window.session.targets)
    if len(targets) == 1:
        return targets
    # Of several only those that nobody decided.
    return [path for path in targets if images[path] == (None, False)]


def decide(window, key, qtbot):
    """Press a key that gives a class, or removes, in Review; assert that it changed what was expected."""
    before, _ = held(window)
    targets, free = list(window.session.targets), expected(window, key)
    type_keys(key)
    settle(window, qtbot)
    after, _ = held(window)
    changed = {path for path in after if after[path] != before[path]}
    assert changed <= set(free), f"{key}: {changed} is not {free} of {targets}"
    if key in CLASSES:
        assert all(after[path][0] == CLASSES[key] for path in free)
    elif key == "x" and not all(before[path][1] for path in targets):
        assert all(after[path][1] for path in free)
    if window.overwrite_question.isVisible():
        assert len(targets) > 1
        assert window.overwrite_question.no.hasFocus()
        press(Qt.Key.Key_Escape)
        assert not window.overwrite_question.isVisible()


def in_clean(window, key, qtbot):
    """Press an answer in Clean; assert that it is the highlighted finding's, and nobody else's."""
    clean = window.workspaces.current
    before, dismissed = held(window)
    target = window.session.current
    if target is None or len(window.session.targets) != 1:
        return
    finding = clean.model.finding(target.path)
    together = {finding.path for finding in clean.model.cluster_of(target.path)}
    type_keys(key)
    settle(window, qtbot)
    after, now = held(window)
    changed = {path for path in after if after[path] != before[path]}
    if key == "d":
        assert not changed
        assert now - dismissed == {finding.key}
    elif key == "k":
        assert changed <= together - {target.path}
    elif key == "x":
        assert changed <= {target.path}
        assert after[target.path][1]
    elif key in CLASSES:
        assert changed <= {target.path}
        assert after[target.path][0] == CLASSES[key]
    if window.overwrite_question.isVisible():
        press(Qt.Key.Key_Escape)


def step(window, dice, qtbot):
    """Do one thing that a person can do by keys, chosen by chance; return it for the failure's message."""
    review = window.workspaces.current is window.review
    deciding = ["1", "6", "p", "n", "x", "\r"] if review else ["1", "p", "x", "d", "k"]
    does = dice.choice(["decide"] * 5 + ["move"] * 3 + ["select", "undo", "redo", "look", "go"])
    if does == "decide":
        key = dice.choice(deciding)
        (decide if review else in_clean)(window, key, qtbot)
        return key
    if does == "move":
        key = dice.choice([Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Home])
        press(key, dice.choice([Qt.KeyboardModifier.NoModifier] * 3 + [CONTROL]))
        return f"{key}"
    if does == "select":
        if dice.random() < 0.3:
            press(Qt.Key.Key_A, CONTROL)
        else:
            for _ in range(dice.randrange(1, 4)):
                press(Qt.Key.Key_Right, SHIFT)
        return does
    if does in ("undo", "redo"):
        press(Qt.Key.Key_Z, CONTROL if does == "undo" else CONTROL | SHIFT)
        settle(window, qtbot)
        return does
    if does == "go":
        press(Qt.Key.Key_2 if review else Qt.Key.Key_1, CONTROL)
        return does
    if review:
        change_query(window, dice)
    else:
        clean = window.workspaces.current
        clean.queue_list.rows[dice.choice(clean.findings.kinds())].click()
    return does


def change_query(window, dice):
    """Choose a facet, an order or bands, or fold one, as clicks do; the keyboard goes back to the images."""
    gallery, facets = window.review.gallery, window.review.facets
    what = dice.randrange(4)
    if what == 0:
        rows = [row for row in facets.rows.values() if row.isVisible()]
        dice.choice(rows).click()
    elif what == 1:
        gallery.show_all()
    else:
        box = dice.choice([gallery.order_box, gallery.bands_box])
        at = dice.randrange(box.count())
        box.setCurrentIndex(at)
        box.activated.emit(at)
    window.review.focus_images()


@pytest.mark.parametrize("seed", range(4))
def test_views_agree_after_random_keys(ready, qtbot, seed):
    dice, done = random.Random(seed), []
    for _ in range(STEPS):
        try:
            done.append(step(ready, dice, qtbot))
            settle(ready, qtbot)
            assert_one_image(ready)
            assert kept(ready) == held(ready)
        except Exception as error:
            raise AssertionError(f"after {done}") from error


def test_bulk_action_keeps_decided_images_and_asks_once(ready, qtbot):
    table, view = ready.session.table, ready.review.gallery.view
    corrected = ["basophil/c3.png", "monocyte/c0.png", "platelet/c7.png"]
    for path, key in zip(corrected, "6p1", strict=True):
        view.show_path(path)
        type_keys(key)
    settle(ready, qtbot)
    before, _ = held(ready)
    press(Qt.Key.Key_A, CONTROL)
    assert "26 selected, 3 decided" in ready.review.gallery.bar.selection_label.text()
    type_keys("\r")
    settle(ready, qtbot)
    after, _ = held(ready)
    assert {path: after[path] for path in corrected} == {path: before[path] for path in corrected}
    assert sum(label is not None for label, _ in after.values()) == 24  # two cannot be read
    question = ready.overwrite_question
    assert question.isVisible()
    assert question.label.text() == (
        "26 images selected, 21 changed. 3 with a different decision were left unchanged. "
        "2 without a prediction."
    )
    press(Qt.Key.Key_Return)  # leave alone is what has the keyboard
    settle(ready, qtbot)
    assert held(ready)[0] == after
    press(Qt.Key.Key_A, CONTROL)
    type_keys("6")
    settle(ready, qtbot)
    assert {path: held(ready)[0][path] for path in corrected} == {
        path: before[path] for path in corrected
    }
    press(Qt.Key.Key_Tab)
    assert question.yes.hasFocus()
    press(Qt.Key.Key_Return)
    settle(ready, qtbot)
    assert all(label == "monocyte" for label, _ in held(ready)[0].values())
    assert kept(ready) == held(ready)
    press(Qt.Key.Key_Z, CONTROL)
    settle(ready, qtbot)
    assert len({label for label, _ in held(ready)[0].values()}) > 1
    assert len(table) == 26


def test_bulk_confirmation_leaves_doubted_images_and_counts_all(ready, qtbot):
    question, view = ready.overwrite_question, ready.review.gallery.view
    suspect = "basophil/c3.png"
    qtbot.waitUntil(
        lambda: FindingKind.SUSPECT_LABEL in ready.session.item(suspect).found, timeout=WAIT_MS
    )
    for path, key in (("monocyte/c0.png", "p"), ("monocyte/c4.png", "6"), ("platelet/c7.png", "x")):
        view.show_path(path)
        type_keys(key)
    settle(ready, qtbot)
    before, _ = held(ready)
    press(Qt.Key.Key_A, CONTROL)
    type_keys("\r")
    settle(ready, qtbot)
    after, _ = held(ready)
    changed = [path for path in after if after[path] != before[path]]
    assert suspect not in changed
    assert len(changed) == 20
    assert question.label.text() == (
        "25 images selected, 20 changed. 1 already had this decision. 1 with a different decision "
        "was left unchanged. 1 doubtful cell left for single decisions. 2 without a prediction."
    )
    press(Qt.Key.Key_Tab)
    assert question.yes.hasFocus()
    press(Qt.Key.Key_Return)
    settle(ready, qtbot)
    assert held(ready)[0]["monocyte/c0.png"] == ("monocyte", False)
    assert held(ready)[0][suspect] == (None, False)
    # What is left of the question stays, and changes nothing by itself.
    assert question.isVisible()
    assert question.no.hasFocus()
    assert not question.yes.isVisible()
    press(Qt.Key.Key_Tab)
    assert question.include.hasFocus()
    assert question.include.text() == "Confirm 1 doubtful too"
    press(Qt.Key.Key_Return)
    settle(ready, qtbot)
    assert held(ready)[0][suspect] == ("platelet", False)
    assert not question.isVisible()
    assert kept(ready) == held(ready)
    # It was one image, and yet no decision of its own.
    origins = ready.decisions.project.label_origins()
    assert not origins[suspect].is_single
    assert origins["monocyte/c4.png"].is_single


def test_question_on_unchanged_images_ends_where_they_are_out_of_sight(ready, qtbot):
    ready.review.gallery.view.show_path("monocyte/c0.png")
    type_keys("p")
    settle(ready, qtbot)
    press(Qt.Key.Key_A, CONTROL)
    type_keys("6")
    settle(ready, qtbot)
    assert ready.overwrite_question.isVisible()
    labels, _ = held(ready)
    press(Qt.Key.Key_4, CONTROL)
    assert ready.workspaces.key == "report"
    assert not ready.overwrite_question.isVisible()
    ready.overwrite_question.agree()
    press(Qt.Key.Key_1, CONTROL)
    settle(ready, qtbot)
    assert held(ready)[0] == labels


def test_key_in_the_large_view_acts_on_the_shown_image(ready, qtbot):
    view = ready.review.gallery.view
    view.show_path("monocyte/c0.png")
    press(Qt.Key.Key_Right, SHIFT)
    press(Qt.Key.Key_Right, SHIFT)
    shown = ready.session.current.path
    assert len(ready.session.targets) == 3
    press(Qt.Key.Key_Space)
    type_keys("p")
    settle(ready, qtbot)
    changed = [path for path, (label, _) in held(ready)[0].items() if label]
    assert changed == [shown]


def wait_for_disk(disk):
    assert disk.wait(WAIT_MS / 1000)


def test_bulk_action_keeps_decisions_that_are_not_saved_yet(ready, qtbot):
    view, disk = ready.review.gallery.view, threading.Event()
    ready.decisions.run_edit(lambda project, who: wait_for_disk(disk))
    view.show_path("monocyte/c0.png")
    type_keys("p")
    view.show_path("platelet/c7.png")
    type_keys("x")
    press(Qt.Key.Key_A, CONTROL)
    type_keys("\r")
    disk.set()
    settle(ready, qtbot)
    images, _ = held(ready)
    assert images["monocyte/c0.png"] == ("platelet", False)
    assert images["platelet/c7.png"] == (None, True)
    assert images["basophil/c0.png"] == ("basophil", False)
    assert (
        "2 with a different decision were left unchanged" in ready.overwrite_question.label.text()
    )
    assert kept(ready) == held(ready)


def test_workspace_key_works_while_a_note_is_written(ready, qtbot):
    view, note = ready.review.gallery.view, ready.context.inspector.note
    view.show_path("monocyte/c0.png")
    press(Qt.Key.Key_F2)
    assert note.hasFocus()
    QTest.keyClicks(note, "odd 1")
    press(Qt.Key.Key_Y, CONTROL)
    assert note.hasFocus()
    press(Qt.Key.Key_2, CONTROL)
    assert ready.workspaces.current is not ready.review
    press(Qt.Key.Key_1, CONTROL)
    assert view.hasFocus()
    settle(ready, qtbot)
    assert ready.session.item("monocyte/c0.png").note == "odd 1"
