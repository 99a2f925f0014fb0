"""Tile layout: how many columns fit, how large the tiles are, and where they lie."""

from gui.gallery.delegate import TileDelegate
from gui.gallery.geometry import GridGeometry
from gui.gallery.headers import BandHeaders
from gui.gallery.tile_grid import TileGrid
from gui.theme import Theme


class TileLayout:
    """Keeps the grid of a view up to date; `edge` is the image width that a person chose."""

    def __init__(
        self, view: TileGrid, delegate: TileDelegate, headers: BandHeaders, theme: Theme
    ) -> None:
        self._view = view
        self._delegate = delegate
        self._headers = headers
        self._theme = theme
        self.edge = 0
        self._key: tuple[int, tuple[int, int], int, frozenset[str]]
        self._key = 1, (1, 1), 0, frozenset()
        view.grid = GridGeometry([], *self._key)

    def update(self) -> None:
        """Compute the grid again if bands, sizes or collapsed bands changed."""
        model, view = self._view.model(), self._view
        cell = self._delegate.tile_size(self._delegate.edge)
        columns = max(1, (view.viewport().width() - 1) // max(1, cell.width()))
        bands = model.bands if model else []
        size = cell.width(), cell.height()
        key = columns, size, self._headers.height, frozenset(self._headers.collapsed_keys)
        # Skipped if nothing changed: Qt requests layouts often, and ten thousand bands take a while.
        if view.grid.bands is not bands or key != self._key:
            view.grid, self._key = GridGeometry(bands, *key), key

    def fit_columns(self) -> None:
        """Distribute the remaining width over the tiles, so that the grid fills the viewport."""
        scale = self._theme.space("wide") / 24
        self._delegate.edge = round(self.edge * scale)
        tile = self._delegate.tile_size(self._delegate.edge)
        width = self._view.viewport().width() - 1
        columns = max(1, width // tile.width())
        self._delegate.edge += max(0, width // columns - tile.width())
