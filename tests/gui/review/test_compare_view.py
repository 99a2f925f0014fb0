"""Images side by side: equal scale, one marked, on which keys act; Esc returns to the same selection."""

import pytest
from gui_helpers import WAIT_MS, all_read, type_keys
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from signed_folders import sign_folder
from tiny_model import CLASSES, class_image

PATHS = ["basophil/c0.png", "monocyte/c1.png", "platelet/c2.png"]


@pytest.fixture
def cells(cells):
    """Return the folder of cells, one of them three times as large as the others."""
    file = cells / PATHS[1]
    with Image.open(file) as image:
        larger = image.resize((3 * image.width, 3 * image.height))
    larger.save(file)
    return cells


@pytest.fixture
def ready(opened, qtbot):
    """Return the window, which Anna uses."""
    qtbot.waitUntil(lambda: opened.decisions.writable, timeout=WAIT_MS)
    opened.reviewers.choose("Anna")
    return opened


def press_compare():
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_D, control)


@pytest.fixture
def compare(ready):
    """Return the compare view of three selected images, opened with its key."""
    ready.review.focus_images()
    ready.review.gallery.view.show_path(PATHS[0])
    ready.review.gallery.select(PATHS)
    press_compare()
    assert ready.review.is_comparing
    return ready.review.compare


def test_images_are_side_by_side_at_the_same_scale_with_class_and_probabilities(compare, qtbot):
    assert sorted(compare.paths) == PATHS
    tiles = [cell.tile for cell in compare.cells]
    qtbot.waitUntil(lambda: all(tile.image for tile in tiles), timeout=WAIT_MS)
    assert len({tile.scale for tile in tiles}) == 1
    # The largest image fits, so the others are a third as large.
    largest = max((tile.image for tile in tiles), key=lambda image: image.width())
    assert largest.width() * tiles[0].scale <= min(cell.room.width() for cell in compare.cells)
    assert all("predicted" in cell.label.text() for cell in compare.cells)
    assert all("%" in cell.shares.text() for cell in compare.cells)
    before = tiles[0].scale
    type_keys("+")
    assert {tile.scale for tile in tiles} == {before * 1.25}


def test_only_the_marked_image_has_the_frame_of_the_mark_under_the_pointer_too(ready, compare):
    accent = ready.context.theme.colour("accent")

    def framed():
        frames = [cell.tile.grab().toImage() for cell in compare.cells]
        return [frame.pixelColor(2, frame.height() // 2) == accent for frame in frames]

    compare.cells[0].tile.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    assert framed() == [True, False, False]
    type_keys([Qt.Key.Key_Right])
    assert framed() == [False, True, False]


def test_keys_act_on_the_marked_image_only(ready, compare, qtbot):
    first, second = compare.paths[:2]
    assert compare.current == ready.session.current.path == first
    type_keys([Qt.Key.Key_Right])
    assert compare.current == ready.session.current.path == second
    assert [cell.tile.is_marked for cell in compare.cells] == [False, True, False]
    with qtbot.waitSignal(ready.decisions.saved, timeout=WAIT_MS):
        type_keys("2")
    labels = {path: d.label for path, d in ready.decisions.project.decisions().items()}
    assert labels == {second: "eosinophil"}
    # The same image is still marked, described and acted on.
    assert compare.current == ready.session.current.path == second
    assert compare.cells[1].label.text() == "Eosinophil, labelled"
    type_keys([Qt.Key.Key_Left])
    with qtbot.waitSignal(ready.decisions.saved, timeout=WAIT_MS):
        QTest.keyClick(
            QApplication.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier
        )
    assert compare.current == ready.session.current.path == second
    assert "predicted" in compare.cells[1].label.text()


def test_escape_returns_to_the_selection(ready, compare):
    type_keys([Qt.Key.Key_Right])
    type_keys("\x1b")
    assert not ready.review.is_comparing
    assert sorted(ready.session.selected) == PATHS
    assert ready.review.facets.isVisible()
    assert QApplication.focusWidget() is ready.review.gallery.view


def test_other_workspace_and_back_keeps_the_images(ready, compare):
    paths = compare.paths
    ready.workspaces.go("clean")
    ready.workspaces.go("review")
    assert ready.review.is_comparing
    assert compare.paths == paths
    assert ready.session.current.path == compare.current


def test_too_many_are_refused_in_a_sentence(ready):
    ready.review.focus_images()
    ready.review.gallery.select(ready.session.table.paths[:5])
    press_compare()
    assert not ready.review.is_comparing
    assert "5 are selected" in ready.job_strip.label.text()


def test_one_image_is_put_beside_shown_references(ready, qtbot):
    with qtbot.waitSignal(ready.decisions.saved, timeout=WAIT_MS):
        ready.decisions.relabel({p: p.split("/")[0] for p in ready.session.table.paths[:20]})
    references = ready.context.reference_cells
    references.want("test", True)
    qtbot.waitUntil(lambda: bool(references.paths("monocyte")), timeout=WAIT_MS)
    ready.review.focus_images()
    ready.review.gallery.view.show_path(PATHS[0])
    press_compare()
    qtbot.waitUntil(lambda: ready.review.is_comparing, timeout=WAIT_MS)
    compare = ready.review.compare
    assert compare.paths[0] == PATHS[0]
    assert 2 <= len(compare.paths) <= len(compare.cells) <= 4
    typical = {name: references.paths(name) for name in ("basophil", "monocyte", "platelet")}
    for path in compare.paths[1:]:
        assert any(path in paths for paths in typical.values() if paths)


def test_opening_another_folder_closes_it(ready, compare, cells, qtbot):
    ready.open(cells)
    qtbot.waitUntil(lambda: not ready.review.is_comparing, timeout=WAIT_MS)
    assert compare.paths == []


@pytest.fixture
def lonely(window, tiny_bundle, tmp_path, qtbot):
    """Return the window on one image of the class that Anna signed in another folder."""
    sign_folder(tmp_path / "slide 7", tiny_bundle, (4,))
    (tmp_path / "new").mkdir()
    Image.fromarray(class_image(4, seed=5)).save(tmp_path / "new/x.png")
    window.open(tmp_path / "new")
    qtbot.waitUntil(all_read(window), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.decisions.writable, timeout=WAIT_MS)
    window.reviewers.choose("Bo")
    window.review.gallery.view.show_path("x.png")
    window.review.focus_images()
    return window


def test_typical_cells_of_other_folders_and_drawn_ones_are_offered(lonely, qtbot):
    press_compare()
    qtbot.waitUntil(lambda: lonely.review.is_comparing, timeout=WAIT_MS)
    compare = lonely.review.compare
    own, signed, *drawn = compare.cells
    assert own.path == "x.png"
    assert "Looking" not in lonely.job_strip.label.text()
    assert signed.label.text() == "Lymphocyte, signed"
    assert signed.shares.text() == "from slide 7, signed by Anna"
    assert signed.name.full_text == signed.cell.signed.path
    assert signed.cell.signed.path.startswith(f"{CLASSES[4]}/")
    assert len(drawn) == 2
    assert all(cell.label.text().endswith(", drawn") for cell in drawn)
    tiles = [cell.tile for cell in compare.cells]
    qtbot.waitUntil(lambda: all(tile.image for tile in tiles), timeout=WAIT_MS)
    assert own.tile.scale == signed.tile.scale
    # The same cells as in the inspector.
    section = lonely.context.inspector.references

    def shown():
        return [row.tiles[0].cell for row in section.gallery.rows[:3]]

    expected = [cell.cell for cell in compare.cells[1:]]
    qtbot.waitUntil(lambda: shown() == expected, timeout=WAIT_MS)


def test_keys_never_act_on_a_cell_that_is_not_in_the_folder(lonely, qtbot):
    press_compare()
    qtbot.waitUntil(lambda: lonely.review.is_comparing, timeout=WAIT_MS)
    compare = lonely.review.compare
    qtbot.mouseClick(compare.cells[1].tile, Qt.MouseButton.LeftButton)
    type_keys([Qt.Key.Key_Right, Qt.Key.Key_Right])
    assert compare.current == lonely.session.current.path == "x.png"
    with qtbot.waitSignal(lonely.decisions.saved, timeout=WAIT_MS):
        type_keys("2")
    labels = {path: d.label for path, d in lonely.decisions.project.decisions().items()}
    assert labels == {"x.png": "eosinophil"}
    assert compare.cells[0].label.text() == "Eosinophil, labelled"
    assert compare.cells[1].label.text() == "Lymphocyte, signed"
    type_keys("\x1b")
    assert not lonely.review.is_comparing
    assert lonely.session.current.path == "x.png"


def test_another_image_meanwhile_is_not_put_beside_anything(ready, qtbot):
    references = ready.context.reference_cells
    ready.context.inspector.references.hide()
    references._paths = None
    ready.review.focus_images()
    ready.review.gallery.view.show_path(PATHS[0])
    press_compare()
    assert "Looking for typical cells" in ready.job_strip.label.text()
    ready.review.gallery.view.show_path(PATHS[1])
    with qtbot.waitSignal(references.changed, timeout=WAIT_MS):
        references.want("test", True)
    assert not ready.review.is_comparing
