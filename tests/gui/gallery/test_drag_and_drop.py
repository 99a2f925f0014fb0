"""Drag and drop of images onto class bands."""

import pytest
from grid_helpers import EACH, LEFT, PLAIN, decide, drag, image_rect, record, selected, set_query
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent

from gui.gallery import view
from gui.gallery.drag_data import IMAGES_MIME_TYPE, drag_pixmap, paths_from_mime_data, to_mime_data

WAIT_MS = 10_000
MOVE = Qt.DropAction.MoveAction


@pytest.fixture
def emitted(banded):
    """Return the list of drops: paths and the key of the band."""
    found = []
    banded.view.dropped.connect(lambda paths, key: found.append((paths, key)))
    return found


def over(panel, point, data, kind=QDragMoveEvent):
    event = kind(point, MOVE, data, LEFT, PLAIN)
    panel.view.viewportEvent(event)
    return event.isAccepted()


def enter(panel, data):
    return over(panel, QPoint(60, 60), data, QDragEnterEvent)


def drop(panel, point, data):
    event = QDropEvent(QPointF(point), MOVE, data, LEFT, PLAIN)
    panel.view.viewportEvent(event)
    return event.isAccepted()


def test_mime_data_keeps_undecodable_names():
    paths = ["a/b.png", "caf\udce9.png", "ü.png"]
    assert paths_from_mime_data(to_mime_data(paths)) == paths
    assert paths_from_mime_data(QMimeData()) == []


def test_drop_on_a_band_reports_its_class(banded, emitted):
    banded.resize(banded.width(), 4000)
    data = to_mime_data(["c000000.png", "c000003.png"])
    assert enter(banded, data)
    target = image_rect(banded, EACH + 3).center()
    assert over(banded, target, data)
    assert banded.view.headers.drop_target == 1
    assert drop(banded, target, data)
    assert emitted == [(["c000000.png", "c000003.png"], "monocyte")]
    assert banded.view.headers.drop_target is None


def test_headers_accept_drops_even_when_collapsed(banded, emitted):
    banded.resize(banded.width(), 4000)
    banded.view.bands.toggle("platelet")
    data = to_mime_data(["c000000.png"])
    enter(banded, data)
    assert drop(banded, banded.view.headers.rect_of(2).center(), data)
    assert emitted == [(["c000000.png"], "platelet")]


def test_drop_target_is_shown_until_the_pointer_leaves(banded):
    banded.resize(banded.width(), 1500)
    data = to_mime_data(["c000000.png"])
    enter(banded, data)
    before = banded.grab().toImage()
    over(banded, image_rect(banded, EACH + 3).center(), data)
    assert banded.grab().toImage() != before
    banded.view.viewportEvent(QDragLeaveEvent())
    assert banded.view.headers.drop_target is None


def test_source_band_rejects_the_drop(banded, emitted):
    banded.resize(banded.width(), 4000)
    data = to_mime_data(["c000000.png", "c000003.png"])
    enter(banded, data)
    assert not over(banded, image_rect(banded, 9).center(), data)
    assert not drop(banded, image_rect(banded, 9).center(), data)
    assert emitted == []
    both = to_mime_data(["c000000.png", "c000001.png"])  # from two bands: either means something
    enter(banded, both)
    assert over(banded, image_rect(banded, 9).center(), both)


@pytest.mark.parametrize("kind", ["", "review", "folder"])
def test_only_class_bands_accept_drops(banded, emitted, kind):
    decide(banded.session, ["c000000.png"], "label", "platelet")
    set_query(banded, bands=kind)
    banded.resize(banded.width(), 4000)
    data = to_mime_data(["c000000.png"])
    assert not enter(banded, data)
    assert not drop(banded, image_rect(banded, 30).center(), data)
    assert emitted == []


def test_band_without_a_class_rejects_drops(banded, emitted):
    banded.session.add([record("new.png")])
    banded.resize(banded.width(), 4000)
    assert banded.model.bands[-1].key == ""
    data = to_mime_data(["c000000.png"])
    enter(banded, data)
    assert not drop(banded, banded.view.headers.rect_of(3).center(), data)
    assert emitted == []


def test_dropped_folders_are_left_to_the_window(banded):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/tmp")])
    assert not enter(banded, data)


def test_dragging_at_the_edge_scrolls_until_the_pointer_leaves(banded, qtbot):
    banded.resize(banded.width(), 400)
    data = to_mime_data(["c000000.png"])
    bar, height = banded.view.verticalScrollBar(), banded.view.viewport().height()
    enter(banded, data)
    over(banded, QPoint(60, height - 3), data)
    qtbot.waitUntil(
        lambda: banded.view.headers.drop_target == 2, timeout=WAIT_MS
    )  # the band scrolled there
    assert bar.value() > 0
    over(banded, QPoint(60, height // 2), data)
    at = bar.value()
    assert not banded.view._drop._scroller._timer.isActive()
    over(banded, QPoint(60, 3), data)
    qtbot.waitUntil(lambda: bar.value() < at, timeout=WAIT_MS)
    banded.view.viewportEvent(QDragLeaveEvent())
    assert not banded.view._drop._scroller._timer.isActive()


@pytest.fixture
def begun(monkeypatch):
    """Return the started drags; Qt's offscreen platform does not support dragging."""
    drags = []

    class Drag(QDrag):
        def exec(self, actions):
            drags.append((paths_from_mime_data(self.mimeData()), self.pixmap().size()))
            return actions

    monkeypatch.setattr(view, "QDrag", Drag)
    return drags


def test_dragging_a_selected_image_drags_the_selection(few, begun):
    paths = few.session.table.paths
    few.select([paths[0], paths[2]])
    start = image_rect(few, 2).center()
    drag(few.view.viewport(), start, start + QPoint(3, 3), start + QPoint(40, 40))
    assert [drag for drag, _ in begun] == [[paths[0], paths[2]]]
    assert not begun[0][1].isEmpty()
    assert selected(few) == [paths[0], paths[2]]


def test_dragging_an_unselected_image_drags_it_alone(few, begun):
    few.view.selectAll()
    few.select([few.session.table.paths[7]])
    start = image_rect(few, 1).center()
    drag(few.view.viewport(), start, start + QPoint(3, 3), start + QPoint(40, 40))
    assert [drag for drag, _ in begun] == [[few.session.table.paths[1]]]


def test_press_with_little_movement_is_a_click(few, begun):
    few.view.selectAll()
    start = image_rect(few, 1).center()
    drag(few.view.viewport(), start, start + QPoint(2, 1))
    assert begun == []
    assert selected(few) == [few.session.table.paths[1]]


def test_drag_pixmap_is_sharp_and_keeps_the_aspect_ratio(few, qtbot):
    path = few.session.table.paths[1]
    qtbot.waitUntil(lambda: few.thumbnails.peek(path) is not None, timeout=WAIT_MS)
    picture = drag_pixmap(few.theme, few.thumbnails, [path], 2.0)
    assert picture.devicePixelRatio() == 2.0
    shown = picture.toImage()
    middle, above = (
        shown.pixelColor(shown.width() // 2, shown.height() // 2),
        shown.pixelColor(9, 2),
    )
    assert middle.red() == 20
    assert above == few.theme.colour("tile")  # 48 x 32 leaves room above and below
    many = drag_pixmap(few.theme, few.thumbnails, [path] * 1234, 1.0).toImage()
    edge = {many.pixelColor(many.width() - 2, y).name() for y in range(many.height())}
    assert few.theme.colour("accent").name() in edge


def test_mime_data_has_the_image_type():
    assert to_mime_data(["a.png"]).hasFormat(IMAGES_MIME_TYPE)
