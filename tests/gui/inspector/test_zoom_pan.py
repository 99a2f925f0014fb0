"""Zoom and pan geometry."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF

from gui.inspector.zoom_pan import ZoomPan

pixels = some.integers(1, 5000)
rooms = some.integers(20, 2000)


def make_zoom_pan(width: int, height: int, room: tuple[int, int], ratio: float = 1.0) -> ZoomPan:
    zoom_pan = ZoomPan()
    zoom_pan.image_size, zoom_pan.widget_size, zoom_pan.ratio = (
        QSize(width, height),
        QSizeF(*room),
        ratio,
    )
    zoom_pan.clamp()
    return zoom_pan


@pytest.mark.parametrize(
    ("edge", "ratio", "scale"),
    [
        (2000, 1.0, 0.2),
        (400, 1.0, 1.0),
        (360, 1.0, 1.0),  # enlarging by a tenth would only blur
        (100, 1.0, 4.0),  # small images are enlarged
        (400, 2.0, 2.0),
        (800, 2.0, 1.0),
    ],
)
def test_fit_enlarges_only_small_images(edge, ratio, scale):
    zoom_pan = make_zoom_pan(edge, edge, (400, 500), ratio)
    assert zoom_pan.scale == pytest.approx(scale)
    assert not zoom_pan.overflows
    assert zoom_pan.frame.center() == QPointF(200, 250)


@given(pixels, pixels, rooms, rooms, some.sampled_from([1.0, 1.25, 2.0]), some.data())
def test_image_never_leaves_the_widget(width, height, right, down, ratio, data):
    zoom_pan = make_zoom_pan(width, height, (right, down), ratio)
    points = some.builds(QPointF, some.floats(0, right), some.floats(0, down))
    steps = some.one_of(
        some.tuples(some.just("zoom_by"), some.floats(0.05, 20), points),
        some.tuples(some.just("pan"), points),
        some.tuples(some.just("toggle"), points),
        some.tuples(some.just("fit")),
    )
    for name, *arguments in data.draw(some.lists(steps, max_size=8)):
        getattr(zoom_pan, name)(*arguments)
        frame = zoom_pan.frame
        for low, high, room in (
            (frame.left(), frame.right(), right),
            (frame.top(), frame.bottom(), down),
        ):
            if high - low > room:
                assert low <= 1e-6 * room
                assert high >= room * (1 - 1e-6)
            else:
                assert low + high == pytest.approx(room)
        assert zoom_pan.scale <= max(32, zoom_pan.fit_scale) * (1 + 1e-9)
        assert zoom_pan.scale >= min(1, zoom_pan.fit_scale) * (1 - 1e-9)


@given(some.floats(1.1, 6), some.floats(0.3, 0.7), some.floats(0.3, 0.7))
def test_zoom_keeps_the_point_under_the_pointer(factor, across, down):
    zoom_pan = make_zoom_pan(1000, 1000, (500, 500))
    zoom_pan.zoom_by(2)
    at = QPointF(500 * across, 500 * down)
    before = zoom_pan.frame
    under = ((at.x() - before.x()) / before.width(), (at.y() - before.y()) / before.height())
    zoom_pan.zoom_by(factor, at)
    after = zoom_pan.frame
    assume(after.width() > before.width())
    assert (at.x() - after.x()) / after.width() == pytest.approx(under[0])
    assert (at.y() - after.y()) / after.height() == pytest.approx(under[1])


@pytest.mark.parametrize(("edge", "scale"), [(2000, 1.0), (440, 2.0), (360, 2.0), (100, 8.0)])
def test_toggle_switches_between_fit_and_a_larger_whole_scale(edge, scale):
    zoom_pan = make_zoom_pan(edge, edge, (400, 400))
    fitting = zoom_pan.scale
    zoom_pan.toggle(QPointF(10, 10))
    assert zoom_pan.scale == pytest.approx(scale)
    zoom_pan.toggle()
    assert zoom_pan.scale == pytest.approx(fitting)


def test_zoom_pan_without_an_image_does_nothing():
    zoom_pan = ZoomPan()
    zoom_pan.zoom_by(2)
    zoom_pan.pan(QPointF(1, 1))
    zoom_pan.toggle()
    zoom_pan.fit()
    assert zoom_pan.is_empty
    assert not zoom_pan.overflows


@given(pixels, pixels, some.sampled_from([1.0, 2.0]), some.floats(0.5, 4))
def test_places_of_the_image_and_of_the_widget_correspond(width, height, ratio, factor):
    zoom_pan = make_zoom_pan(width, height, (400, 300), ratio)
    zoom_pan.zoom_by(factor)
    whole = zoom_pan.to_widget(QRectF(0, 0, width, height))
    assert (whole.width(), whole.height()) == pytest.approx(
        (zoom_pan.frame.width(), zoom_pan.frame.height())
    )
    centre = zoom_pan.to_image(whole.center())
    assert (centre.x(), centre.y()) == pytest.approx((width / 2, height / 2))
