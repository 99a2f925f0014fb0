"""Tags of the images of the open source, by row and by tag."""

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]

MAX_FACETS = 100
"""Tags that are offered as filters, the most frequent ones; others are found by searching."""


class ImageTags:
    """The tags of each row."""

    def __init__(self) -> None:
        self._rows: dict[str, set[int]] = {}
        self._tags: dict[int, tuple[str, ...]] = {}
        # Filters are counted after every decision: a mask is computed again only when its tag changed.
        self._masks: dict[str, Mask] = {}

    def clear(self) -> None:
        """Forget all tags."""
        self._rows.clear()
        self._tags.clear()
        self._masks.clear()

    def set_tag(self, row: int, tag: str, *, present: bool) -> None:
        """Give a row a tag, or take it away."""
        rows = self._rows.setdefault(tag, set())
        (rows.add if present else rows.discard)(row)
        if not rows:
            del self._rows[tag]
        self._masks.pop(tag, None)
        tags = {*self._tags.get(row, ()), tag} if present else {*self._tags.get(row, ())} - {tag}
        self._tags[row] = tuple(sorted(tags, key=_order))

    def of(self, row: int) -> tuple[str, ...]:
        """Return the tags of a row, in alphabetical order."""
        return self._tags.get(row, ())

    def all(self) -> list[str]:
        """Return all tags in alphabetical order."""
        return sorted(self._rows, key=_order)

    def counts(self, rows: Rows) -> dict[str, int]:
        """Return how many of these rows have each of their tags, in alphabetical order."""
        if not self._rows:
            return {}
        if len(rows) == 1:
            return dict.fromkeys(self.of(int(rows[0])), 1)
        chosen = set(rows.tolist())
        counts = {tag: len(chosen & self._rows[tag]) for tag in self.all()}
        return {tag: count for tag, count in counts.items() if count}

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
