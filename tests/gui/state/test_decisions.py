"""Decisions: from the window to the project file and back."""

import shutil

import pytest
from gui_helpers import WAIT_MS, all_read, close_window
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from engine.project.classes import merge_classes
from engine.project.decisions import NOT_CLASSED
from engine.project.library import Library
from engine.project.project import Project
from gui.classes.classes_editor import ClassesEditor
from gui.loading.conflict_dialog import ConflictDialog
from gui.shell.window import MainWindow
from gui.shortcuts.key_settings import KeySettings
from gui.theme import Theme
from gui.widgets import dialogs


@pytest.fixture
def ready(opened, qtbot):
    """Return the window with its project open and a reviewer."""
    opened.decisions.reviewer = "Anna"
    qtbot.waitUntil(lambda: opened.decisions.writable, timeout=WAIT_MS)
    return opened


def look(window: MainWindow, *paths: str) -> None:
    """Choose images as a click and Ctrl+click would."""
    view, model = window.review.gallery.view, window.review.gallery.model
    view.setCurrentIndex(model.index(model.row_of(paths[0])))
    flags = view.selectionModel().SelectionFlag.Select
    for path in paths[1:]:
        view.selectionModel().select(model.index(model.row_of(path)), flags)


def wait_for(window: MainWindow, qtbot, path: str, **values: object) -> None:
    """Wait until an image is decided as expected."""

    def holds() -> bool:
        item = window.session.item(path)
        return all(getattr(item, name) == value for name, value in values.items())

    qtbot.waitUntil(holds, timeout=WAIT_MS)


def test_label_is_saved_before_it_is_shown(ready, qtbot):
    look(ready, "basophil/c3.png")
    ready.review.image_actions.label("platelet")
    wait_for(ready, qtbot, "basophil/c3.png", label="platelet")
    assert ready.session.current.path == "basophil/c4.png"  # the next one came by itself
    file = ready.decisions.project.file
    ready.decisions.release()
    with Project.open(file) as project:
        assert project.decisions()["basophil/c3.png"].label == "platelet"
        [edit] = project.history("basophil/c3.png")
        assert (edit.who, edit.action) == ("Anna", "label")
        assert edit.model == ready.session.active_model.card.model_id


def test_confirm_not_classed_remove_note_and_clear(ready, qtbot):
    review = ready.review
    look(ready, "basophil/c0.png")
    review.image_actions.confirm()
    wait_for(ready, qtbot, "basophil/c0.png", label="basophil")
    look(ready, "basophil/c1.png")
    review.image_actions.not_classed()
    wait_for(ready, qtbot, "basophil/c1.png", label=NOT_CLASSED)
    look(ready, "basophil/c2.png")
    review.image_actions.remove()
    wait_for(ready, qtbot, "basophil/c2.png", removed=True)
    assert review.gallery.model.row_of("basophil/c2.png") is None
    ready.decisions.set_note("basophil/c0.png", "vacuoles")
    wait_for(ready, qtbot, "basophil/c0.png", note="vacuoles")
    look(ready, "basophil/c0.png")
    review.image_actions.clear()
    wait_for(ready, qtbot, "basophil/c0.png", label=None, note="vacuoles")
    ready.decisions.remove(["basophil/c2.png"])
    wait_for(ready, qtbot, "basophil/c2.png", removed=False)


def test_bulk_label_is_one_undo_step_and_keeps_the_current_image(ready, qtbot):
    paths = [f"monocyte/c{number}.png" for number in range(6)]
    look(ready, *paths)
    ready.review.image_actions.label("basophil")
    wait_for(ready, qtbot, paths[5], label="basophil")
    assert ready.session.current.path == paths[0]
    assert list(ready.session.selected) == paths
    ready.decisions.undo()
    wait_for(ready, qtbot, paths[5], label=None)
    assert all(ready.session.item(path).label is None for path in paths)
    ready.decisions.redo()
    wait_for(ready, qtbot, paths[0], label="basophil")
    assert ready.session.current.path == paths[0]


def test_undo_without_edits_is_reported(ready, qtbot):
    with qtbot.waitSignal(ready.decisions.failed, timeout=WAIT_MS):
        ready.decisions.undo()
    assert "nothing to undo" in ready.job_strip.label.text()
    assert not ready.notice.isVisible()  # nothing moves for it


def test_decision_needs_a_reviewer_name(ready, qtbot):
    ready.decisions.reviewer = None
    look(ready, "basophil/c0.png")
    with qtbot.waitSignal(ready.decisions.reviewer_needed) as needed:
        ready.review.image_actions.confirm()
    assert ready.session.current.path == "basophil/c0.png"
    ready.decisions.reviewer = "Bea"
    needed.args[0]()
    wait_for(ready, qtbot, "basophil/c0.png", label="basophil")


def test_renamed_folder_keeps_its_labels(ready, cells, qtbot, tmp_path):
    look(ready, "basophil/c3.png")
    ready.review.image_actions.label("platelet")
    wait_for(ready, qtbot, "basophil/c3.png", label="platelet")
    file = ready.decisions.project.file
    moved = cells.rename(tmp_path / "elsewhere")
    ready.open(moved)
    qtbot.waitUntil(lambda: ready.decisions.project is not None, timeout=WAIT_MS)
    assert ready.decisions.project.file == file
    wait_for(ready, qtbot, "basophil/c3.png", label="platelet")
    qtbot.waitUntil(all_read(ready), timeout=WAIT_MS)


def test_copied_folder_asks_for_its_project(ready, cells, qtbot, tmp_path):
    file = ready.decisions.project.file
    shutil.copytree(cells, tmp_path / "copy")
    ready.open(tmp_path / "copy")
    qtbot.waitUntil(ready.project_chooser.isVisible, timeout=WAIT_MS)
    qtbot.waitUntil(all_read(ready), timeout=WAIT_MS)
    look(ready, "basophil/c0.png")
    with qtbot.waitSignal(ready.decisions.failed):
        ready.review.image_actions.confirm()
    assert ready.session.item("basophil/c0.png").label is None
    ready.project_chooser.buttons[-1].click()
    qtbot.waitUntil(lambda: ready.decisions.project is not None, timeout=WAIT_MS)
    assert ready.decisions.project.file != file
    assert not ready.project_chooser.isVisible()
    assert len(Library().recent()) == 2


def test_second_window_is_read_only(ready, cells, tiny_bundle, qapp, qtbot):
    look(ready, "basophil/c3.png")
    ready.review.image_actions.label("platelet")
    wait_for(ready, qtbot, "basophil/c3.png", label="platelet")
    second = MainWindow(Theme(qapp), model=str(tiny_bundle))
    second.show()
    second.decisions.reviewer = "Bea"
    second.open(cells)
    qtbot.waitUntil(lambda: second.decisions.project is not None, timeout=WAIT_MS)
    assert second.session.item("basophil/c3.png").label == "platelet"
    assert "open in another" in second.hints.hint_text("read_only")
    second.decisions.label(["basophil/c0.png"], "monocyte")
    # The reason is on the screen once: not again in the notice.
    assert not second.notice.isVisible()
    assert second.job_strip.label.text().startswith("Nothing was changed")
    second.hints.clear()
    second.decisions.label(["basophil/c0.png"], "monocyte")
    assert "open in another" in second.notice.label.text()
    close_window(second)
    assert ready.decisions.writable


def test_no_field_takes_text_that_cannot_be_stored(ready, cells, tiny_bundle, qapp, qtbot):
    second = MainWindow(Theme(qapp), model=str(tiny_bundle))
    second.show()
    second.decisions.reviewer = "Bea"
    inspector = second.context.inspector
    second.open(cells)
    # While the project is not open yet:
    qtbot.waitUntil(lambda: second.session.total > 0, timeout=WAIT_MS)
    assert not inspector.note.isEnabled()
    assert not inspector.tags.line.isEnabled()
    qtbot.waitUntil(all_read(second), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: second.decisions.project is not None, timeout=WAIT_MS)
    second.activateWindow()
    look(second, "basophil/c0.png")
    second.review.focus_images()
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F3):
        QTest.keyClick(second.focusWidget(), key)
        assert second.focusWidget() is second.review.gallery.view
        assert second.job_strip.label.text().startswith("Nothing was changed")
        second.job_strip.show_status("")
    for field in (inspector.note, inspector.tags.line):
        assert not field.isEnabled()
        assert "open in another" in field.toolTip()
        assert "now" in field.placeholderText()
    second.workspaces.go("report")
    report = second.workspaces.current
    qtbot.waitUntil(lambda: report.reporting.report is not None, timeout=WAIT_MS)
    report.show_page("second_reading")
    assert not report.second_reading.reader.isEnabled()
    report.show_page("signing")
    assert not report.sign_off.note.isEnabled()
    assert not report.sign_off.session.isEnabled()
    assert "open in another" in report.sign_off.refusal.text()
    close_window(second)
    # The first window writes as before.
    look(ready, "basophil/c0.png")
    assert ready.context.inspector.note.isEnabled()
    assert not ready.context.inspector.note.toolTip().startswith("/")


def test_closing_during_edits_saves_them(ready, qtbot, cells):
    file = ready.decisions.project.file
    for number in range(8):
        ready.decisions.label([f"monocyte/c{number}.png"], "basophil")
    ready.close()
    with Project.open(file) as project:
        kept = project.decisions()
    assert all(kept[f"monocyte/c{number}.png"].label == "basophil" for number in range(8))


def test_project_is_saved_as_one_file_and_reopened(ready, cells, qtbot, tmp_path, monkeypatch):
    look(ready, "basophil/c3.png")
    ready.review.image_actions.label("platelet")
    wait_for(ready, qtbot, "basophil/c3.png", label="platelet")
    copy = tmp_path / "handed on.bloodbench"
    monkeypatch.setattr(dialogs, "ask", lambda *_: copy)
    ready.dialogs.save_copy()
    qtbot.waitUntil(copy.exists, timeout=WAIT_MS)
    # Another computer: its own projects, the images at another place.
    monkeypatch.setenv("BLOODBENCH_HOME", str(tmp_path / "another"))
    elsewhere = cells.rename(tmp_path / "elsewhere")
    monkeypatch.setattr(dialogs, "ask", lambda *_: elsewhere)
    ready.open(copy)
    qtbot.waitUntil(
        lambda: ready.decisions.project is not None and ready.decisions.project.file == copy,
        timeout=WAIT_MS,
    )
    wait_for(ready, qtbot, "basophil/c3.png", label="platelet")


def test_project_is_not_linked_to_other_images(ready, qtbot, tmp_path, monkeypatch):
    file = ready.decisions.project.file
    ready.decisions.release()
    other = tmp_path / "other"
    other.mkdir()
    Image.new("RGB", (20, 20), "red").save(other / "c.png")
    ready.loader.open(other, file)
    qtbot.waitUntil(ready.notice.isVisible, timeout=WAIT_MS)
    assert "other" in ready.notice.label.text()
    assert ready.decisions.project is None


def test_start_page_reopens_a_recent_folder(ready, cells, tiny_bundle, qapp, qtbot):
    ready.decisions.release()
    second = MainWindow(Theme(qapp), model=str(tiny_bundle))
    second.show()
    qtbot.waitUntil(lambda: bool(second.start.recent.buttons), timeout=WAIT_MS)
    second.start.recent.buttons[0].click()
    qtbot.waitUntil(lambda: second.decisions.project is not None, timeout=WAIT_MS)
    assert second.session.root == cells
    close_window(second)


def test_reviewer_name_is_asked_once(ready, qtbot):
    ready.decisions.reviewer = None
    look(ready, "basophil/c0.png")
    ready.review.image_actions.confirm()
    assert ready.name_bar.isVisible()
    ready.name_bar.field.setText("Bea")
    ready.name_bar.ok.click()
    wait_for(ready, qtbot, "basophil/c0.png", label="basophil")
    assert "Bea" in ready.top_bar.reviewer.text()
    assert ready.decisions.reviewer == "Bea"
    assert ready.session.current.path == "basophil/c1.png"


def test_selection_made_while_the_name_is_asked_is_kept(ready, qtbot):
    ready.decisions.reviewer = None
    look(ready, "basophil/c0.png")
    ready.review.image_actions.confirm()
    look(ready, "monocyte/c4.png")
    ready.name_bar.field.setText("Bea")
    ready.name_bar.ok.click()
    wait_for(ready, qtbot, "basophil/c0.png", label="basophil")
    assert ready.session.current.path == "monocyte/c4.png"


def test_class_edits_are_applied_and_undone(ready, qtbot):
    look(ready, "basophil/c0.png")
    ready.review.image_actions.confirm()
    wait_for(ready, qtbot, "basophil/c0.png", label="basophil")
    classes = ready.session.project_or_model_classes()
    merged = merge_classes(classes, "basophil", "monocyte")
    ready.dialogs.edit_classes()
    [editor] = ready.findChildren(ClassesEditor)
    editor.saved.emit(merged, {"basophil": "monocyte"})
    editor.close()
    wait_for(ready, qtbot, "basophil/c0.png", label="monocyte")
    item = ready.session.item("basophil/c1.png")
    assert item.folder_class == item.prediction.class_id == "monocyte"
    assert ("class", "basophil") not in ready.review.facets.rows
    assert all(row.text != "Basophil" for row in ready.command_actions.rows())
    ready.decisions.undo()
    wait_for(ready, qtbot, "basophil/c0.png", label="basophil")
    assert ready.session.item("basophil/c1.png").folder_class == "basophil"
    assert ("class", "basophil") in ready.review.facets.rows


def test_changed_key_works_at_once(ready, qtbot):
    ready.dialogs.change_keys()
    [page] = ready.findChildren(KeySettings)
    page.close()
    ready.command_actions.keymap.set_keys({"confirm": ("Y",)})
    look(ready, "basophil/c0.png")
    ready.review.gallery.view.setFocus()
    QTest.keyClick(ready.review.gallery.view, Qt.Key.Key_Y)
    wait_for(ready, qtbot, "basophil/c0.png", label="basophil")


def test_moved_copies_with_different_labels_are_resolved_by_a_person(ready, cells, qtbot, tmp_path):
    for name in ("a.png", "b.png"):
        shutil.copy(cells / "platelet" / "c0.png", cells / "basophil" / name)
    ready.open(cells)
    qtbot.waitUntil(lambda: ready.session.total == 28 and ready.decisions.writable, timeout=WAIT_MS)
    ready.decisions.label(["basophil/a.png"], "monocyte")
    ready.decisions.label(["basophil/b.png"], "platelet")
    ready.decisions.set_tags(["basophil/a.png"], ["exam"], True)
    wait_for(ready, qtbot, "basophil/b.png", label="platelet")
    wait_for(ready, qtbot, "basophil/a.png", tags=("exam",))
    # Only an image whose content is known can be found under another name.
    hashed = {"basophil/a.png", "basophil/b.png"}
    qtbot.waitUntil(lambda: hashed <= ready.decisions.project.contents().keys(), timeout=WAIT_MS)
    for name in ("a.png", "b.png"):
        (cells / "basophil" / name).rename(cells / "monocyte" / f"moved-{name}")
    ready.open(cells)
    qtbot.waitUntil(lambda: bool(ready.hints.hint_text("ambiguous")), timeout=WAIT_MS)
    assert ready.session.item("monocyte/moved-a.png").label is None
    ready.resolve_links()
    [dialog] = ready.findChildren(ConflictDialog)
    buttons = dialog.lines["monocyte/moved-a.png"].findChildren(QPushButton)
    [monocyte] = [button for button in buttons if button.text().endswith("Monocyte, Tags: exam")]
    monocyte.click()
    wait_for(ready, qtbot, "monocyte/moved-a.png", label="monocyte", tags=("exam",))
    dialog.reject()


def test_folder_that_cannot_be_opened_leaves_the_project_of_the_shown_one_open(
    ready, qtbot, tmp_path
):
    ready.open(tmp_path / "missing")
    qtbot.waitUntil(ready.notice.isVisible, timeout=WAIT_MS)
    look(ready, "basophil/c0.png")
    ready.review.image_actions.label("platelet")
    wait_for(ready, qtbot, "basophil/c0.png", label="platelet")


def test_classes_editor_counts_each_image_once(ready, qtbot):
    look(ready, "basophil/c0.png")
    ready.review.image_actions.label("platelet")
    wait_for(ready, qtbot, "basophil/c0.png", label="platelet")
    ready.dialogs.edit_classes()
    [editor] = ready.findChildren(ClassesEditor)
    counts = [int(row.images.text()) for row in editor.rows.values() if row.images.text() != "–"]
    editor.close()
    assert sum(counts) == ready.session.counts()[1]
