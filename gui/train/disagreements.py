"""The locked images that only one of two models reads rightly, as rows of a grid in two bands."""

import numpy as np

from engine.train.gating import Verdict
from gui.gallery.bands import Band
from gui.gallery.model import GalleryModel
from gui.session import Session


class PathsModel(GalleryModel):
    """Given images in given bands, whatever is decided on them."""

    _given: tuple[tuple[str, str, tuple[str, ...]], ...] = ()

    def __init__(self, session: Session) -> None:
        super().__init__(session)

    def show_paths(self, *bands: tuple[str, str, tuple[str, ...]]) -> None:
        """Show bands of images, each a key, a title and paths; those that are gone are left out."""
        self._given = bands
        self._refit()

    def show_verdict(self, verdict: Verdict | None) -> None:
        """Show where two models disagree."""
        if verdict is None:
            self.show_paths()
            return
        self.show_paths(
            ("lost", self.tr("Only the current model is right"), verdict.lost),
            ("won", self.tr("Only the new model is right"), verdict.won),
        )

    def _restart(self) -> None:
        self._given = ()
        super()._restart()

    def _refit(self) -> None:
        table = self._session.table
        rows, bands = [], []
        for key, title, paths in self._given if table is not None else ():
            found = [row for path in paths if (row := table.row(path)) is not None]
            if found:
                bands.append(Band(key, title, len(rows), len(found), ""))
                rows += found
        self._show(np.array(rows, np.intp) if rows else None, bands, "given")

    def _append(self, paths: list[str]) -> None:
        self._refit()
