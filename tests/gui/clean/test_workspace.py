"""Clean workspace in the real window: queues, keys, bulk action, undo, rescans and restarts."""

import csv

import pytest
from clean_helpers import (
    deliver_batch,
    near_duplicate_batch,
    quality_batch,
    scan,
    suspect_label_batch,
)
from gui_helpers import WAIT_MS, all_read, close_window
from PySide6.QtCore import QCoreApplication, Qt

from engine.curate import findings_cache
from engine.curate.finding import Finding, FindingAction, FindingBatch, FindingKind
from engine.images.class_set import load_class_set
from engine.images.folder_source import FolderSource
from engine.jobs import Job
from engine.messages import Message
from gui.shell.window import MainWindow
from gui.theme import Theme
from gui.widgets import dialogs

COPIES = ["basophil/stray.png", "platelet/c0.png", "platelet/copy.png"]
TWINS = ["monocyte/c0.png", "monocyte/twin.png"]


def shown(clean):
    return [clean.model.path(row) for row in range(clean.model.rowCount())]


def removed(clean):
    table = clean._session.table
    return {table.paths[row]: why for row, why in table.reasons.items()}


def test_before_a_scan_only_the_scan_button_is_shown(ready):
    ready.workspaces.go("clean")
    clean = ready.workspaces.current
    assert clean.empty_page.isVisible()
    assert clean.empty_page.scan.isEnabled()
    assert clean.empty_page.scan.hasFocus()
    assert not clean.queue_list.rescan.isVisible()


def test_an_image_that_cannot_be_decoded_is_not_new_at_the_next_start(window, dirty, qtbot):
    damaged = dirty / "platelet" / "c1.png"
    damaged.write_bytes(damaged.read_bytes()[:-40])
    window.open(dirty)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    window.workspaces.go("clean")
    scan(window.workspaces.current, qtbot)
    assert window.session.item("platelet/c1.png").problem is not None
    # Listed as at a start, before anything is read.
    files = list(FolderSource(dirty, load_class_set("blood8")).scan(Job()))
    last = findings_cache.load(dirty, files, window.session.active_model.card.model_id)
    assert last.changed_count == 0


def test_the_buttons_stay_in_place_when_the_scores_are_gone(clean, qtbot):
    deliver_batch(clean, quality_batch("basophil/c1.png", "monocyte/c1.png"))
    clean.window().resize(1280, 800)
    clean.show_queue(FindingKind.QUALITY)
    qtbot.waitUntil(clean.page.scores.isVisible, timeout=WAIT_MS)
    before = clean.page.card.mapTo(clean, clean.page.card.rect().topLeft())
    qtbot.keyClick(clean.view, Qt.Key.Key_D)
    qtbot.waitUntil(clean.page.scores.isHidden, timeout=WAIT_MS)
    QCoreApplication.sendPostedEvents()
    assert clean.page.card.mapTo(clean, clean.page.card.rect().topLeft()) == before


def test_queues_have_the_planted_faults_in_order(clean):
    counts = clean.findings.counts()
    assert counts[FindingKind.UNREADABLE] == 2
    assert counts[FindingKind.EXACT_DUPLICATE] == 3
    assert counts[FindingKind.SUSPECT_LABEL] == 1
    assert sum(counts.values()) == 6
    assert clean.kind is FindingKind.UNREADABLE
    assert clean.page.isVisible()
    assert "2" in clean.queue_list.rows[FindingKind.UNREADABLE].accessibleName()


def test_review_facets_count_unresolved_findings(clean, ready, qtbot):
    rows, model = ready.review.facets.rows, ready.review.gallery.model
    copies = ("found", "exact_duplicate")
    qtbot.waitUntil(lambda: copies in rows, timeout=WAIT_MS)
    assert rows["found", "unreadable"].accessibleName().endswith(": 2")
    assert rows[copies].accessibleName().endswith(": 3")
    rows[copies].click()
    assert {model.path(row) for row in range(model.rowCount())} < {*COPIES, *TWINS}
    ready.decisions.remove(COPIES)
    qtbot.waitUntil(lambda: rows[copies].accessibleName().endswith(": 1"), timeout=WAIT_MS)


def test_review_shows_findings_until_they_are_resolved(clean, ready, qtbot):
    deliver_batch(
        clean, suspect_label_batch(FindingKind.SUSPECT_LABEL, "monocyte/c1.png", "platelet")
    )
    context, model = ready.context, ready.review.gallery.model
    ready.workspaces.go("review")
    ready.review.gallery.view.show_path("monocyte/c1.png")

    def is_shown():
        return any("The label is" in sentence for sentence in context.inspector.reasons.sentences)

    qtbot.waitUntil(is_shown, timeout=WAIT_MS)
    assert ready.session.current.found == ("suspect_label",)
    assert "Suspect labels" in model.data(
        model.index(model.row_of("monocyte/c1.png")), Qt.ItemDataRole.AccessibleTextRole
    )
    ready.decisions.dismiss(["monocyte/c1.png"])
    qtbot.waitUntil(lambda: not is_shown(), timeout=WAIT_MS)
    assert ready.session.current.found == ()


def test_queue_badges_show_only_other_kinds(clean):
    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    table = clean._session.table
    rows = {path: table.rows([path]) for path in (*COPIES, *TWINS)}
    table.found_kinds.set_rows({"exact_duplicate": table.rows(COPIES), "unusual": rows[COPIES[0]]})
    places = [clean.model.row_of(path) for path in COPIES]
    assert [clean.model.item(place).found for place in places] == [("unusual",), (), ()]


def test_copies_are_bands_with_conflicts_first(clean):
    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    assert sorted(shown(clean)[:3]) == COPIES
    assert sorted(shown(clean)[3:]) == TWINS
    first, second = clean.model.bands
    assert "conflicting labels" in first.title
    assert "conflicting labels" not in second.title
    assert (first.detail, second.detail) == ("", "remove 1")
    assert "Platelet" in clean.page.card.reason.text()


def test_enter_on_a_keeper_removes_the_others_in_one_edit(clean, qtbot):
    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    keeper = clean._session.current.path
    assert keeper == "platelet/c0.png"  # the label that most copies have
    qtbot.keyClick(clean.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(removed(clean)) == 2, timeout=WAIT_MS)
    assert removed(clean) == dict.fromkeys(set(COPIES) - {keeper}, "exact_duplicate")
    assert sorted(shown(clean)) == TWINS
    clean._decisions.undo()
    qtbot.waitUntil(lambda: not removed(clean), timeout=WAIT_MS)
    assert len(shown(clean)) == 5


def test_k_keeps_the_current_copy(clean, qtbot):
    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    clean.view.show_path("platelet/copy.png")
    qtbot.keyClick(clean.view, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: len(removed(clean)) == 2, timeout=WAIT_MS)
    assert "platelet/copy.png" not in removed(clean)


def test_x_removes_and_moves_to_the_next_image(clean, qtbot):
    first, second = shown(clean)
    assert clean._session.current.path == first
    qtbot.keyClick(clean.view, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: shown(clean) == [second], timeout=WAIT_MS)
    assert removed(clean) == {first: "unreadable"}
    assert clean._session.current.path == second
    assert clean.findings.counts()[FindingKind.UNREADABLE] == 1


def test_class_key_labels_the_current_image(clean, qtbot):
    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    clean.view.show_path("monocyte/twin.png")
    qtbot.keyClick(clean.view, Qt.Key.Key_1)
    qtbot.waitUntil(
        lambda: clean._session.item("monocyte/twin.png").label == "basophil", timeout=WAIT_MS
    )


def test_dismissal_survives_rescan_and_reopening_and_can_be_undone(clean, ready, qtbot):
    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    clean.view.show_path("monocyte/twin.png")
    qtbot.keyClick(clean.view, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: sorted(shown(clean)) == COPIES, timeout=WAIT_MS)
    scan(clean, qtbot)
    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    assert sorted(shown(clean)) == COPIES
    root = ready.session.root
    ready.open(root)
    qtbot.waitUntil(all_read(ready), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: ready.decisions.writable, timeout=WAIT_MS)
    assert len(ready.session.dismissed) == 1
    ready.workspaces.go("clean")
    qtbot.waitUntil(lambda: bool(clean.findings.counts()), timeout=WAIT_MS)
    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    assert sorted(shown(clean)) == COPIES
    ready.decisions.undo()
    qtbot.waitUntil(lambda: len(shown(clean)) == 5, timeout=WAIT_MS)


def test_findings_are_restored_at_the_next_start(clean, ready, qapp, qtbot):
    root, model = ready.session.root, str(ready.session.active_model.bundle.folder)
    ready.decisions.release()
    another = MainWindow(Theme(qapp), model=model)
    another.show()
    another.open(root)
    qtbot.waitUntil(all_read(another), timeout=WAIT_MS)
    another.workspaces.go("clean")
    recalled = another.workspaces.current
    qtbot.waitUntil(lambda: bool(recalled.findings.counts()), timeout=WAIT_MS)
    assert recalled.findings.counts()[FindingKind.EXACT_DUPLICATE] == 3
    assert not recalled.scanning.is_running
    assert not recalled.queue_list.notice.isVisible()
    close_window(another)


def test_new_images_are_reported_until_the_next_scan(clean, ready, qtbot):
    from tiny_model import save_class_image

    root = ready.session.root
    save_class_image(root / "platelet" / "late.png", 7, seed=991)
    ready.open(root)
    qtbot.waitUntil(lambda: "platelet/late.png" in ready.session.table, timeout=WAIT_MS)
    qtbot.waitUntil(all_read(ready), timeout=WAIT_MS)
    ready.workspaces.go("clean")
    notice = clean.queue_list.notice
    qtbot.waitUntil(notice.isVisible, timeout=WAIT_MS)
    assert notice.text().startswith("1 ")
    scan(clean, qtbot)
    assert not notice.isVisible()


def test_bulk_action_previews_then_applies_one_edit(clean, qtbot):
    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    bulk = clean.page.bulk
    bulk.start.click()
    assert bulk.is_confirming
    assert "1" in bulk.confirm.text()
    assert "1 Monocyte" in bulk.preview.text()
    assert "1 group of copies with conflicting labels is left out" in bulk.preview.text()
    assert not removed(clean)
    bulk.confirm.click()
    qtbot.waitUntil(lambda: bool(removed(clean)), timeout=WAIT_MS)
    assert set(removed(clean)) < set(TWINS)
    assert sorted(shown(clean)) == COPIES
    assert not bulk.start.isVisible()
    clean._decisions.undo()
    qtbot.waitUntil(lambda: not removed(clean), timeout=WAIT_MS)


def test_escape_closes_the_preview_without_changes(clean, ready, qtbot):
    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    clean.page.bulk.start.click()
    ready.escape()
    assert not clean.page.bulk.is_confirming
    assert not removed(clean)
    assert clean.view.hasFocus()


def test_preview_closes_when_the_queue_changes(clean, qtbot):
    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    clean.page.bulk.start.click()
    clean.show_queue(FindingKind.UNREADABLE)
    assert not clean.page.bulk.is_confirming
    assert "2" in clean.page.bulk.start.text()


def test_threshold_limits_shown_findings_and_the_bulk_action(clean, qtbot):
    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    assert clean.page.scores.isVisible()
    scores = clean.findings.queue(FindingKind.EXACT_DUPLICATE).scores
    clean.page.scores.slider.setValue(round(100 * (scores.min() + scores.max()) / 2))
    assert sorted(shown(clean)) == COPIES
    assert not clean.page.bulk.start.isVisible()  # bulk actions skip conflicts
    clean.page.scores.slider.setValue(0)
    assert len(shown(clean)) == 5
    assert "1" in clean.page.bulk.start.text()


def test_enter_relabels_a_suspect_label(clean, qtbot):
    deliver_batch(
        clean, suspect_label_batch(FindingKind.SUSPECT_LABEL, "basophil/c3.png", "platelet")
    )
    clean.show_queue(FindingKind.SUSPECT_LABEL)
    assert shown(clean) == ["basophil/c3.png"]
    assert "Platelet" in clean.page.card.accept.text()
    qtbot.keyClick(clean.view, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: clean._session.item("basophil/c3.png").label == "platelet", timeout=WAIT_MS
    )
    assert not shown(clean)
    clean._decisions.undo()
    qtbot.waitUntil(lambda: shown(clean) == ["basophil/c3.png"], timeout=WAIT_MS)


def test_relabelled_images_are_counted_the_same_everywhere(clean, ready, qtbot):
    deliver_batch(
        clean, suspect_label_batch(FindingKind.SUSPECT_LABEL, "basophil/c3.png", "platelet")
    )
    clean.show_queue(FindingKind.SUSPECT_LABEL)
    qtbot.keyClick(clean.view, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: clean._session.item("basophil/c3.png").label == "platelet", timeout=WAIT_MS
    )
    ready.workspaces.go("review")
    rows = ready.review.facets.rows
    qtbot.waitUntil(lambda: ("marks", "relabelled") in rows, timeout=WAIT_MS)
    assert rows["marks", "relabelled"].accessibleName() == "Relabelled: 1"
    # The model agrees with the person, so it is no correction of the prediction.
    assert rows["review", "confirmed"].accessibleName() == "Prediction confirmed: 1"
    rows["marks", "relabelled"].click()
    model = ready.review.gallery.model
    assert [model.path(row) for row in range(model.rowCount())] == ["basophil/c3.png"]
    ready.workspaces.go("clean")
    clean.show_summary()
    assert "relabelled: 1" in clean.summary._counts_label.text()
    ready.workspaces.go("train")
    assert "1 relabelled" in ready.workspaces.current.setup_page.summary.text()


def test_equal_scores_have_no_histogram_and_a_score_is_explained(clean, qtbot):
    paths = ("platelet/c1.png", "platelet/c2.png")
    kind = FindingKind.UNUSUAL
    findings = [
        Finding(
            kind,
            path,
            0.5951 + 0.0001 * n,
            Message("finding.unknown"),
            FindingAction.REVIEW,
            key=path,
        )
        for n, path in enumerate(paths)
    ]
    deliver_batch(clean, FindingBatch((kind,), tuple(findings)))
    clean.show_queue(kind)
    assert not clean.page.scores.isVisible()
    assert "Score 59.5%; 100% is the clearest finding." in clean.page.card.suggestion.text()


def test_both_limits_of_none_of_these_are_named(clean, qtbot):
    kind, path = FindingKind.UNKNOWN, "platelet/c1.png"
    finding = Finding(kind, path, 0.9, Message("finding.unknown"), FindingAction.REVIEW, key=path)
    deliver_batch(clean, FindingBatch((kind,), (finding,)))
    clean.show_queue(kind)
    assert (
        "A scan lists them by a limit that flags 0.5% of usual cells; “Perhaps none of these” in Review "
        "uses one that flags 2.0%."
    ) in clean.page.about.text()


def test_near_duplicates_are_compared_side_by_side(clean, ready, qtbot):
    pair = ("platelet/c0.png", "platelet/c1.png")
    deliver_batch(clean, near_duplicate_batch(*pair))
    clean.show_queue(FindingKind.NEAR_DUPLICATE)
    compare = clean.page.compare
    assert compare.isVisible()
    clean.view.show_path(pair[1])
    qtbot.waitUntil(lambda: bool(compare.captions[2].text()), timeout=WAIT_MS)
    assert compare.captions[0].text() == "Stays"
    assert "%" in compare.captions[2].text()
    clean.show_queue(FindingKind.UNREADABLE)
    assert not compare.isVisible()


def test_reviewer_is_required_before_a_decision(clean, ready, qtbot):
    ready.decisions.reviewer = None
    qtbot.keyClick(clean.view, Qt.Key.Key_X)
    assert ready.name_bar.isVisible()
    assert not removed(clean)


def test_selection_follows_the_shown_workspace(clean, ready, qtbot):
    ready.workspaces.go("review")
    ready.review.gallery.view.show_path("platelet/c5.png")
    assert ready.session.current.path == "platelet/c5.png"
    ready.workspaces.go("clean")
    assert ready.session.current.path in shown(clean)
    qtbot.keyClick(clean.view, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: bool(removed(clean)), timeout=WAIT_MS)
    assert "platelet/c5.png" not in removed(clean)


def test_empty_page_after_a_scan_has_the_only_button_to_scan_again(clean, qtbot):
    assert clean.queue_list.rescan.isVisible()
    clean.kind = None
    clean._refresh()
    assert clean.empty_page.isVisible()
    assert clean.empty_page.scan.text() == "Scan again"
    assert not clean.queue_list.rescan.isVisible()


def test_headers_of_copies_count_all_images_once(clean):
    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    titles = [band.title for band in clean.model.bands]
    assert set(titles) <= {"The same image", "The same image, conflicting labels"}
    assert all(band.count >= 2 for band in clean.model.bands)


def test_cancelled_scan_changes_nothing(clean, ready, qtbot):
    before = clean.findings.counts()
    clean.scanning.start()
    (activity,) = ready.activities.running
    activity.cancel()
    qtbot.waitUntil(lambda: not clean.scanning.is_running, timeout=WAIT_MS)
    assert clean.findings.counts() == before
    assert not ready.notice.isVisible()


def test_closing_the_window_stops_a_scan(ready, qtbot):
    ready.workspaces.go("clean")
    ready.workspaces.current.scanning.start()


def test_another_folder_starts_without_findings(clean, ready, tmp_path, qtbot):
    from tiny_model import save_class_image

    other = tmp_path / "other"
    other.mkdir()
    save_class_image(other / "one.png", 0)
    ready.open(other)
    qtbot.waitUntil(all_read(ready), timeout=WAIT_MS)
    ready.workspaces.go("clean")
    assert not clean.findings.counts()
    assert clean.empty_page.isVisible()


def test_summary_is_saved_as_csv_and_png(clean, ready, tmp_path, monkeypatch, qtbot):
    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    for count in (2, 3):  # the keeper of each group stays alone
        qtbot.keyClick(clean.view, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda count=count: len(removed(clean)) == count, timeout=WAIT_MS)
    clean.queue_list.summary.click()
    assert clean.summary.isVisible()
    table, picture = tmp_path / "out.csv", tmp_path / "out.png"
    answers = {dialogs.SAVE_TABLE: table, dialogs.SAVE_PICTURE: picture}
    monkeypatch.setattr(dialogs, "ask", lambda _parent, question, _start: answers[question])
    clean.summary.save_table.click()
    clean.summary.save_image.click()
    rows = list(csv.reader(table.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == ["what", "name", "before", "after"]
    counts = {(what, name): (int(old), int(new)) for what, name, old, new in rows[1:]}
    assert counts["files", ""] == (29, 26)
    assert counts["removed", "Exact copies"] == (3, 0)
    assert sum(old - new for (what, _), (old, new) in counts.items() if what == "class") == 3
    from PIL import Image

    with Image.open(picture) as image:
        assert image.width > 100
    monkeypatch.setitem(answers, dialogs.SAVE_TABLE, table / "out.csv")
    clean.summary.save_table.click()
    assert ready.notice.isVisible()
    inside = ready.session.root / "monocyte" / "summary.png"
    monkeypatch.setitem(answers, dialogs.SAVE_PICTURE, inside)
    clean.summary.save_image.click()
    assert "lies in the image folder" in ready.notice.label.text()
    assert not inside.exists()


def test_removed_images_are_shown_by_reason_and_restored(clean, ready, qtbot):
    qtbot.keyClick(clean.view, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: len(removed(clean)) == 1, timeout=WAIT_MS)
    (path,) = removed(clean)
    clean.show_summary()
    clean.summary.show_buttons["unreadable"].click()
    model = ready.review.gallery.model
    assert [model.path(row) for row in range(model.rowCount())] == [path]
    qtbot.keyClick(ready.review.gallery.view, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: not removed(clean), timeout=WAIT_MS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_pages_are_painted(clean, scheme):
    clean._context.theme.set_dark(scheme == "dark")
    for page in (lambda: clean.show_queue(FindingKind.EXACT_DUPLICATE), clean.show_summary):
        page()
        image = clean.grab().toImage()
        assert len({image.pixelColor(x, 60).rgb() for x in range(0, image.width(), 3)}) > 3
    clean._context.theme.set_dark(False)


def test_restored_findings_are_dropped_when_another_folder_opens(clean, ready, qtbot):
    clean.scanning._is_restored = False
    clean.findings.clear()
    clean.scanning.restore_last_scan()
    task = list(ready.workers._tasks.values())[-1]
    thread = ready.workers._threads[task.number]
    with qtbot.waitSignal(task.dropped, timeout=WAIT_MS):
        # What opening another folder begins with.
        ready.session.open(ready.session.source)
    qtbot.waitUntil(lambda: not thread.is_alive(), timeout=WAIT_MS)
    QCoreApplication.processEvents()
    assert not clean.findings.kinds()


def test_wrong_label_among_few_images_is_listed_and_what_was_checked_is_said(ready, qtbot):
    ready.workspaces.go("clean")
    clean = ready.workspaces.current
    assert not clean.queue_list.unchecked.isVisible()
    scan(clean, qtbot)
    clean.show_queue(FindingKind.SUSPECT_LABEL)
    assert shown(clean) == ["basophil/c3.png"]
    assert "the model sees Platelet" in clean.page.card.reason.text()
    assert clean.queue_list.unchecked.isVisible()
    assert "Fewer than 10 images each: Basophil" in clean.queue_list.unchecked.text()
