"""Text search in the paths, notes and tags of the images of a table."""

from collections.abc import Sequence

import numpy as np

from gui.state.image_columns import Mask
from gui.state.image_decisions import ImageDecisions


class ImageSearch:
    """Search that ignores case; the texts of paths are prepared once."""

    def __init__(self, decisions: ImageDecisions) -> None:
        self._decisions = decisions
        self._texts: list[str] = []

    def mask(self, text: str, paths: Sequence[str]) -> Mask:
        """Return which images have a text in their path, note or a tag."""
        text = text.casefold()
        for path in paths[len(self._texts) :]:
            self._texts.append(path.casefold())
        mask = np.fromiter((text in path for path in self._texts), np.bool_, len(self._texts))
        for row, note in self._decisions.notes.items():
            if text in note.casefold():
                mask[row] = True
        mask[list(self._decisions.tags.rows_matching(text))] = True
        return mask
