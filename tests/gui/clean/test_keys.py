"""Keys in Clean: highlight, description and the target of the next key are one image."""

from collections import Counter

import pytest
from clean_helpers import deliver_batch, quality_batch, suspect_label_batch
from gui_helpers import WAIT_MS, type_keys
from PySide6.QtCore import Qt

from engine.curate.finding import FindingBatch, FindingKind
from engine.project.project import Project
from gui.clean.finding_queues import build_queues
from gui.state import finding_text
from gui.words import to_sentence

SIX = [f"{folder}/c{number}.png" for folder in ("basophil", "monocyte") for number in range(1, 4)]
COPIES = {"basophil/stray.png", "platelet/c0.png", "platelet/copy.png"}
TWINS = {"monocyte/c0.png", "monocyte/twin.png"}
SHIFT = Qt.KeyboardModifier.ShiftModifier


def suspects(*paths):
    """Return suspect labels, each image with its own suggested class."""
    suggested = ("platelet", "neutrophil", "erythroblast", "lymphocyte", "eosinophil", "platelet")
    findings = [
        finding
        for path, other in zip(paths, suggested, strict=True)
        for finding in suspect_label_batch(FindingKind.SUSPECT_LABEL, path, other).findings
    ]
    return FindingBatch((FindingKind.SUSPECT_LABEL,), tuple(findings))


def show(clean, batch, kind):
    deliver_batch(clean, batch)
    clean.show_queue(kind)
    clean.view.setFocus()


def assert_one_image(clean):
    """Check that highlight, session, reason and buttons are of one image, and return its path."""
    view, session, card = clean.view, clean._session, clean.page.card
    path = clean.model.path(view.currentIndex().row())
    assert session.current.path == path
    assert list(session.targets) == [path]
    finding = clean.findings.queue(clean.kind).findings[clean.model.queue_index(path)]
    assert finding.path == path
    assert card.reason.text() == to_sentence(
        finding_text.localise_reason(finding, session.class_styles)
    )
    if finding.suggested_label:
        assert session.class_styles.find(finding.suggested_label).name in card.accept.text()
    return path


def dismissed(ready):
    """Return the dismissed keys from the project file."""
    with Project.open(ready.decisions.project.file) as project:
        return project.dismissed_findings()


@pytest.mark.parametrize("waits", [True, False], ids=["slowly", "quickly"])
def test_d_six_times_dismisses_six_findings_in_order(clean, ready, qtbot, waits):
    show(clean, quality_batch(*SIX), FindingKind.QUALITY)
    for number, path in enumerate(SIX, 1):
        if waits or number == 1:
            assert assert_one_image(clean) == path
        type_keys("d")
        if waits:
            qtbot.waitUntil(lambda n=number: len(ready.session.dismissed) == n, timeout=WAIT_MS)
            assert ready.session.dismissed == {f"quality {path}" for path in SIX[:number]}
    qtbot.waitUntil(lambda: len(ready.session.dismissed) == 6, timeout=WAIT_MS)
    assert set(dismissed(ready)) == {f"quality {path}" for path in SIX}
    assert not clean.model.rowCount()
    assert ready.session.current is None


def test_enter_without_a_suggestion_names_the_keys_that_act(clean, ready, qtbot):
    show(clean, quality_batch(*SIX), FindingKind.QUALITY)
    type_keys("\r")
    text = ready.job_strip.label.text()
    assert "no suggestion to accept" in text
    assert "X · Del removes, D says" in text
    assert assert_one_image(clean) == SIX[0]
    type_keys("k")
    assert "has no copies here" in ready.job_strip.label.text()
    assert not ready.decisions.project.decisions()


def test_sentence_on_skipped_groups_ends_with_its_queue(clean, ready):
    clean.page.bulk.show_skipped(2)
    show(clean, quality_batch(*SIX), FindingKind.QUALITY)
    assert clean.page.bulk.skipped.isHidden()


def test_x_after_a_click_removes_the_clicked_image(clean, ready, qtbot):
    show(clean, quality_batch(*SIX), FindingKind.QUALITY)
    type_keys("d")
    qtbot.waitUntil(lambda: len(ready.session.dismissed) == 1, timeout=WAIT_MS)
    box = clean.view.visualRect(clean.model.index(clean.model.row_of(SIX[4])))
    qtbot.mouseClick(clean.view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert assert_one_image(clean) == SIX[4]
    type_keys("x")
    qtbot.waitUntil(lambda: ready.session.item(SIX[4]).removed, timeout=WAIT_MS)
    assert [path for path in SIX if ready.session.item(path).removed] == [SIX[4]]
    assert assert_one_image(clean) == SIX[5]


@pytest.mark.parametrize("waits", [True, False], ids=["slowly", "quickly"])
def test_enter_relabels_each_suspect_as_suggested(clean, ready, qtbot, waits):
    batch = suspects(*SIX)
    show(clean, batch, FindingKind.SUSPECT_LABEL)
    for number, finding in enumerate(batch.findings, 1):
        if waits:
            assert assert_one_image(clean) == finding.path
        type_keys("\r")
        if waits:
            qtbot.waitUntil(
                lambda n=number: sum(bool(ready.session.item(path).label) for path in SIX) == n,
                timeout=WAIT_MS,
            )
    qtbot.waitUntil(lambda: all(ready.session.item(path).label for path in SIX), timeout=WAIT_MS)
    with Project.open(ready.decisions.project.file) as project:
        decisions = project.decisions()
    assert {finding.path: decisions[finding.path].label for finding in batch.findings} == {
        finding.path: finding.suggested_label for finding in batch.findings
    }


def test_undo_restores_a_finding_and_views_stay_in_sync(clean, ready, qtbot):
    show(clean, quality_batch(*SIX), FindingKind.QUALITY)
    for number in (1, 2, 3):
        type_keys("d")
        qtbot.waitUntil(lambda n=number: len(ready.session.dismissed) == n, timeout=WAIT_MS)
    ready.decisions.undo()
    qtbot.waitUntil(lambda: clean.model.rowCount() == 4, timeout=WAIT_MS)
    assert_one_image(clean)


def test_bulk_removal_leaves_views_in_sync(clean, ready, qtbot):
    show(clean, quality_batch(*SIX), FindingKind.QUALITY)
    clean.page.scores.slider.setValue(65)
    clean.page.bulk.start.click()
    clean.page.bulk.confirm.click()
    qtbot.waitUntil(lambda: any(ready.session.item(path).removed for path in SIX), timeout=WAIT_MS)
    clean.page.scores.slider.setValue(0)
    left = [path for path in SIX if not ready.session.item(path).removed]
    assert [clean.model.path(row) for row in range(clean.model.rowCount())] == left
    for path in left:
        clean.view.show_path(path)
        assert assert_one_image(clean) == path


def test_next_cluster_is_described_after_the_first_is_resolved(clean, ready, qtbot):
    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    type_keys("\r")  # the keeper of the conflict stays
    qtbot.waitUntil(lambda: ready.session.total and len(removed(ready)) == 2, timeout=WAIT_MS)
    assert assert_one_image(clean) in TWINS
    assert {finding.path for finding in clean.model.cluster_of(ready.session.current.path)} == TWINS
    type_keys("k")
    qtbot.waitUntil(lambda: len(removed(ready)) == 3, timeout=WAIT_MS)
    assert len(TWINS & removed(ready)) == 1


def removed(ready):
    table = ready.session.table
    return {table.paths[row] for row in table.reasons}


def test_bulk_keys_skip_conflicting_clusters_and_report_them(clean, ready, qtbot):
    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    qtbot.keyClick(clean.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert "5 selected" in clean.page.selected.text()
    type_keys("\r")
    qtbot.waitUntil(lambda: bool(removed(ready)), timeout=WAIT_MS)
    assert removed(ready) < TWINS
    assert clean.page.bulk.skipped.isVisible()
    assert "1 group" in clean.page.bulk.skipped.text()
    for key in ("x", "d"):
        ready.decisions.undo()
        qtbot.waitUntil(lambda: not removed(ready), timeout=WAIT_MS)
        qtbot.keyClick(clean.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        type_keys(key)
        qtbot.waitUntil(lambda: clean.model.rowCount() == 3, timeout=WAIT_MS)
        assert not removed(ready) & COPIES
        assert len(ready.session.dismissed) == (key == "d")


def test_bulk_removal_skips_decided_images_and_asks_once(clean, ready, qtbot):
    ready.decisions.label(["basophil/c2.png"], "platelet")
    show(clean, quality_batch(*SIX), FindingKind.QUALITY)
    qtbot.waitUntil(lambda: bool(ready.session.item("basophil/c2.png").label), timeout=WAIT_MS)
    clean.page.bulk.start.click()
    assert "5" in clean.page.bulk.confirm.text()
    assert "1 already decided by a person is left unchanged" in clean.page.bulk.preview.text()
    type_keys("\r")
    qtbot.waitUntil(lambda: len(removed(ready)) == 5, timeout=WAIT_MS)
    assert "basophil/c2.png" not in removed(ready)
    assert ready.overwrite_question.isVisible()
    ready.overwrite_question.yes.click()
    qtbot.waitUntil(lambda: len(removed(ready)) == 6, timeout=WAIT_MS)
    assert not ready.overwrite_question.isVisible()


def test_another_folder_opens_without_an_error(clean, ready, qtbot, tmp_path, qapp):
    from tiny_model import save_class_image

    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    other = tmp_path / "another"
    other.mkdir()
    save_class_image(other / "one.png", 0)
    with qtbot.captureExceptions() as broken:
        ready.open(other)
        qtbot.waitUntil(lambda: ready.session.root == other, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: ready.session.total == 1, timeout=WAIT_MS)
        ready.workspaces.go("clean")
        type_keys("d")
    assert not broken
    assert ready.session.current is None


def test_queue_has_each_image_once(clean):
    queues = build_queues(clean._session.table, quality_batch(*SIX, SIX[0]))
    assert Counter(finding.path for finding in queues[0].findings) == Counter(SIX)


def test_undo_returns_to_the_undone_image(clean, ready, qtbot):
    show(clean, quality_batch(*SIX), FindingKind.QUALITY)
    type_keys("d")
    qtbot.waitUntil(lambda: len(ready.session.dismissed) == 1, timeout=WAIT_MS)
    clean.view.show_path(SIX[4])
    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    qtbot.keyClick(clean.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not ready.session.dismissed, timeout=WAIT_MS)
    assert clean.kind is FindingKind.QUALITY
    assert assert_one_image(clean) == SIX[0]


def test_undo_is_reported_where_no_image_is_shown(clean, ready, qtbot):
    ready.workspaces.go("review")
    view = ready.review.gallery.view
    view.show_path("monocyte/c5.png")
    type_keys("1")
    qtbot.waitUntil(lambda: bool(ready.session.item("monocyte/c5.png").label), timeout=WAIT_MS)
    ready.workspaces.go("report")
    qtbot.keyClick(ready, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not ready.session.item("monocyte/c5.png").label, timeout=WAIT_MS)
    assert ready.job_strip.label.text() == "Undone: Basophil (monocyte/c5.png)."
    ready.workspaces.go("review")
    assert ready.session.current.path == "monocyte/c6.png"  # where the person was
    qtbot.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | SHIFT)
    qtbot.waitUntil(lambda: bool(ready.session.item("monocyte/c5.png").label), timeout=WAIT_MS)
    assert ready.session.current.path == "monocyte/c5.png"
