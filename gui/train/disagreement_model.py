"""Disagreement model: the locked images that only one of two models classifies correctly."""

import numpy as np

from engine.train.candidate_evaluation import Verdict
from gui.gallery.bands import Band
from gui.gallery.model import GalleryModel
from gui.state.session import Session


class DisagreementModel(GalleryModel):
    """Gallery rows of fixed images in fixed bands, independent of decisions."""

    _given_bands: tuple[tuple[str, str, tuple[str, ...]], ...] = ()

    def __init__(self, session: Session) -> None:
        super().__init__(session)

    def show_bands(self, *bands: tuple[str, str, tuple[str, ...]]) -> None:
        """Show bands of images, each a key, a title and paths; missing images are skipped."""
        self._given_bands = bands
        self._apply_query()

    def show_verdict(self, verdict: Verdict | None) -> None:
        """Show the images on which the two models disagree."""
        if verdict is None:
            self.show_bands()
            return
        self.show_bands(
            ("lost", self.tr("Only the current model is right"), verdict.lost),
            ("won", self.tr("Only the new model is right"), verdict.won),
        )

    def _restart(self) -> None:
        self._given_bands = ()
        super()._restart()

    def _apply_query(self) -> None:
        table = self._session.table
        rows: list[int] = []
        bands: list[Band] = []
        for key, title, paths in self._given_bands if table is not None else ():
            band_rows = [row for path in paths if table and (row := table.row(path)) is not None]
            if band_rows:
                bands.append(Band(key, title, len(rows), len(band_rows), ""))
                rows += band_rows
        self._set_rows(np.array(rows, np.intp) if rows else None, bands, "given")

    def _append(self, paths: list[str]) -> None:
        self._apply_query()
