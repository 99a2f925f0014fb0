"""Cleaning in the real window: queues, keys, bulk, undo; what was decided outlives scans and restarts."""

import csv

import pytest
from clean_help import found, hand, near, scan
from gui_help import WAIT_MS, all_read, shut
from PySide6.QtCore import Qt

from engine.curate.finding import FindingKind
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


def test_before_a_scan_one_button_says_what_to_do(ready):
    ready.workspaces.go("clean")
    clean = ready.workspaces.current
    assert clean.empty_page.isVisible()
    assert clean.empty_page.scan.isEnabled()
    assert clean.empty_page.scan.hasFocus()
    assert not clean.queue_list.rescan.isVisible()


def test_queues_have_what_was_planted_in_the_order_in_which_to_look(clean):
    counts = clean.findings.counts()
    assert counts[FindingKind.UNREADABLE] == 2
    assert counts[FindingKind.EXACT_DUPLICATE] == 3
    assert sum(counts.values()) == 5
    assert clean.kind is FindingKind.UNREADABLE
    assert clean.page.isVisible()
    assert "2" in clean.queue_list.rows[FindingKind.UNREADABLE].accessibleName()


def test_review_has_them_as_facets_and_forgets_what_was_decided(clean, ready, qtbot):
    rows, model = ready.review.facets.rows, ready.review.gallery.model
    copies = ("found", "exact_duplicate")
    qtbot.waitUntil(lambda: copies in rows, timeout=WAIT_MS)
    assert rows["found", "unreadable"].accessibleName().endswith(": 2")
    assert rows[copies].accessibleName().endswith(": 3")
    rows[copies].click()
    assert {model.path(row) for row in range(model.rowCount())} < {*COPIES, *TWINS}
    ready.decisions.remove(COPIES)
    qtbot.waitUntil(lambda: rows[copies].accessibleName().endswith(": 1"), timeout=WAIT_MS)


def test_review_says_on_the_image_what_was_found_until_it_is_decided(clean, ready, qtbot):
    hand(clean, found(FindingKind.SUSPECT_LABEL, "monocyte/c1.png", "platelet"))
    context, model = ready.context, ready.review.gallery.model
    ready.workspaces.go("review")
    ready.review.gallery.view.show_path("monocyte/c1.png")

    def told():
        return any("The label is" in one for one in context.inspector.reasons.sentences)

    qtbot.waitUntil(told, timeout=WAIT_MS)
    assert ready.session.current.found == ("suspect_label",)
    assert "Suspect labels" in model.data(
        model.index(model.row("monocyte/c1.png")), Qt.ItemDataRole.AccessibleTextRole
    )
    ready.decisions.dismiss(["monocyte/c1.png"])
    qtbot.waitUntil(lambda: not told(), timeout=WAIT_MS)
    assert ready.session.current.found == ()


def test_a_queue_marks_only_what_else_was_found(clean):
    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    table = clean._session.table
    rows = {one: table.rows([one]) for one in (*COPIES, *TWINS)}
    table.set_finding_kinds({"exact_duplicate": table.rows(COPIES), "unusual": rows[COPIES[0]]})
    places = [clean.model.row(path) for path in COPIES]
    assert [clean.model.item(place).found for place in places] == [("unusual",), (), ()]


def test_copies_are_bands_the_conflict_of_labels_first(clean):
    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    assert sorted(shown(clean)[:3]) == COPIES
    assert sorted(shown(clean)[3:]) == TWINS
    first, second = clean.model.bands
    assert "conflicting labels" in first.title
    assert "conflicting labels" not in second.title
    assert (first.detail, second.detail) == ("", "remove 1")
    assert "Platelet" in clean.page.card.reason.text()


def test_enter_on_a_keeper_removes_the_others_and_one_undo_brings_them_back(clean, qtbot):
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


def test_k_keeps_the_copy_that_is_looked_at(clean, qtbot):
    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    clean.view.show_path("platelet/copy.png")
    qtbot.keyClick(clean.view, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: len(removed(clean)) == 2, timeout=WAIT_MS)
    assert "platelet/copy.png" not in removed(clean)


def test_x_removes_and_the_next_image_comes(clean, qtbot):
    first, second = shown(clean)
    assert clean._session.current.path == first
    qtbot.keyClick(clean.view, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: shown(clean) == [second], timeout=WAIT_MS)
    assert removed(clean) == {first: "unreadable"}
    assert clean._session.current.path == second
    assert clean.findings.counts()[FindingKind.UNREADABLE] == 1


def test_a_class_key_labels_what_is_looked_at(clean, qtbot):
    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    clean.view.show_path("monocyte/twin.png")
    qtbot.keyClick(clean.view, Qt.Key.Key_1)
    qtbot.waitUntil(
        lambda: clean._session.item("monocyte/twin.png").label == "basophil", timeout=WAIT_MS
    )


def test_a_dismissal_outlives_a_rescan_and_another_window_and_is_undone(clean, ready, qtbot):
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


def test_what_was_found_is_there_at_the_next_start_without_a_scan(clean, ready, qapp, qtbot):
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
    shut(another)


def test_images_that_came_after_the_last_scan_are_told_until_the_next(clean, ready, qtbot):
    from tiny_model import save_picture

    root = ready.session.root
    save_picture(root / "platelet" / "late.png", 7, seed=991)
    ready.open(root)
    qtbot.waitUntil(lambda: "platelet/late.png" in ready.session.table, timeout=WAIT_MS)
    qtbot.waitUntil(all_read(ready), timeout=WAIT_MS)
    ready.workspaces.go("clean")
    news = clean.queue_list.notice
    qtbot.waitUntil(news.isVisible, timeout=WAIT_MS)
    assert news.text().startswith("1 ")
    scan(clean, qtbot)
    assert not news.isVisible()


def test_bulk_says_what_it_will_do_then_does_it_in_one_edit(clean, qtbot):
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


def test_escape_leaves_the_preview_with_nothing_done(clean, ready, qtbot):
    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    clean.page.bulk.start.click()
    ready.escape()
    assert not clean.page.bulk.is_confirming
    assert not removed(clean)
    assert clean.view.hasFocus()


def test_a_preview_of_other_findings_is_put_away(clean, qtbot):
    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    clean.page.bulk.start.click()
    clean.show_queue(FindingKind.UNREADABLE)
    assert not clean.page.bulk.is_confirming
    assert "2" in clean.page.bulk.start.text()


def test_the_threshold_narrows_what_is_shown_and_what_bulk_takes(clean, qtbot):
    clean.show_queue(FindingKind.EXACT_DUPLICATE)
    assert clean.page.scores.isVisible()
    scores = clean.findings.queue(FindingKind.EXACT_DUPLICATE).scores
    clean.page.scores.slider.setValue(round(100 * (scores.min() + scores.max()) / 2))
    assert sorted(shown(clean)) == COPIES
    assert not clean.page.bulk.start.isVisible()  # a conflict of labels is nothing for all at once
    clean.page.scores.slider.setValue(0)
    assert len(shown(clean)) == 5
    assert "1" in clean.page.bulk.start.text()


def test_a_suspect_label_is_relabelled_by_enter(clean, qtbot):
    hand(clean, found(FindingKind.SUSPECT_LABEL, "basophil/c3.png", "platelet"))
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


def test_versions_are_compared_side_by_side_with_what_differs(clean, ready, qtbot):
    pair = ("platelet/c0.png", "platelet/c1.png")
    hand(clean, near(*pair))
    clean.show_queue(FindingKind.NEAR_DUPLICATE)
    compare = clean.page.compare
    assert compare.isVisible()
    clean.view.show_path(pair[1])
    qtbot.waitUntil(lambda: bool(compare.captions[2].text()), timeout=WAIT_MS)
    assert compare.captions[0].text() == "Stays"
    assert "%" in compare.captions[2].text()
    clean.show_queue(FindingKind.UNREADABLE)
    assert not compare.isVisible()


def test_nothing_is_done_before_it_is_known_who_decides(clean, ready, qtbot):
    ready.decisions.reviewer = None
    qtbot.keyClick(clean.view, Qt.Key.Key_X)
    assert ready.name_bar.isVisible()
    assert not removed(clean)


def test_the_selection_is_that_of_the_workspace_in_front(clean, ready, qtbot):
    ready.workspaces.go("review")
    ready.review.gallery.view.show_path("platelet/c5.png")
    assert ready.session.current.path == "platelet/c5.png"
    ready.workspaces.go("clean")
    assert ready.session.current.path in shown(clean)
    qtbot.keyClick(clean.view, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: bool(removed(clean)), timeout=WAIT_MS)
    assert "platelet/c5.png" not in removed(clean)


def test_a_scan_is_cancelled_and_nothing_changes(clean, ready, qtbot):
    before = clean.findings.counts()
    clean.scanning.start()
    (activity,) = ready.activities.running
    activity.cancel()
    qtbot.waitUntil(lambda: not clean.scanning.is_running, timeout=WAIT_MS)
    assert clean.findings.counts() == before
    assert not ready.notice.isVisible()


def test_a_closed_window_stops_a_scan(ready, qtbot):
    ready.workspaces.go("clean")
    ready.workspaces.current.scanning.start()


def test_another_folder_has_other_findings(clean, ready, tmp_path, qtbot):
    from tiny_model import save_picture

    other = tmp_path / "other"
    other.mkdir()
    save_picture(other / "one.png", 0)
    ready.open(other)
    qtbot.waitUntil(all_read(ready), timeout=WAIT_MS)
    ready.workspaces.go("clean")
    assert not clean.findings.counts()
    assert clean.empty_page.isVisible()


def test_the_summary_counts_and_is_written_as_a_table_and_a_picture(
    clean, ready, tmp_path, monkeypatch, qtbot
):
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
    said = {(what, name): (int(old), int(new)) for what, name, old, new in rows[1:]}
    assert said["files", ""] == (29, 26)
    assert said["removed", "Exact copies"] == (3, 0)
    assert sum(old - new for (what, _), (old, new) in said.items() if what == "class") == 3
    from PIL import Image

    with Image.open(picture) as image:
        assert image.width > 100
    monkeypatch.setitem(answers, dialogs.SAVE_TABLE, table / "out.csv")
    clean.summary.save_table.click()
    assert ready.notice.isVisible()


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


def test_what_is_recalled_of_one_folder_is_not_shown_of_the_next(clean, ready, qtbot):
    clean.scanning._is_restored = False
    clean.findings.clear()
    clean.scanning.restore_last_scan()
    task = list(ready.workers._tasks.values())[-1]
    with qtbot.waitSignals([task.destroyed], timeout=WAIT_MS):
        # What opening another folder begins with.
        ready.session.open(ready.session.source)
    assert not clean.findings.kinds()
