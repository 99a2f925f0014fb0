"""Main window, driven by keyboard and mouse."""

import os
import sys
from pathlib import Path
from urllib.parse import quote

import numpy as np
import pytest
from gui_helpers import WAIT_MS, all_read, close_window, type_keys
from hostile import make_hostile_folder
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QSlider

from gui import settings
from gui.jobs.error_reporter import ErrorReport
from gui.shell.window import MainWindow
from gui.widgets import dialogs
from gui.widgets.dropped_paths import resolve_lossy_path

Key = Qt.Key


def press(window: MainWindow, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    QTest.keyClick(window.focusWidget() or window, key, modifier)


def paths(window: MainWindow) -> set[str]:
    """Return the images that are there."""
    return set(window.session.table.paths) if window.session.table is not None else set()


def test_first_start_offers_a_folder_and_the_sample(window, cells, monkeypatch, qtbot):
    assert window.start.isVisible()
    monkeypatch.setattr(dialogs, "ask", lambda *_: cells)
    window.start.open.click()
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    assert window.review.isVisible()
    assert window.top_bar.folder.text() == "cells"
    assert window.windowTitle().startswith("cells")


def test_predictions_appear_despite_unreadable_files(opened):
    session = opened.session
    total, read, bad = session.counts()
    assert (total, read, bad) == (26, 24, 2)
    assert session.item("monocyte/c0.png").prediction.class_id == "monocyte"
    assert session.item("basophil/c3.png").prediction.class_id == "platelet"
    assert session.item("basophil/zero.png").problem.id == "image.empty"
    assert "24" in opened.job_strip.label.text()
    assert "2" in opened.job_strip.label.text()
    assert not opened.job_strip.cancel.isVisible()
    assert not opened.notice.isVisible()


def test_top_bar_shows_model_and_device(opened):
    assert opened.top_bar.model.currentText() == "tiny"
    assert opened.top_bar.device.text() in ("CPU", "GPU")
    assert len(opened.top_bar.device.toolTip()) > 10


def test_inspector_follows_the_arrow_keys(opened, qtbot):
    view = opened.review.gallery.view
    view.setFocus()
    view.setCurrentIndex(view.model().index(0))
    first = opened.session.current.path
    press(opened, Key.Key_Right)
    assert opened.session.current.path != first
    qtbot.waitUntil(lambda: opened.context.image_loader.size is not None, timeout=WAIT_MS)
    assert opened.context.image_loader.size.width() == 48
    bars = opened.context.inspector.bars.bars
    assert len(bars) == 8
    assert "%" in bars[0].accessibleName()


def test_hovering_a_bar_shows_the_activation_of_its_class(opened):
    review, context = opened.review, opened.context
    context.activation_overlay.set_on(True)
    review.gallery.view.show_path("monocyte/c0.png")
    assert context.activation_overlay.class_id == "monocyte"
    assert context.activation_overlay.layer is not None
    bar = context.inspector.bars.bars[7]
    bar.setFocus()  # the keyboard's way of pointing
    assert context.activation_overlay.class_id == "platelet"
    reading = opened.session.reading("monocyte/c0.png")
    assert context.activation_overlay.is_empty == bool((reading.maps[..., 7] <= 0).all())
    review.gallery.view.setFocus()
    assert context.activation_overlay.class_id == "monocyte"


def test_all_zero_activation_map_is_reported(opened):
    review, context = opened.review, opened.context
    review.gallery.view.show_path("monocyte/c0.png")
    reading = opened.session.reading("monocyte/c0.png")
    reading.maps[...] = -np.abs(reading.maps) - 1
    context.activation_overlay.set_pointed_class("basophil")
    assert context.activation_overlay.layer is None
    assert "Basophil" in context.inspector.controls.caption.text()
    assert "zero" in context.inspector.controls.caption.text()


def test_g_toggles_grad_cam_and_the_slider_sets_its_opacity(opened):
    review, context = opened.review, opened.context
    review.gallery.view.setFocus()
    review.gallery.view.show_path("monocyte/c0.png")
    # Off until it is asked for; and a class that is pointed at shows its own all the same.
    assert not context.activation_overlay.is_on
    assert context.activation_overlay.layer is None
    assert not context.inspector.controls.slider.isEnabled()
    context.activation_overlay.set_pointed_class("monocyte")
    assert context.activation_overlay.layer is not None
    context.activation_overlay.set_pointed_class(None)
    assert context.activation_overlay.layer is None
    press(opened, Key.Key_G)
    assert context.activation_overlay.is_on
    assert context.activation_overlay.layer is not None
    assert settings.load_setting("heat map") is True
    context.inspector.controls.slider.setValue(20)
    assert context.activation_overlay.opacity == pytest.approx(0.2)


def test_space_opens_the_large_view_and_escape_leaves_it(opened):
    review = opened.review
    review.gallery.view.setFocus()
    review.gallery.view.setCurrentIndex(review.gallery.model.index(2))
    press(opened, Key.Key_Space)
    assert review.is_large
    before = opened.session.current.path
    press(opened, Key.Key_Right)
    assert opened.session.current.path != before
    assert review.is_large
    press(opened, Key.Key_Escape)
    assert not review.is_large
    assert review.gallery.view.hasFocus()
    assert review.gallery.view.currentIndex().row() == 3


def test_large_view_fills_the_workspace_and_restores_it_when_closed(opened, qtbot):
    review, inspector = opened.review, opened.context.inspector
    gallery = review.gallery
    gallery.view.setFocus()
    gallery.view.show_path("monocyte/c0.png")
    widths = [220, review.width() - 220]
    review._split.setSizes(widths)
    widths = review._split.sizes()
    bar = gallery.view.verticalScrollBar()
    # Its width: a hint that comes meanwhile takes of its height.
    before = (gallery.view.width(), bar.value(), gallery.view.selectionModel().selectedIndexes())
    press(opened, Key.Key_Space)
    qtbot.waitUntil(lambda: review.large.width() == review.width())
    assert not review.facets.isVisible()
    assert inspector.bars.isVisible()
    assert not inspector.image.isVisible()
    press(opened, Key.Key_Space)
    qtbot.waitUntil(lambda: review._split.sizes() == widths)
    selected = gallery.view.selectionModel().selectedIndexes()
    assert (gallery.view.width(), bar.value(), selected) == before
    assert inspector.image.isVisible()


def test_show_all_button_appears_when_the_filter_matches_nothing(opened, qtbot):
    gallery = opened.review.gallery
    gallery.search.setText("no such name")
    qtbot.waitUntil(lambda: gallery.is_filtered_out)
    assert gallery.no_match.label.isVisible()
    gallery.no_match.show_all.click()
    assert gallery.model.rowCount() == opened.session.total
    assert not gallery.no_match.label.isVisible()
    assert not gallery.no_match.show_all.isVisible()


def test_ampersand_in_the_name_of_a_folder_is_no_mnemonic(window, cells, qtbot):
    window.open(cells.rename(cells.with_name("A & B")))
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    assert window.top_bar.folder.text() == "A && B"
    assert not window.top_bar.folder.shortcut().toString()


def test_removing_all_images_says_so_and_how_to_see_them(opened, qtbot):
    gallery = opened.review.gallery
    opened.decisions.reviewer = "Anna"
    qtbot.waitUntil(lambda: opened.decisions.writable, timeout=WAIT_MS)
    gallery.view.setFocus()
    QTest.keyClick(gallery.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(gallery.view, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: gallery.is_filtered_out, timeout=WAIT_MS)
    assert gallery.no_match.label.text().startswith("No image is left: 26 images are removed.")
    assert not gallery.no_match.show_all.isVisible()  # it would show none
    # Nothing of it is cut off in a narrow window.
    opened.resize(opened.minimumSizeHint())
    label = gallery.no_match.label
    assert label.width() <= gallery.view.viewport().width()
    assert label.height() >= label.heightForWidth(label.width())
    # A search that would match removed ones only.
    gallery.search.setText("basophil")
    qtbot.waitUntil(
        lambda: gallery.no_match.label.text().startswith("9 images that match are removed"),
        timeout=WAIT_MS,
    )
    gallery.search.setText("nothing at all")
    qtbot.waitUntil(
        lambda: gallery.no_match.label.text().startswith("No image matches"), timeout=WAIT_MS
    )
    assert not gallery.no_match.show_removed.isVisible()
    gallery.show_all()
    qtbot.waitUntil(gallery.no_match.show_removed.isVisible, timeout=WAIT_MS)
    QTest.mouseClick(gallery.no_match.show_removed, Qt.MouseButton.LeftButton)
    assert gallery.model.rowCount() == 26
    assert opened.focusWidget() is gallery.view


def test_narrow_window_elides_no_count_and_no_option(opened, qtbot):
    review = opened.review
    opened.resize(900, 600)
    qtbot.waitUntil(lambda: opened.width() == 900)
    for box in (review.gallery.bands_box, review.gallery.order_box):
        qtbot.waitUntil(lambda box=box: box.width() >= box.sizeHint().width())
    assert review.facets.width() >= review.facets.minimumWidth() > 0


def test_search_and_facets_close_the_large_view(opened):
    review = opened.review
    review.gallery.view.show_path("monocyte/c0.png")
    for key, target in ((Key.Key_Slash, review.gallery.search), (Key.Key_F, review.facets)):
        review.focus_images()
        review.toggle_large()
        press(opened, key)
        assert not review.is_large
        focused = opened.focusWidget()
        assert focused is target or target.isAncestorOf(focused)


def test_large_view_opened_from_the_map_returns_to_the_map(opened):
    review = opened.review
    review.gallery.view.show_path("monocyte/c0.png")
    review.gallery.bar.map_toggle.click()
    review.toggle_large()
    review.toggle_large()
    assert review.gallery.map_page.isVisible()
    focused = opened.focusWidget()
    assert focused is review.gallery.map_page or review.gallery.map_page.isAncestorOf(focused)


def test_map_computed_out_of_sight_is_filled_when_it_is_shown(opened, qtbot):
    gallery = opened.review.gallery
    qtbot.waitUntil(all_read(opened), timeout=WAIT_MS)
    qtbot.keyClick(gallery.view, Qt.Key.Key_Right)
    qtbot.mouseClick(gallery.bar.map_toggle, Qt.MouseButton.LeftButton)
    opened.workspaces.go("clean")
    qtbot.waitUntil(lambda: gallery.map_page.map is not None, timeout=3 * WAIT_MS)
    opened.session.set_current(opened.session.table.paths[2])
    opened.workspaces.go("review")
    row = opened.session.current.row
    shown = gallery.map_page.map
    qtbot.waitUntil(shown.isVisible, timeout=WAIT_MS)
    assert shown.row_at(shown.position_of(row)) is not None
    shown.grab()


def test_map_shows_progress_and_keeps_the_chosen_class_of_the_heat_map(opened, qtbot):
    gallery, inspector = opened.review.gallery, opened.context.inspector
    overlay = opened.context.activation_overlay
    gallery.view.show_path("monocyte/c0.png")
    gallery.view.setFocus()
    overlay.set_on(True)
    predicted = overlay.class_id
    bar = next(bar for bar in inspector.bars.bars if bar.class_id != predicted)
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton)
    progress, values = gallery.map_page.progress_bar, []
    progress.valueChanged.connect(values.append)
    qtbot.mouseClick(gallery.bar.map_toggle, Qt.MouseButton.LeftButton)
    assert progress.isVisible()
    qtbot.waitUntil(lambda: gallery.map_page.map is not None, timeout=3 * WAIT_MS)
    qtbot.waitUntil(lambda: not progress.isVisible(), timeout=WAIT_MS)
    assert max(values) > 0
    assert not bar.hasFocus()
    assert overlay.class_id == bar.class_id
    qtbot.mouseClick(gallery.bar.map_toggle, Qt.MouseButton.LeftButton)
    assert gallery.view.isVisible()
    assert overlay.class_id == bar.class_id
    # The next image starts with its own prediction.
    gallery.view.show_path("monocyte/c1.png")
    assert overlay.class_id == opened.session.current.prediction.model_class
    overlay.set_on(False)


def test_zoom_stays_within_the_image(opened, qtbot):
    review, context = opened.review, opened.context
    review.gallery.view.show_path("monocyte/c1.png")
    qtbot.waitUntil(lambda: context.image_loader.size is not None, timeout=WAIT_MS)
    image = context.inspector.image
    image.zoom_by(4, QPointF(0, 0))
    assert image.zoom == 4
    image.zoom_by(1000)
    assert image.scale == pytest.approx(32)
    image.fit()
    assert image.zoom == 1


def test_sorting_keeps_the_current_image_in_view(opened):
    gallery = opened.review.gallery
    gallery.view.show_path("monocyte/c4.png")
    gallery.order_box.setCurrentIndex(gallery.order_box.findData("doubt"))
    gallery.order_box.activated.emit(gallery.order_box.currentIndex())
    assert opened.session.current.path == "monocyte/c4.png"
    assert gallery.model.item(gallery.view.currentIndex().row()).path == "monocyte/c4.png"
    margins = opened.session.table.column("margin")[gallery.model.table_rows()[:24]]
    assert list(margins) == sorted(margins)


def test_unreadable_file_shows_its_reason(opened):
    opened.review.gallery.view.show_path("monocyte/text.jpg")
    facts = opened.context.inspector.facts
    assert "not an image" in facts.findChildren(type(opened.job_strip.label))[-1].text()
    assert opened.context.activation_overlay.class_id is None


def test_missing_folder_is_reported(window, tmp_path, qtbot):
    window.open(tmp_path / "nowhere")
    qtbot.waitUntil(window.notice.isVisible, timeout=WAIT_MS)
    assert "nowhere" in window.notice.label.text()
    assert not window.notice.copy.isVisible()
    window.notice.away.click()
    assert not window.notice.isVisible()
    assert window.start.isVisible()


def test_empty_folder_offers_to_open_another(window, tmp_path, qtbot, monkeypatch, cells):
    empty = tmp_path / "empty"
    empty.mkdir()
    window.open(empty)
    qtbot.waitUntil(
        lambda: window.session.source is not None and not window.loader.busy, timeout=WAIT_MS
    )
    assert not window.review.gallery.view.isVisible()
    monkeypatch.setattr(dialogs, "ask", lambda *_: cells)
    window.review.gallery.open_requested.emit()
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)


def test_opening_another_folder_while_loading_drops_the_first(window, cells, tmp_path, qtbot):
    other = tmp_path / "other"
    other.mkdir()
    Image.new("RGB", (40, 40), (200, 100, 50)).save(other / "one.png")
    window.open(cells)
    window.open(other)
    qtbot.waitUntil(
        lambda: paths(window) == {"one.png"},
        timeout=WAIT_MS,
    )
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    assert paths(window) == {"one.png"}


def test_cancel_keeps_readings_and_reading_can_continue(window, cells, qtbot):
    window.open(cells)
    stop = window.session.updated.connect(lambda _: window.loader.cancel())
    qtbot.waitUntil(lambda: window.session.source and not window.loader.busy, timeout=WAIT_MS)
    window.session.disconnect(stop)
    left = len(window.session.unread())
    qtbot.waitUntil(lambda: window.job_strip.rest.isVisible() == bool(left), timeout=WAIT_MS)
    window.loader.read()
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)


def test_closing_while_everything_runs_leaves_no_thread(window, cells):
    window.open(cells)
    QTest.qWait(50)
    window.close()  # what is left is checked by the fixture


def drop(window: MainWindow, *files: Path) -> None:
    """Drop files on the window as a file manager does: as bytes, percent-encoded."""
    data = QMimeData()
    lines = [b"file://" + quote(os.fsencode(file)).encode() for file in files]
    data.setData("text/uri-list", b"\r\n".join(lines) + b"\r\n")
    window.dropEvent(
        QDropEvent(
            QPointF(10, 10),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def test_a_dropped_folder_opens(window, cells, qtbot):
    drop(window, cells)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)


def test_dropped_paths_open_together(window, cells, qtbot):
    drop(window, cells / "monocyte/c0.png", cells / "basophil/c1.png", cells / "platelet")
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    wanted = {file.relative_to(cells).as_posix() for file in (cells / "platelet").iterdir()}
    assert paths(window) == wanted | {"monocyte/c0.png", "basophil/c1.png"}
    assert window.session.item("monocyte/c0.png").folder_class == "monocyte"
    assert not window.notice.isVisible()


def test_dropped_files_that_cannot_open_together_are_reported(window, cells, tmp_path, qtbot):
    archive = tmp_path / "more.npz"
    np.savez(archive, images=np.zeros((2, 8, 8, 3), np.uint8))
    drop(window, archive, cells / "monocyte/c0.png", cells / "monocyte/c1.png")
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    assert paths(window) == {"c0.png", "c1.png"}
    assert window.notice.isVisible()
    assert "1" in window.notice.label.text()


@pytest.mark.skipif(sys.platform != "linux", reason="only there a name can be any bytes")
def test_dropped_folder_may_have_any_name(window, cells, tmp_path, qtbot):
    odd = tmp_path / os.fsdecode(b"caf\xe9 100% #1?")
    cells.rename(odd)
    drop(window, odd)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    assert window.session.root == odd


@pytest.mark.skipif(sys.platform != "linux", reason="only there a name can be any bytes")
def test_lossy_path_from_qt_is_resolved(tmp_path):
    odd = tmp_path / os.fsdecode(b"caf\xe9") / os.fsdecode(b"\xff\xfe.png")
    odd.parent.mkdir()
    odd.write_bytes(b"")
    lossy_path = tmp_path / "caf\ufffd" / "\ufffd\ufffd.png"
    assert resolve_lossy_path(lossy_path) == odd
    (odd.parent / os.fsdecode(b"\xfd.png")).write_bytes(b"")
    assert resolve_lossy_path(lossy_path) == lossy_path
    assert resolve_lossy_path(tmp_path / "nothing \ufffd") == tmp_path / "nothing \ufffd"


def test_missing_model_is_reported_and_images_are_shown(qapp, cells, tmp_path, qtbot):
    from gui.theme import Theme

    window = MainWindow(Theme(qapp), model=str(tmp_path / "no-model"))
    window.show()
    window.open(cells)
    qtbot.waitUntil(lambda: window.session.total == 26, timeout=WAIT_MS)
    qtbot.waitUntil(window.notice.isVisible, timeout=WAIT_MS)
    view = window.review.gallery.view
    view.setCurrentIndex(view.model().index(0))
    qtbot.waitUntil(lambda: window.context.image_loader.size is not None, timeout=WAIT_MS)
    close_window(window)


def test_every_control_has_a_name(opened):
    opened.review.gallery.view.show_path("monocyte/c0.png")
    for kind in (QAbstractButton, QComboBox, QSlider):
        for control in opened.findChildren(kind):
            words = control.text() if isinstance(control, QAbstractButton) else ""
            assert words or control.accessibleName(), control


def test_question_mark_shows_all_keys(opened):
    opened.review.gallery.view.setFocus()
    QTest.keyClicks(opened.focusWidget(), "?")
    assert opened.key_sheet.isVisible()
    press(opened, Key.Key_Escape)
    assert not opened.key_sheet.isVisible()
    assert opened.review.gallery.view.hasFocus()


def test_light_and_dark_scheme_switch_at_once(opened):
    theme = opened.review.gallery.view._theme
    light = opened.grab().toImage().pixelColor(5, 400).lightness()
    theme.set_dark(True)
    dark = opened.grab().toImage().pixelColor(5, 400).lightness()
    theme.set_dark(False)
    assert dark < 80 < light


def test_the_sample_opens_by_one_button_and_is_drawn_once(window, home, qtbot):
    window.start.sample.click()
    qtbot.waitUntil(all_read(window), timeout=120_000)
    assert window.session.total > 50
    drawn = home / "cache" / "sample"
    before = drawn.stat().st_mtime_ns
    with qtbot.waitSignal(window.session.opened, timeout=WAIT_MS):
        window.loader.open_sample()
    qtbot.waitUntil(all_read(window), timeout=120_000)
    assert drawn.stat().st_mtime_ns == before


def test_unwritable_sample_is_reported(window, home, qtbot):
    (home / "cache").mkdir(exist_ok=True)
    (home / "cache" / "sample").symlink_to(home / "cache" / "sample")
    window.start.sample.click()
    qtbot.waitUntil(window.notice.isVisible, timeout=120_000)
    assert "sample" in window.notice.label.text()
    assert not window.notice.copy.isVisible()  # a sentence, not a bug


def test_no_heavy_import_before_the_window_is_up():
    import subprocess
    import sys

    code = (
        "import sys, gui.app; heavy = {'numpy', 'cv2', 'openvino', 'sklearn', 'keras', 'tensorflow', "
        "'PIL', 'msgspec'} & set(sys.modules); print(','.join(sorted(heavy)))"
    )
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""


def test_a_double_click_opens_the_large_view(opened):
    view = opened.review.gallery.view
    place = view.visualRect(view.model().index(3)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.review.is_large
    assert opened.session.current.path == view.model().item(3).path


def test_hostile_folder_is_shown_completely(window, tmp_path, qtbot):
    make_hostile_folder(tmp_path / "hostile")
    window.open(tmp_path / "hostile")
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    session, view = window.session, window.review.gallery.view
    total, read, bad = session.counts()
    assert total == read + bad
    assert read >= 20
    assert bad >= 15
    for path in session.table.paths:  # names that are no UTF-8 among them
        view.show_path(path)
        assert session.current.path == path
    assert not window.notice.isVisible()


def test_recent_folders_are_reached_while_one_is_open(opened, tmp_path, qtbot):
    from tiny_model import save_class_image

    first = opened.session.root
    other = tmp_path / "other & more"
    other.mkdir()
    save_class_image(other / "one.png", 0)
    qtbot.waitUntil(lambda: opened.decisions.project is not None, timeout=WAIT_MS)
    opened.open(other)
    menu = opened.recent
    qtbot.waitUntil(
        lambda: [action.toolTip() for action in menu.actions()] == [str(first)], timeout=WAIT_MS
    )
    assert menu.menuAction().isVisible()
    assert menu.menuAction() in opened.top_bar.folder.menu().actions()
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: opened.session.root == first, timeout=WAIT_MS)


def test_left_folder_is_recent_before_the_next_project_is_open(opened, tmp_path, qtbot):
    from tiny_model import save_class_image

    first, other = opened.session.root, tmp_path / "other"
    other.mkdir()
    save_class_image(other / "one.png", 0)
    menu = opened.recent
    with qtbot.waitSignal(opened.loader.recent_found, timeout=WAIT_MS):
        opened.loader.find_recent()
    listed = []
    opened.session.opened.connect(
        lambda: listed.append([action.toolTip() for action in menu.actions()])
    )
    with qtbot.waitSignal(opened.session.opened, timeout=WAIT_MS):
        opened.open(other)
    assert listed == [[str(first)]]


def test_order_and_bands_match_the_results_after_reading(opened, cells, qtbot):
    gallery = opened.review.gallery
    gallery.bands_box.setCurrentIndex(gallery.bands_box.findData("class"))
    gallery.bands_box.activated.emit(0)
    gallery.order_box.setCurrentIndex(gallery.order_box.findData("doubt"))
    gallery.order_box.activated.emit(0)
    with qtbot.waitSignal(opened.session.opened, timeout=WAIT_MS):
        opened.open(cells)
    qtbot.waitUntil(all_read(opened), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not gallery.model.is_order_stale, timeout=WAIT_MS)
    assert len(gallery.model.bands) > 2
    for band in gallery.model.bands:
        inside = [gallery.model.item(band.first + at) for at in range(band.count)]
        assert {item.displayed_class or "" for item in inside} == {band.key}
    assert not gallery.bar.resort_button.isVisible()


def test_focus_returns_to_the_images_when_a_button_disappears(opened, qtbot):
    opened.notice.show_report(ErrorReport("something"))
    opened.notice.away.setFocus()
    type_keys("\r")
    qtbot.waitUntil(lambda: not opened.notice.isVisible(), timeout=WAIT_MS)
    qtbot.waitUntil(opened.review.gallery.view.hasFocus, timeout=WAIT_MS)


def test_focus_returns_to_the_images_when_a_button_is_disabled_and_hidden(opened, qtbot):
    # As the button that signs a count off: disabled while the count is checked, then hidden.
    opened.notice.show_report(ErrorReport("something"))
    opened.notice.away.setFocus()
    opened.notice.away.setEnabled(False)
    opened.notice.hide()
    qtbot.waitUntil(opened.review.gallery.view.hasFocus, timeout=WAIT_MS)
