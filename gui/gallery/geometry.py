"""Grid geometry: positions of tiles and headers by arithmetic, at a cost independent of the row count."""

import bisect
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect

from gui.gallery.bands import Band


class _BandExtent(NamedTuple):
    """Vertical extent of a band: top of its header, top of its tiles, end."""

    top: int
    tiles_top: int
    end: int
    is_open: bool


class GridGeometry:
    """Layout of equal tiles in lines and bands; coordinates are those of the whole scrollable content."""

    def __init__(
        self,
        bands: Sequence[Band],
        columns: int,
        cell: tuple[int, int],
        header: int,
        collapsed_keys: Collection[str] = (),
    ) -> None:
        """Lay out bands that cover all rows; `cell` is (width, height) of a tile, `header` a header height."""
        self.bands = bands
        self.columns = columns
        self.tile_width, self.tile_height = cell
        self.header_height = header if any(band.title for band in bands) else 0
        self._extents: list[_BandExtent] = []
        self._first_rows: list[int] = []
        y = 0
        for band in bands:
            tiles_top = y + self.header_height
            # Without tiles a band is like a collapsed one: arrow keys stop at its header.
            is_open = band.key not in collapsed_keys and band.count > 0
            lines = -(-band.count // columns) if is_open else 0
            end = tiles_top + lines * self.tile_height
            self._extents.append(_BandExtent(y, tiles_top, end, is_open))
            self._first_rows.append(band.first)
            y = end
        self._tops = [extent.top for extent in self._extents]
        self.total_height = y
        """Height of the whole content."""

    @property
    def row_count(self) -> int:
        """The number of rows."""
        return sum(band.count for band in self.bands)

    def band_of(self, row: int) -> int:
        """Return the number of the band that contains a row."""
        return bisect.bisect_right(self._first_rows, row) - 1

    def band_at(self, y: int) -> int | None:
        """Return the number of the band at a y coordinate, None outside the content."""
        if not self.bands or not 0 <= y < self.total_height:
            return None
        return bisect.bisect_right(self._tops, y) - 1

    def tile_rect(self, row: int) -> QRect:
        """Return the rectangle of a tile, empty in a collapsed band."""
        number = self.band_of(row)
        if number < 0 or not self._extents[number].is_open:
            return QRect()
        line, column = divmod(row - self.bands[number].first, self.columns)
        y = self._extents[number].tiles_top + line * self.tile_height
        return QRect(column * self.tile_width, y, self.tile_width, self.tile_height)

    def header_rect(self, number: int, width: int) -> QRect:
        """Return the rectangle of a band's header."""
        return QRect(0, self._extents[number].top, width, self.header_height)

    def row_at(self, x: int, y: int) -> int | None:
        """Return the row of the tile at a point, None beside tiles and on headers."""
        number = self.band_at(y)
        if number is None or y < self._extents[number].tiles_top or x < 0:
            return None
        column = x // self.tile_width
        line = (y - self._extents[number].tiles_top) // self.tile_height
        row = line * self.columns + column
        if column >= self.columns or row >= self.bands[number].count:
            return None
        return self.bands[number].first + row

    def headers_between(self, top: int, bottom: int) -> Iterator[int]:
        """Yield the numbers of the bands whose headers lie between two y coordinates."""
        if not self.header_height:
            return
        first = max(0, bisect.bisect_right(self._tops, top - self.header_height) - 1)
        for number in range(first, len(self.bands)):
            if self._tops[number] > bottom:
                return
            if self._tops[number] + self.header_height > top:
                yield number

    def row_spans(self, box: QRect) -> Iterator[tuple[int, int]]:
        """Yield the rows whose tiles intersect a rectangle, as (first, last) of each consecutive run."""
        first = max(0, bisect.bisect_right(self._tops, max(0, box.top())) - 1)
        left = max(0, box.left() // self.tile_width)
        right = min(self.columns - 1, box.right() // self.tile_width)
        if right < left or box.right() < 0:
            return
        for number in range(first, len(self.bands)):
            extent, band = self._extents[number], self.bands[number]
            if extent.top > box.bottom():
                return
            if not extent.is_open or extent.end <= box.top() or extent.tiles_top > box.bottom():
                continue
            last_line = (min(box.bottom(), extent.end - 1) - extent.tiles_top) // self.tile_height
            first_line = max(0, box.top() - extent.tiles_top) // self.tile_height
            if left == 0 and right == self.columns - 1:
                # Full lines are consecutive: a single run.
                last = min((last_line + 1) * self.columns, band.count) - 1
                yield band.first + first_line * self.columns, band.first + last
                continue
            for line in range(first_line, last_line + 1):
                start = line * self.columns + left
                end = min(line * self.columns + right, band.count - 1)
                if start <= end:
                    yield band.first + start, band.first + end

    def is_collapsed(self, number: int) -> bool:
        """Return whether a band shows only its header."""
        return not self._extents[number].is_open

    def collapsed_band_between(self, row: int, target: int, *, forward: bool) -> int | None:
        """Return the first collapsed band between a row and the target of a step, None if there is none.

        A target equal to the row means that no visible row follows in that direction.
        """
        start, end = self.band_of(row), self.band_of(target)
        if target == row:
            end = len(self.bands) if forward else -1
        between = range(start + 1, end) if forward else range(start - 1, end, -1)
        return next((number for number in between if self.is_collapsed(number)), None)

    def row_range(self, number: int) -> tuple[int, int]:
        """Return the first and the last row of a band."""
        band = self.bands[number]
        return band.first, band.first + band.count - 1

    def row_span(self, box: QRect) -> tuple[int, int] | None:
        """Return the first and last row whose tiles intersect a rectangle, None if there are none."""
        spans = list(self.row_spans(box))
        return (spans[0][0], spans[-1][1]) if spans else None

    def nearest_visible_row(self, row: int, *, forward: bool) -> int:
        """Return the nearest visible row from a row forwards or backwards, else the row itself."""
        number = self.band_of(row)
        while 0 <= number < len(self.bands) and self.is_collapsed(number):
            number += 1 if forward else -1
            if 0 <= number < len(self.bands):
                row = self.row_range(number)[0 if forward else 1]
        return row

    def move_vertically(self, row: int, lines: int) -> int:
        """Return the row `lines` below (negative: above) a row, in the same column if possible."""
        number = self.band_of(row)
        line, column = divmod(row - self.bands[number].first, self.columns)
        step = 1 if lines > 0 else -1
        for _ in range(abs(lines)):
            line += step
            if not self.is_collapsed(number) and 0 <= line < self._line_count(number):
                continue
            other = number + step
            while 0 <= other < len(self.bands) and self.is_collapsed(other):
                other += step
            if not 0 <= other < len(self.bands):
                line -= step
                break
            number = other
            line = 0 if step > 0 else self._line_count(number) - 1
        inside = min(line * self.columns + column, self.bands[number].count - 1)
        return self.bands[number].first + inside

    def _line_count(self, number: int) -> int:
        return -(-self.bands[number].count // self.columns)

    def move_horizontally(self, row: int, step: int) -> int:
        """Return the row `step` visible rows after (negative: before) a row, clamped at both ends."""
        candidate = row
        while 0 <= (candidate := candidate + (1 if step > 0 else -1)) < self.row_count:
            number = self.band_of(candidate)
            if self._extents[number].is_open:
                row = candidate
                step -= 1 if step > 0 else -1
                if not step:
                    break
            else:
                band = self.bands[number]
                candidate = band.first + band.count - 1 if step > 0 else band.first
        return row
