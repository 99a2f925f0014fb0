"""Where tiles and headers lie: pure arithmetic, so that 100,000 rows cost no more than one."""

import bisect
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect

from gui.gallery.bands import Band


class _Place(NamedTuple):
    """A band's place: the top of its header, of its first tile, and its end."""

    top: int
    tiles: int
    end: int
    open: bool


class Geometry:
    """Tiles of one size, in lines, in bands; coordinates are those of the whole content."""

    def __init__(
        self,
        bands: Sequence[Band],
        columns: int,
        cell: tuple[int, int],
        header: int,
        collapsed: Collection[str] = (),
    ) -> None:
        """`cell` is a tile's width and height, `header` a header's height; bands cover all rows."""
        self.bands = bands
        self.columns = columns
        self.width, self.height = cell
        self.header = header if any(band.title for band in bands) else 0
        self._places: list[_Place] = []
        self._firsts: list[int] = []
        y = 0
        for band in bands:
            tiles = y + self.header
            shown = band.key not in collapsed
            lines = -(-band.count // columns) if shown else 0
            end = tiles + lines * self.height
            self._places.append(_Place(y, tiles, end, shown))
            self._firsts.append(band.first)
            y = end
        self._tops = [place.top for place in self._places]
        self.total = y
        """Height of everything."""

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return sum(band.count for band in self.bands)

    def band_of(self, row: int) -> int:
        """Return the number of the band that a row is in."""
        return bisect.bisect_right(self._firsts, row) - 1

    def band_at(self, y: int) -> int | None:
        """Return the number of the band at a height, None beyond the last."""
        if not self.bands or not 0 <= y < self.total:
            return None
        return bisect.bisect_right(self._tops, y) - 1

    def rect(self, row: int) -> QRect:
        """Return a tile's place; empty in a collapsed band."""
        number = self.band_of(row)
        if number < 0 or not self._places[number].open:
            return QRect()
        line, column = divmod(row - self.bands[number].first, self.columns)
        y = self._places[number].tiles + line * self.height
        return QRect(column * self.width, y, self.width, self.height)

    def header_rect(self, number: int, width: int) -> QRect:
        """Return the place of a band's header."""
        return QRect(0, self._places[number].top, width, self.header)

    def row_at(self, x: int, y: int) -> int | None:
        """Return the row of the tile at a point, None between tiles and on headers."""
        number = self.band_at(y)
        if number is None or y < self._places[number].tiles or not x >= 0:
            return None
        column = x // self.width
        line = (y - self._places[number].tiles) // self.height
        row = line * self.columns + column
        if column >= self.columns or row >= self.bands[number].count:
            return None
        return self.bands[number].first + row

    def headers(self, top: int, bottom: int) -> Iterator[int]:
        """Give the bands whose headers lie between two heights."""
        if not self.header:
            return
        first = max(0, bisect.bisect_right(self._tops, top - self.header) - 1)
        for number in range(first, len(self.bands)):
            if self._tops[number] > bottom:
                return
            if self._tops[number] + self.header > top:
                yield number

    def spans(self, box: QRect) -> Iterator[tuple[int, int]]:
        """Give the rows whose tiles meet a box, as runs of neighbours: first and last."""
        first = max(0, bisect.bisect_right(self._tops, max(0, box.top())) - 1)
        left = max(0, box.left() // self.width)
        right = min(self.columns - 1, box.right() // self.width)
        if right < left or box.right() < 0:
            return
        for number in range(first, len(self.bands)):
            place, band = self._places[number], self.bands[number]
            if place.top > box.bottom():
                return
            if not place.open or place.end <= box.top() or place.tiles > box.bottom():
                continue
            last_line = (min(box.bottom(), place.end - 1) - place.tiles) // self.height
            first_line = max(0, box.top() - place.tiles) // self.height
            if left == 0 and right == self.columns - 1:
                # Whole lines are neighbours: one run, however many.
                last = min((last_line + 1) * self.columns, band.count) - 1
                yield band.first + first_line * self.columns, band.first + last
                continue
            for line in range(first_line, last_line + 1):
                start = line * self.columns + left
                end = min(line * self.columns + right, band.count - 1)
                if start <= end:
                    yield band.first + start, band.first + end

    def folded(self, number: int) -> bool:
        """Return whether a band shows its header alone."""
        return not self._places[number].open

    def passed(self, row: int, target: int, *, on: bool) -> int | None:
        """Return the first folded band that a step from a row to a target passes, on or back.

        A target that is the row itself means that there was nowhere to go.
        """
        start, end = self.band_of(row), self.band_of(target)
        if target == row:
            end = len(self.bands) if on else -1
        between = range(start + 1, end) if on else range(start - 1, end, -1)
        return next((number for number in between if self.folded(number)), None)

    def ends(self, number: int) -> tuple[int, int]:
        """Return the first and the last row of a band."""
        band = self.bands[number]
        return band.first, band.first + band.count - 1

    def span(self, box: QRect) -> tuple[int, int] | None:
        """Return the first and the last row whose tiles meet a box, None if none does."""
        spans = list(self.spans(box))
        return (spans[0][0], spans[-1][1]) if spans else None

    def nearest(self, row: int, *, on: bool) -> int:
        """Return the first row from here on (or back) that no folded band hides, else the row itself."""
        number = self.band_of(row)
        while 0 <= number < len(self.bands) and self.folded(number):
            number += 1 if on else -1
            if 0 <= number < len(self.bands):
                row = self.ends(number)[0 if on else 1]
        return row

    def vertical(self, row: int, lines: int) -> int:
        """Return the row so many lines below (above) a row, in the same column as far as there is one."""
        number = self.band_of(row)
        line, column = divmod(row - self.bands[number].first, self.columns)
        step = 1 if lines > 0 else -1
        for _ in range(abs(lines)):
            line += step
            if not self.folded(number) and 0 <= line < self._lines(number):
                continue
            other = number + step
            while 0 <= other < len(self.bands) and self.folded(other):
                other += step
            if not 0 <= other < len(self.bands):
                line -= step
                break
            number = other
            line = 0 if step > 0 else self._lines(number) - 1
        inside = min(line * self.columns + column, self.bands[number].count - 1)
        return self.bands[number].first + inside

    def _lines(self, number: int) -> int:
        return -(-self.bands[number].count // self.columns)

    def horizontal(self, row: int, step: int) -> int:
        """Return the row so many places on (back), leaving out collapsed bands; at the ends it stays."""
        at = row
        while 0 <= (at := at + (1 if step > 0 else -1)) < self.rows:
            number = self.band_of(at)
            if self._places[number].open:
                row = at
                step -= 1 if step > 0 else -1
                if not step:
                    break
            else:
                band = self.bands[number]
                at = band.first + band.count - 1 if step > 0 else band.first
        return row
