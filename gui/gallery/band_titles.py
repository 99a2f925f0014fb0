"""Band titles: what the headers of bands say about their images."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.gallery.bands import UNKNOWN_KEY, Band
from gui.gallery.image_texts import ImageTexts
from gui.words import number

if TYPE_CHECKING:
    from gui.state.image_columns import Rows
    from gui.state.image_table import ImageTable


class BandTitles(QObject):
    """Titles and details in the language of the window, with the names of `ImageTexts`."""

    def __init__(self, texts: ImageTexts, parent: QObject) -> None:
        super().__init__(parent)
        self._texts = texts

    def fill_in(self, band: Band, kind: str, table: "ImageTable", rows: "Rows") -> Band:
        """Return a band of a kind with title and detail; `rows` are the table rows of all bands."""
        from gui.gallery import query as queries

        if not kind:
            return band
        if kind == queries.BAND_REVIEW:
            return replace(band, title=self._texts.review_title(band.key))
        if kind == queries.BAND_FIELD:
            return replace(
                band,
                title=band.key or self.tr("Not a cell of a field"),
                detail="" if band.count else self.tr("no cell found"),
            )
        band_rows = rows[band.first : band.first + band.count]
        reviewed = int((table.column("label")[band_rows] != -1).sum())
        return replace(
            band,
            title=self._texts.class_title(band.key),
            detail=self.tr("{done} reviewed").format(done=number(reviewed)),
            accepts_drops=kind == queries.BAND_CLASS and band.key not in ("", UNKNOWN_KEY),
        )
