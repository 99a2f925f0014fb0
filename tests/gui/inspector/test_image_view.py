"""Image view by wheel, mouse and keys, and its zoom bar."""

import pytest
from gui_helpers import WAIT_MS
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.inspector.image_view import ImageView
from gui.inspector.zoom_bar import ZoomBar

Key = Qt.Key


@pytest.fixture
def image(shown, qtbot):
    """Return a separate view, 400 × 300, of an image of 48 × 48."""
    review, context = shown.review, shown.context
    view = ImageView(context.image_loader, context.activation_overlay, review.gallery.view._theme)
    view.resize(400, 300)
    qtbot.addWidget(view)
    view.show()
    return view


def wheel(view: ImageView, steps: float, at: QPointF) -> None:
    """Turn the wheel over a point."""
    QApplication.sendEvent(
        view,
        QWheelEvent(
            at,
            QPointF(view.mapToGlobal(at.toPoint())),
            QPoint(),
            QPoint(0, round(120 * steps)),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )


def test_image_fits_initially(image):
    assert image.image_size == QSize(48, 48)
    assert image.zoom == 1
    assert image.scale == pytest.approx(300 / 48)


def test_wheel_zooms_at_the_pointer(image):
    at = QPointF(100, 80)
    before = image._zoom_pan.frame
    wheel(image, 2, at)
    after = image._zoom_pan.frame
    assert image.zoom == pytest.approx(1.25**2)
    under = (at.y() - before.y()) / before.height()
    assert (at.y() - after.y()) / after.height() == pytest.approx(under)
    wheel(image, -2, at)
    assert image.zoom == pytest.approx(1)


def test_dragging_pans_and_a_double_click_toggles(image):
    image.zoom_by(4)
    before = image._zoom_pan.frame
    QTest.mousePress(image, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    QTest.mouseMove(image, QPoint(230, 140))
    QTest.mouseRelease(image, Qt.MouseButton.LeftButton, pos=QPoint(230, 140))
    assert image._zoom_pan.frame.topLeft() - before.topLeft() == QPointF(30, -10)
    QTest.mouseDClick(image, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    assert image.zoom == 1
    QTest.mouseDClick(image, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    assert image.scale == 16  # the first power of two clearly above fitting


def test_keys_zoom_and_pan_and_others_are_passed_on(image, qtbot):
    image.setFocus()
    QTest.keyClicks(image, "++")
    assert image.zoom == pytest.approx(1.25**2)
    QTest.keyClicks(image, "-")
    assert image.zoom == pytest.approx(1.25)
    before = image._zoom_pan.frame
    QTest.keyClick(image, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert image._zoom_pan.frame.top() < before.top()
    for key in (Key.Key_1, Key.Key_0, Key.Key_X, Key.Key_Down, Key.Key_Space, Key.Key_Escape):
        assert not _taken(image, key), key
    assert _taken(image, Key.Key_Plus, "+")


def _taken(view: ImageView, key: Qt.Key, text: str = "") -> bool:
    from PySide6.QtGui import QKeyEvent

    event = QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)
    event.accept()
    view.keyPressEvent(event)
    return event.isAccepted()


@pytest.mark.parametrize(("keeps", "zoom"), [(False, 1.0), (True, 3.0)])
def test_next_image_fits_unless_the_zoom_is_kept(image, shown, qtbot, keeps, zoom):
    pictures = shown.context.image_loader
    image.keeps_zoom = keeps
    for path in ("monocyte/c2.png", "monocyte/c1.png"):  # one to decode, one cached
        image.fit()
        image.zoom_by(3)
        shown.review.gallery.view.show_path(path)
        assert pictures.path == path
        qtbot.waitUntil(lambda: pictures.size is not None, timeout=WAIT_MS)
        assert image.zoom == pytest.approx(zoom)
        assert image.image_size == QSize(48, 48)


def test_pixels_are_sharp_only_when_zoomed_in(image, shown):
    shown.context.activation_overlay.set_on(False)
    shades = _shades(image)
    image.one_to_one()
    image.zoom_by(16)
    assert _shades(image) < shades / 4  # each pixel of the image is a square of one colour


def _shades(view: ImageView) -> int:
    line = view.grab().toImage()
    return len({line.pixel(x, 150) for x in range(50, 350)})


def test_zoom_bar_shows_size_and_zoom_and_its_buttons_work(image, shown, qtbot):
    bar = ZoomBar(image, shown.review.gallery.view._theme)
    qtbot.addWidget(bar)
    assert bar.size_label.text() == "48 × 48 · 625%"
    bar.actual_size_button.click()
    assert bar.size_label.text() == "48 × 48 · 100%"
    bar.zoom_in_button.click()
    assert image.scale == pytest.approx(1.25)
    bar.fit_button.click()
    assert image.zoom == 1
    bar.zoom_in_button.click()
    bar.zoom_out_button.click()
    assert image.zoom == pytest.approx(1)
    for button in (bar.actual_size_button, bar.zoom_in_button, bar.zoom_out_button, bar.fit_button):
        assert button.accessibleName()


def test_zoom_bar_is_disabled_without_an_image(image, shown, qtbot):
    bar = ZoomBar(image, shown.review.gallery.view._theme)
    qtbot.addWidget(bar)
    shown.session.set_current(None)
    assert bar.size_label.text() == ""
    assert not bar.zoom_in_button.isEnabled()
    image.zoom_in()
    image.grab()
