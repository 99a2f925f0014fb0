"""Tags of the images of the open source, by row and by tag."""

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]

MAX_FACETS = 100
"""Most tags that are offered as filters, the most frequent ones; the search finds the rest."""

_FREQUENT = 1000
"""Number of images from which a tag is counted by its mask."""


class ImageTags:
    """The rows of each tag."""

    def __init__(self) -> None:
        self._rows: dict[str, set[int]] = {}
        # Filters are counted after every decision: a mask is computed again only when its tag changed.
        self._masks: dict[str, Mask] = {}

    def clear(self) -> None:
        """Forget all tags."""
        self._rows.clear()
        self._masks.clear()

    def set_tag(self, row: int, tag: str, *, present: bool) -> None:
        """Give a row a tag, or take it away."""
        self._masks.pop(tag, None)
        rows = self._rows.setdefault(tag, set())
        if present:
            rows.add(row)
            return
        rows.discard(row)
        if not rows:
            del self._rows[tag]

    def of(self, row: int) -> tuple[str, ...]:
        """Return the tags of a row, in alphabetical order."""
        # A copy: workers ask too, while the window may be adding a tag.
        tags = (tag for tag, rows in list(self._rows.items()) if row in rows)
        return tuple(sorted(tags, key=_order))

    def by_row(self) -> dict[int, tuple[str, ...]]:
        """Return the tags of all rows that have any."""
        found: dict[int, list[str]] = {}
        for tag, rows in sorted(self._rows.items(), key=lambda item: _order(item[0])):
            for row in tuple(rows):
                found.setdefault(row, []).append(tag)
        return {row: tuple(tags) for row, tags in found.items()}

    def all(self) -> list[str]:
        """Return all tags in alphabetical order."""
        return sorted(self._rows, key=_order)

    def counts(self, rows: Rows, size: int) -> dict[str, int]:
        """Return how many of some of `size` rows have each of their tags, in alphabetical order."""
        if len(rows) == 1:
            return dict.fromkeys(self.of(int(rows[0])), 1)
        chosen = np.zeros(size, np.bool_)
        chosen[rows] = True
        counts = {tag: self._count(tag, chosen) for tag in self.all()}
        return {tag: count for tag, count in counts.items() if count}

    def _count(self, tag: str, chosen: Mask) -> int:
        rows = self._rows[tag]
        # Masks of many rare tags would take much memory.
        if len(rows) < _FREQUENT:
            return int(np.count_nonzero(chosen[list(rows)]))
        return int(np.count_nonzero(chosen & self.mask(tag, len(chosen))))

    def mask(self, tag: str, size: int) -> Mask:
        """Return which of `size` rows have a tag."""
        mask = self._masks.get(tag)
        if mask is None or len(mask) != size:
            mask = np.zeros(size, np.bool_)
            mask[np.fromiter(self._rows.get(tag, ()), np.intp)] = True
            self._masks[tag] = mask
        return mask

    def facet_masks(self, size: int) -> dict[str, Mask]:
        """Return the masks of the most frequent tags, in alphabetical order."""
        tags = self.all()
        if len(tags) > MAX_FACETS:
            frequent = sorted(tags, key=lambda tag: -len(self._rows[tag]))[:MAX_FACETS]
            tags = sorted(frequent, key=_order)
        return {tag: self.mask(tag, size) for tag in tags}

    def rows_matching(self, text: str) -> set[int]:
        """Return the rows with a tag that contains a casefolded text."""
        found: set[int] = set()
        for tag, rows in self._rows.items():
            if text in tag.casefold():
                found |= rows
        return found


def _order(tag: str) -> tuple[str, str]:
    return tag.casefold(), tag
