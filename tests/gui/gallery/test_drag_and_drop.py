"""Images dragged to a class."""

import pytest
from grid_help import EACH, LEFT, PLAIN, ask, decide, place, pull, record, selected
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent

from gui.gallery import view
from gui.gallery.drag_data import IMAGES, drag_picture, mime_of, paths_of

WAIT_MS = 10_000
MOVE = Qt.DropAction.MoveAction


@pytest.fixture
def told(banded):
    """Return what was dropped: paths and the band's key."""
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


def test_names_that_are_no_utf_8_travel():
    paths = ["a/b.png", "caf\udce9.png", "ü.png"]
    assert paths_of(mime_of(paths)) == paths
    assert paths_of(QMimeData()) == []


def test_a_drop_on_a_band_says_which_class(banded, told):
    banded.resize(banded.width(), 4000)
    data = mime_of(["c000000.png", "c000003.png"])
    assert enter(banded, data)
    target = place(banded, EACH + 3).center()
    assert over(banded, target, data)
    assert banded.view.headers.target == 1
    assert drop(banded, target, data)
    assert told == [(["c000000.png", "c000003.png"], "monocyte")]
    assert banded.view.headers.target is None


def test_a_header_takes_a_drop_too_and_a_folded_one(banded, told):
    banded.resize(banded.width(), 4000)
    banded.view.toggle_band("platelet")
    data = mime_of(["c000000.png"])
    enter(banded, data)
    assert drop(banded, banded.view.headers.box(2).center(), data)
    assert told == [(["c000000.png"], "platelet")]


def test_the_target_is_shown_and_goes_with_the_pointer(banded):
    banded.resize(banded.width(), 1500)
    data = mime_of(["c000000.png"])
    enter(banded, data)
    before = banded.grab().toImage()
    over(banded, place(banded, EACH + 3).center(), data)
    assert banded.grab().toImage() != before
    banded.view.viewportEvent(QDragLeaveEvent())
    assert banded.view.headers.target is None


def test_their_own_band_takes_no_drop(banded, told):
    banded.resize(banded.width(), 4000)
    data = mime_of(["c000000.png", "c000003.png"])
    enter(banded, data)
    assert not over(banded, place(banded, 9).center(), data)
    assert not drop(banded, place(banded, 9).center(), data)
    assert told == []
    both = mime_of(["c000000.png", "c000001.png"])  # from two bands: either means something
    enter(banded, both)
    assert over(banded, place(banded, 9).center(), both)


@pytest.mark.parametrize("kind", ["", "review", "folder"])
def test_only_bands_by_class_take_drops(banded, told, kind):
    decide(banded.session, ["c000000.png"], "label", "platelet")
    ask(banded, bands=kind)
    banded.resize(banded.width(), 4000)
    data = mime_of(["c000000.png"])
    assert not enter(banded, data)
    assert not drop(banded, place(banded, 30).center(), data)
    assert told == []


def test_the_band_of_no_class_takes_none(banded, told):
    banded.session.add([record("new.png")])
    banded.resize(banded.width(), 4000)
    assert banded.model.bands[-1].key == ""
    data = mime_of(["c000000.png"])
    enter(banded, data)
    assert not drop(banded, banded.view.headers.box(3).center(), data)
    assert told == []


def test_a_folder_from_outside_is_for_the_window(banded):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/tmp")])
    assert not enter(banded, data)


def test_held_at_the_edge_it_scrolls_until_the_pointer_leaves(banded, qtbot):
    banded.resize(banded.width(), 400)
    data = mime_of(["c000000.png"])
    bar, height = banded.view.verticalScrollBar(), banded.view.viewport().height()
    enter(banded, data)
    over(banded, QPoint(60, height - 3), data)
    qtbot.waitUntil(lambda: banded.view.headers.target == 2, timeout=WAIT_MS)  # what came there
    assert bar.value() > 0
    over(banded, QPoint(60, height // 2), data)
    at = bar.value()
    assert not banded.view._edges._timer.isActive()
    over(banded, QPoint(60, 3), data)
    qtbot.waitUntil(lambda: bar.value() < at, timeout=WAIT_MS)
    banded.view.viewportEvent(QDragLeaveEvent())
    assert not banded.view._edges._timer.isActive()


@pytest.fixture
def begun(monkeypatch):
    """Return the drags that began: Qt's offscreen platform has none, they would end at once."""
    drags = []

    class Drag(QDrag):
        def exec(self, actions):
            drags.append((paths_of(self.mimeData()), self.pixmap().size()))
            return actions

    monkeypatch.setattr(view, "QDrag", Drag)
    return drags


def test_pulling_an_image_begins_a_drag_with_all_that_are_selected(few, begun):
    paths = few.session.table.paths
    few.select([paths[0], paths[2]])
    start = place(few, 2).center()
    pull(few.view.viewport(), start, start + QPoint(3, 3), start + QPoint(40, 40))
    assert [drag for drag, _ in begun] == [[paths[0], paths[2]]]
    assert not begun[0][1].isEmpty()
    assert selected(few) == [paths[0], paths[2]]


def test_pulling_an_image_that_is_not_selected_takes_it_alone(few, begun):
    few.view.selectAll()
    few.select([few.session.table.paths[7]])
    start = place(few, 1).center()
    pull(few.view.viewport(), start, start + QPoint(3, 3), start + QPoint(40, 40))
    assert [drag for drag, _ in begun] == [[few.session.table.paths[1]]]


def test_a_press_that_hardly_moves_is_a_click(few, begun):
    few.view.selectAll()
    start = place(few, 1).center()
    pull(few.view.viewport(), start, start + QPoint(2, 1))
    assert begun == []
    assert selected(few) == [few.session.table.paths[1]]


def test_the_picture_on_the_pointer_is_sharp_and_keeps_the_aspect(few, qtbot):
    path = few.session.table.paths[1]
    qtbot.waitUntil(lambda: few.thumbnails.peek(path) is not None, timeout=WAIT_MS)
    picture = drag_picture(few.theme, few.thumbnails, [path], 2.0)
    assert picture.devicePixelRatio() == 2.0
    shown = picture.toImage()
    middle, above = (
        shown.pixelColor(shown.width() // 2, shown.height() // 2),
        shown.pixelColor(9, 2),
    )
    assert middle.red() == 20
    assert above == few.theme.colour("tile")  # 48 x 32 leaves room above and below
    many = drag_picture(few.theme, few.thumbnails, [path] * 1234, 1.0).toImage()
    edge = {many.pixelColor(many.width() - 2, y).name() for y in range(many.height())}
    assert few.theme.colour("accent").name() in edge


def test_what_is_dragged_has_its_type():
    assert mime_of(["a.png"]).hasFormat(IMAGES)
