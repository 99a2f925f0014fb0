"""How an image fits, and what zooming and panning leave true."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some
from PySide6.QtCore import QPointF, QSize, QSizeF

from gui.inspector.zoom_pan import Framing

pixels = some.integers(1, 5000)
rooms = some.integers(20, 2000)


def framing(width: int, height: int, room: tuple[int, int], ratio: float = 1.0) -> Framing:
    made = Framing()
    made.natural, made.room, made.ratio = QSize(width, height), QSizeF(*room), ratio
    made.settle()
    return made


@pytest.mark.parametrize(
    ("edge", "ratio", "scale"),
    [
        (2000, 1.0, 0.2),
        (400, 1.0, 1.0),
        (360, 1.0, 1.0),  # enlarging it by a tenth would only blur it
        (100, 1.0, 4.0),  # small, so that something is to be seen
        (400, 2.0, 2.0),
        (800, 2.0, 1.0),
    ],
)
def test_fitting_enlarges_only_what_is_small(edge, ratio, scale):
    made = framing(edge, edge, (400, 500), ratio)
    assert made.scale == pytest.approx(scale)
    assert not made.beyond
    assert made.frame.center() == QPointF(200, 250)


@given(pixels, pixels, rooms, rooms, some.sampled_from([1.0, 1.25, 2.0]), some.data())
def test_whatever_is_done_the_image_never_leaves_the_room(width, height, right, down, ratio, data):
    made = framing(width, height, (right, down), ratio)
    points = some.builds(QPointF, some.floats(0, right), some.floats(0, down))
    steps = some.one_of(
        some.tuples(some.just("zoom_by"), some.floats(0.05, 20), points),
        some.tuples(some.just("pan"), points),
        some.tuples(some.just("toggle"), points),
        some.tuples(some.just("fit")),
    )
    for name, *arguments in data.draw(some.lists(steps, max_size=8)):
        getattr(made, name)(*arguments)
        frame = made.frame
        for low, high, room in (
            (frame.left(), frame.right(), right),
            (frame.top(), frame.bottom(), down),
        ):
            if high - low > room:
                assert low <= 1e-6 * room
                assert high >= room * (1 - 1e-6)
            else:
                assert low + high == pytest.approx(room)
        assert made.scale <= max(32, made.fitting) * (1 + 1e-9)
        assert made.scale >= min(1, made.fitting) * (1 - 1e-9)


@given(some.floats(1.1, 6), some.floats(0.3, 0.7), some.floats(0.3, 0.7))
def test_zooming_keeps_what_is_under_the_pointer(factor, across, down):
    made = framing(1000, 1000, (500, 500))
    made.zoom_by(2)
    at = QPointF(500 * across, 500 * down)
    before = made.frame
    under = ((at.x() - before.x()) / before.width(), (at.y() - before.y()) / before.height())
    made.zoom_by(factor, at)
    after = made.frame
    assume(after.width() > before.width())
    assert (at.x() - after.x()) / after.width() == pytest.approx(under[0])
    assert (at.y() - after.y()) / after.height() == pytest.approx(under[1])


@pytest.mark.parametrize(("edge", "scale"), [(2000, 1.0), (440, 2.0), (360, 2.0), (100, 8.0)])
def test_toggling_goes_to_whole_pixels_that_make_a_difference_and_back(edge, scale):
    made = framing(edge, edge, (400, 400))
    fitting = made.scale
    made.toggle(QPointF(10, 10))
    assert made.scale == pytest.approx(scale)
    made.toggle()
    assert made.scale == pytest.approx(fitting)


def test_nothing_to_frame_is_no_error():
    made = Framing()
    made.zoom_by(2)
    made.pan(QPointF(1, 1))
    made.toggle()
    made.fit()
    assert made.empty
    assert not made.beyond
