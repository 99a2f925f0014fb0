"""Grid geometry of tiles and headers."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from gui.gallery.bands import Band
from gui.gallery.geometry import GridGeometry

WIDTH, HEIGHT, HEADER = 50, 60, 20


def laid(counts, columns=4, collapsed=(), title="band"):
    bands, first = [], 0
    for number, count in enumerate(counts):
        bands.append(Band(str(number), title, first, count, ""))
        first += count
    return GridGeometry(bands, columns, (WIDTH, HEIGHT), HEADER, collapsed)


@st.composite
def geometries(draw):
    counts = draw(st.lists(st.integers(1, 30), min_size=1, max_size=6))
    folded = draw(st.sets(st.sampled_from([str(number) for number in range(len(counts))])))
    return laid(counts, draw(st.integers(1, 7)), folded)


@given(geometries())
def test_row_at_is_the_inverse_of_tile_rect(grid):
    seen = []
    for row in range(grid.row_count):
        box = grid.tile_rect(row)
        assert box.isEmpty() == grid.is_collapsed(grid.band_of(row))
        if not box.isEmpty():
            assert grid.row_at(box.center().x(), box.center().y()) == row
            assert list(grid.row_spans(box)) == [(row, row)]
            seen.append(row)
    whole = QRect(0, 0, grid.columns * WIDTH, grid.total_height)
    assert [row for first, last in grid.row_spans(whole) for row in range(first, last + 1)] == seen


@given(
    geometries(), st.integers(0, 300), st.integers(0, 900), st.integers(1, 400), st.integers(1, 400)
)
def test_row_spans_are_the_tiles_that_intersect_a_rectangle(grid, left, top, width, height):
    box = QRect(left, top, width, height)
    met = [row for row in range(grid.row_count) if grid.tile_rect(row).intersects(box)]
    assert [row for first, last in grid.row_spans(box) for row in range(first, last + 1)] == met
    assert grid.row_span(box) == ((met[0], met[-1]) if met else None)


@given(geometries(), st.data())
def test_moves_stay_on_visible_rows(grid, data):
    open_rows = [row for row in range(grid.row_count) if not grid.tile_rect(row).isEmpty()]
    if not open_rows:
        return
    row = data.draw(st.sampled_from(open_rows))
    at = open_rows.index(row)
    assert grid.move_horizontally(row, 1) == open_rows[min(at + 1, len(open_rows) - 1)]
    assert grid.move_horizontally(row, -1) == open_rows[max(at - 1, 0)]
    for lines in (-3, -1, 1, 3):
        below = grid.move_vertically(row, lines)
        assert below in open_rows
        assert (grid.tile_rect(below).top() - grid.tile_rect(row).top()) * lines >= 0


@given(geometries(), st.data())
def test_collapsed_band_between_finds_the_band_a_step_passes(grid, data):
    open_rows = [row for row in range(grid.row_count) if not grid.tile_rect(row).isEmpty()]
    if not open_rows:
        return
    row = data.draw(st.sampled_from(open_rows))
    target = grid.move_horizontally(row, 1)
    passed = grid.collapsed_band_between(row, target, forward=True)
    if target == row + 1:
        assert passed is None
    elif passed is not None:
        assert grid.is_collapsed(passed)
        assert passed == grid.band_of(row) + 1


def test_nearest_visible_row_skips_collapsed_bands():
    grid = laid([5, 5, 5], collapsed={"0", "2"})
    assert grid.nearest_visible_row(0, forward=True) == 5
    assert grid.nearest_visible_row(14, forward=False) == 9
    assert laid([5], collapsed={"0"}).nearest_visible_row(0, forward=True) == 0


def test_band_without_a_title_has_no_header():
    grid = laid([9], title="")
    assert grid.tile_rect(0).top() == 0
    assert grid.total_height == 3 * HEIGHT
    assert list(grid.headers_between(0, 500)) == []


def test_full_lines_are_a_single_span():
    grid = laid([100_000], columns=7, title="")
    assert list(grid.row_spans(QRect(0, 0, 7 * WIDTH, grid.total_height))) == [(0, 99_999)]
    assert grid.tile_rect(99_999).bottom() == grid.total_height - 1


def test_empty_grid_has_no_rows():
    grid = GridGeometry([], 3, (WIDTH, HEIGHT), HEADER)
    assert grid.total_height == 0
    assert grid.row_at(5, 5) is None
    assert grid.band_at(0) is None
    assert grid.row_span(QRect(0, 0, 100, 100)) is None
    assert grid.tile_rect(0).isEmpty()
