"""Keys in Clean: what is highlighted, what is described and what the next key acts on are one image."""

from collections import Counter

import pytest
from clean_help import found, hand, quality
from gui_help import WAIT_MS, typed
from PySide6.QtCore import Qt

from engine.curate.finding import FindingBatch, FindingKind
from engine.project.project import Project
from gui.clean import finding_text
from gui.clean.finding_queues import build_queues
from gui.words import say

SIX = [f"{folder}/c{number}.png" for folder in ("basophil", "monocyte") for number in range(1, 4)]
COPIES = {"basophil/stray.png", "platelet/c0.png", "platelet/copy.png"}
TWINS = {"monocyte/c0.png", "monocyte/twin.png"}
SHIFT = Qt.KeyboardModifier.ShiftModifier


def suspects(*paths):
    """Return suspect labels; each image is to become the class of its own name."""
    better = ("platelet", "neutrophil", "erythroblast", "lymphocyte", "eosinophil", "platelet")
    listed = [
        one
        for path, other in zip(paths, better, strict=True)
        for one in found(FindingKind.SUSPECT_LABEL, path, other).findings
    ]
    return FindingBatch((FindingKind.SUSPECT_LABEL,), tuple(listed))


def show(clean, batch, kind):
    hand(clean, batch)
    clean.show_queue(kind)
    clean.view.setFocus()


def assert_one_image(clean):
    """Highlight, session, sentence, score and buttons are of one image."""
    view, session, card = clean.view, clean._session, clean.page.card
    path = clean.model.path(view.currentIndex().row())
    assert session.current.path == path
    assert list(session.targets) == [path]
    finding = clean.findings.queue(clean.kind).findings[clean.model.queue_index(path)]
    assert finding.path == path
    assert card.reason.text() == say(finding_text.localise_reason(finding, session.class_styles))
    if finding.suggested_label:
        assert session.class_styles.find(finding.suggested_label).name in card.accept.text()
    return path


def dismissed(ready):
    """Return the keys of what was dismissed, from the project's file."""
    with Project.open(ready.decisions.project.file) as project:
        return project.dismissed_findings()


@pytest.mark.parametrize("waits", [True, False], ids=["slowly", "quickly"])
def test_d_six_times_dismisses_six_findings_in_their_order(clean, ready, qtbot, waits):
    show(clean, quality(*SIX), FindingKind.QUALITY)
    for number, path in enumerate(SIX, 1):
        if waits or number == 1:
            assert assert_one_image(clean) == path
        typed("d")
        if waits:
            qtbot.waitUntil(lambda n=number: len(ready.session.dismissed) == n, timeout=WAIT_MS)
            assert ready.session.dismissed == {f"quality {one}" for one in SIX[:number]}
    qtbot.waitUntil(lambda: len(ready.session.dismissed) == 6, timeout=WAIT_MS)
    assert set(dismissed(ready)) == {f"quality {one}" for one in SIX}
    assert not clean.model.rowCount()
    assert ready.session.current is None


def test_x_after_a_click_on_another_tile_removes_that_one(clean, ready, qtbot):
    show(clean, quality(*SIX), FindingKind.QUALITY)
    typed("d")
    qtbot.waitUntil(lambda: len(ready.session.dismissed) == 1, timeout=WAIT_MS)
    box = clean.view.visualRect(clean.model.index(clean.model.row(SIX[4])))
    qtbot.mouseClick(clean.view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert assert_one_image(clean) == SIX[4]
    typed("x")
    qtbot.waitUntil(lambda: ready.session.item(SIX[4]).removed, timeout=WAIT_MS)
    assert [one for one in SIX if ready.session.item(one).removed] == [SIX[4]]
    assert assert_one_image(clean) == SIX[5]


@pytest.mark.parametrize("waits", [True, False], ids=["slowly", "quickly"])
def test_enter_gives_each_suspect_its_own_class(clean, ready, qtbot, waits):
    batch = suspects(*SIX)
    show(clean, batch, FindingKind.SUSPECT_LABEL)
    for number, finding in enumerate(batch.findings, 1):
        if waits:
            assert assert_one_image(clean) == finding.path
        typed("\r")
        if waits:
            qtbot.waitUntil(
                lambda n=number: sum(bool(ready.session.item(one).label) for one in SIX) == n,
                timeout=WAIT_MS,
            )
    qtbot.waitUntil(lambda: all(ready.session.item(one).label for one in SIX), timeout=WAIT_MS)
    with Project.open(ready.decisions.project.file) as project:
        kept = project.decisions()
    assert {one.path: kept[one.path].label for one in batch.findings} == {
        one.path: one.suggested_label for one in batch.findings
    }


def test_undo_puts_the_finding_back_and_all_is_of_one_image_still(clean, ready, qtbot):
    show(clean, quality(*SIX), FindingKind.QUALITY)
    for number in (1, 2, 3):
        typed("d")
        qtbot.waitUntil(lambda n=number: len(ready.session.dismissed) == n, timeout=WAIT_MS)
    ready.decisions.undo()
    qtbot.waitUntil(lambda: clean.model.rowCount() == 4, timeout=WAIT_MS)
    assert_one_image(clean)


def test_after_a_bulk_removal_the_header_is_of_what_is_left(clean, ready, qtbot):
    show(clean, quality(*SIX), FindingKind.QUALITY)
    clean.page.scores.slider.setValue(65)
    clean.page.bulk.start.click()
    clean.page.bulk.confirm.click()
    qtbot.waitUntil(lambda: any(ready.session.item(one).removed for one in SIX), timeout=WAIT_MS)
    clean.page.scores.slider.setValue(0)
    left = [one for one in SIX if not ready.session.item(one).removed]
    assert [clean.model.path(row) for row in range(clean.model.rowCount())] == left
    for path in left:
        clean.view.show_path(path)
        assert assert_one_image(clean) == path


def test_copies_of_two_queues_describe_their_own_cluster_after_the_first_is_settled(
    clean, ready, qtbot
):
    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    typed("\r")  # the keeper of the conflict stays
    qtbot.waitUntil(lambda: ready.session.total and len(removed(ready)) == 2, timeout=WAIT_MS)
    assert assert_one_image(clean) in TWINS
    assert {one.path for one in clean.model.cluster_of(ready.session.current.path)} == TWINS
    typed("k")
    qtbot.waitUntil(lambda: len(removed(ready)) == 3, timeout=WAIT_MS)
    assert len(TWINS & removed(ready)) == 1


def removed(ready):
    table = ready.session.table
    return {table.paths[row] for row in table.reasons}


def test_bulk_keys_on_copies_leave_conflicts_of_labels_out_and_say_so(clean, ready, qtbot):
    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    qtbot.keyClick(clean.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert "5 selected" in clean.page.selected.text()
    typed("\r")
    qtbot.waitUntil(lambda: bool(removed(ready)), timeout=WAIT_MS)
    assert removed(ready) < TWINS
    assert clean.page.bulk.skipped.isVisible()
    assert "1 group" in clean.page.bulk.skipped.text()
    for key in ("x", "d"):
        ready.decisions.undo()
        qtbot.waitUntil(lambda: not removed(ready), timeout=WAIT_MS)
        qtbot.keyClick(clean.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        typed(key)
        qtbot.waitUntil(lambda: clean.model.rowCount() == 3, timeout=WAIT_MS)
        assert not removed(ready) & COPIES
        assert len(ready.session.dismissed) == (key == "d")


def test_a_bulk_removal_leaves_alone_what_a_person_decided_and_asks_once(clean, ready, qtbot):
    ready.decisions.label(["basophil/c2.png"], "platelet")
    show(clean, quality(*SIX), FindingKind.QUALITY)
    qtbot.waitUntil(lambda: bool(ready.session.item("basophil/c2.png").label), timeout=WAIT_MS)
    clean.page.bulk.start.click()
    assert "5" in clean.page.bulk.confirm.text()
    assert "1 already decided by a person is left unchanged" in clean.page.bulk.preview.text()
    typed("\r")
    qtbot.waitUntil(lambda: len(removed(ready)) == 5, timeout=WAIT_MS)
    assert "basophil/c2.png" not in removed(ready)
    assert ready.overwrite_question.isVisible()
    ready.overwrite_question.change.click()
    qtbot.waitUntil(lambda: len(removed(ready)) == 6, timeout=WAIT_MS)
    assert not ready.overwrite_question.isVisible()


def test_another_folder_after_a_visit_is_opened_without_an_error(
    clean, ready, qtbot, tmp_path, qapp
):
    from tiny_model import save_picture

    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    other = tmp_path / "another"
    other.mkdir()
    save_picture(other / "one.png", 0)
    with qtbot.captureExceptions() as broken:
        ready.open(other)
        qtbot.waitUntil(lambda: ready.session.root == other, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: ready.session.total == 1, timeout=WAIT_MS)
        ready.workspaces.go("clean")
        typed("d")
    assert not broken
    assert ready.session.current is None


def test_queues_of_one_table_name_each_image_once(clean):
    queues = build_queues(clean._session.table, quality(*SIX, SIX[0]))
    assert Counter(one.path for one in queues[0].findings) == Counter(SIX)


def test_undo_returns_to_the_image_that_was_undone(clean, ready, qtbot):
    show(clean, quality(*SIX), FindingKind.QUALITY)
    typed("d")
    qtbot.waitUntil(lambda: len(ready.session.dismissed) == 1, timeout=WAIT_MS)
    clean.view.show_path(SIX[4])
    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    qtbot.keyClick(clean.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not ready.session.dismissed, timeout=WAIT_MS)
    assert clean.kind is FindingKind.QUALITY
    assert assert_one_image(clean) == SIX[0]


def test_what_undo_changes_is_said_where_no_image_is_to_be_seen(clean, ready, qtbot):
    ready.workspaces.go("review")
    view = ready.review.gallery.view
    view.show_path("monocyte/c5.png")
    typed("1")
    qtbot.waitUntil(lambda: bool(ready.session.item("monocyte/c5.png").label), timeout=WAIT_MS)
    ready.workspaces.go("report")
    qtbot.keyClick(ready, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not ready.session.item("monocyte/c5.png").label, timeout=WAIT_MS)
    assert ready.job_strip.words.text().startswith("monocyte/c5.png: undid")
    ready.workspaces.go("review")
    assert ready.session.current.path == "monocyte/c6.png"  # where the person was
    qtbot.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | SHIFT)
    qtbot.waitUntil(lambda: bool(ready.session.item("monocyte/c5.png").label), timeout=WAIT_MS)
    assert ready.session.current.path == "monocyte/c5.png"
