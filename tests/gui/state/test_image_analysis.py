"""Image analysis in the background: neighbours, reasons and hints on the folder."""

import numpy as np
from gui_helpers import WAIT_MS, all_read, close_window
from multi_cell_images import write_fields
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from gui.shell.window import MainWindow
from gui.theme import Theme

Key = Qt.Key


def test_doubtful_image_shows_reasons_and_neighbours(opened, qtbot):
    inspector = opened.context.inspector
    opened.review.gallery.view.show_path("basophil/c3.png")
    qtbot.waitUntil(lambda: bool(inspector.reasons.sentences), timeout=WAIT_MS)
    assert "Basophil" in inspector.reasons.sentences[0]
    assert "Platelet" in inspector.reasons.sentences[0]

    def has_neighbours_of_the_prediction():
        shown = [image.path for image in inspector.neighbours.rows[0].strip.images]
        return bool(shown) and all(path.startswith("platelet/") for path in shown)

    # Those of the image shown before are replaced a moment later.
    qtbot.waitUntil(has_neighbours_of_the_prediction, timeout=WAIT_MS)


def test_unreadable_image_has_no_neighbours(opened, qtbot):
    qtbot.waitUntil(lambda: opened.decisions.writable, timeout=WAIT_MS)
    opened.decisions.reviewer, bad = "Anna", "basophil/zero.png"
    opened.decisions.label([bad], "basophil")
    qtbot.waitUntil(lambda: opened.session.item(bad).label == "basophil", timeout=WAIT_MS)
    found = []
    opened.context.image_analysis.neighbours.connect(found.append)
    opened.review.gallery.view.show_path("basophil/c0.png")
    qtbot.waitUntil(lambda: any(found), timeout=WAIT_MS)
    near = {path for _, images in found[-1] for path, _ in images}
    assert "basophil/c1.png" in near
    assert "basophil/zero.png" not in near


def test_click_on_a_neighbour_selects_it(opened, qtbot):
    opened.review.gallery.view.show_path("basophil/c3.png")
    opened.review.facets.rows["folder", "basophil"].click()
    neighbours = opened.context.inspector.neighbours
    qtbot.waitUntil(lambda: bool(neighbours.rows[0].strip.images), timeout=WAIT_MS)
    path = neighbours.rows[0].strip.images[0].path
    neighbours.picked.emit(path)
    assert opened.session.current.path == path  # though the facet had left it out


def test_note_and_history_belong_to_the_current_image(opened, qtbot):
    qtbot.waitUntil(lambda: opened.decisions.writable, timeout=WAIT_MS)
    opened.decisions.reviewer = "Anna"
    inspector, view = opened.context.inspector, opened.review.gallery.view
    view.show_path("basophil/c0.png")
    inspector.note.edited.emit("basophil/c0.png", "vacuoles")
    qtbot.waitUntil(lambda: inspector.note.toPlainText() == "vacuoles", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: len(inspector.history.lines) == 1, timeout=WAIT_MS)
    assert "Anna" in inspector.history.lines[0]
    view.show_path("basophil/c1.png")
    qtbot.waitUntil(lambda: not inspector.history.lines, timeout=WAIT_MS)
    assert inspector.note.toPlainText() == ""


def test_the_map_shows_all_and_a_lasso_selects(opened, qtbot):
    gallery = opened.review.gallery
    gallery.bar.map_toggle.click()
    qtbot.waitUntil(lambda: gallery.map_page.map is not None, timeout=WAIT_MS)
    page = gallery.map_page.map
    qtbot.waitUntil(page.isVisible, timeout=WAIT_MS)
    monocytes = [opened.session.table.row(f"monocyte/c{number}.png") for number in range(8)]
    page.lassoed.emit(np.array(monocytes), "new")
    assert list(opened.session.selected) == [f"monocyte/c{number}.png" for number in range(8)]
    page.picked.emit(monocytes[3])
    assert opened.session.current.path == "monocyte/c3.png"
    gallery.bar.map_toggle.click()
    assert gallery.view.isVisible()


def test_class_keys_work_in_grid_and_large_view_but_not_in_the_note(opened, qtbot):
    qtbot.waitUntil(lambda: opened.decisions.writable, timeout=WAIT_MS)
    opened.decisions.reviewer = "Anna"
    review, item = opened.review, opened.session.item
    review.gallery.view.setFocus()
    review.gallery.view.show_path("basophil/c0.png")
    QTest.keyClick(opened.focusWidget(), Key.Key_6)
    qtbot.waitUntil(lambda: item("basophil/c0.png").label == "monocyte", timeout=WAIT_MS)
    assert opened.session.current.path == "basophil/c1.png"
    QTest.keyClick(opened.focusWidget(), Key.Key_Space)
    assert review.is_large
    QTest.keyClick(opened.focusWidget(), Key.Key_P)
    qtbot.waitUntil(lambda: item("basophil/c1.png").label == "platelet", timeout=WAIT_MS)
    QTest.keyClick(opened.focusWidget(), Key.Key_Escape)
    assert not review.is_large
    QTest.keyClick(opened.focusWidget(), Key.Key_Return)
    qtbot.waitUntil(lambda: item("basophil/c2.png").label == "basophil", timeout=WAIT_MS)
    opened.context.inspector.write_note()
    QTest.keyClicks(opened.focusWidget(), "x1u")
    assert opened.context.inspector.note.toPlainText() == "x1u"
    assert item("basophil/c3.png").label is None
    QTest.keyClick(opened.focusWidget(), Key.Key_Escape)


def known_accuracy(window):
    """Return the line on the accuracy with its tooltip."""
    labels = [label for label in window.hints.findChildren(QLabel) if label.text()]
    text = window.hints.hint_text("accuracy")
    return next((f"{text} {label.toolTip()}" for label in labels if label.text() == text), "")


def test_whole_fields_are_reported_independently_of_the_model(qapp, tiny_bundle, tmp_path, qtbot):
    for path in write_fields(tmp_path / "fields", 4):
        assert path.is_file()
    window = MainWindow(Theme(qapp))
    window.show()
    window.open(tmp_path / "fields")
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: "100% of the 4" in known_accuracy(window), timeout=WAIT_MS)
    inspector = window.context.inspector
    for path in window.session.table.paths:
        window.review.gallery.view.show_path(path)
        qtbot.waitUntil(
            lambda: any("several cells" in sentence for sentence in inspector.reasons.sentences),
            timeout=WAIT_MS,
        )
    # What one model finds strange is not said while another one reads.
    window.context.model_requested.emit(str(tiny_bundle))
    qtbot.waitUntil(lambda: window.session.active_model.card.name == "tiny", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not known_accuracy(window), timeout=WAIT_MS)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    qtbot.waitUntil(
        lambda: not window.context.image_analysis._folder_timer.isActive(), timeout=WAIT_MS
    )
    assert not known_accuracy(window)
    close_window(window)


def test_folder_of_noise_is_reported_as_unlike_the_training_images(qapp, tmp_path, qtbot):
    random = np.random.default_rng(3)
    for number in range(32):
        pixels = random.integers(0, 256, (90, 90, 3), np.uint8)
        Image.fromarray(pixels).save(tmp_path / f"{number}.png")
    window = MainWindow(Theme(qapp))  # the shipped model: it knows what it learned from
    window.show()
    window.open(tmp_path)
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    # A slow computer judges part of the folder first.
    qtbot.waitUntil(lambda: "of the 32 read" in known_accuracy(window), timeout=WAIT_MS)
    # One line, with what is less certain in its tooltip.
    assert window.hints.keys.count("accuracy") == 1
    assert window.hints.hint_text("accuracy").startswith("Expected accuracy on these images")
    assert "of the 32 read" not in window.hints.hint_text("accuracy")
    # The facet counts the same images as the hint.
    rows = window.review.facets.rows

    def count_of_facet():
        row = rows.get(("marks", "unlike_training"))
        return row and row.accessibleName().rpartition(": ")[2]

    qtbot.waitUntil(lambda: count_of_facet() == "32", timeout=WAIT_MS)
    # What helps is a click away.
    qtbot.waitUntil(lambda: window.decisions.writable, timeout=WAIT_MS)
    buttons = window.hints.findChildren(QPushButton)
    button = next(button for button in buttons if button.text() == "Label these 32")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    model = window.review.gallery.model
    qtbot.waitUntil(lambda: model.query.only_rows is not None, timeout=WAIT_MS)
    assert model.rowCount() == 32
    close_window(window)
