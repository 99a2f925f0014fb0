"""Gallery panel: grid or map under a header with counts, search, order, bands and tile size."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QStackedLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui.gallery.gallery_bar import GalleryBar
from gui.gallery.map_page import MapPage
from gui.gallery.model import GalleryModel
from gui.gallery.no_match import NoMatchMessage
from gui.gallery.selection import to_item_selection
from gui.gallery.selection_sync import SelectionSync
from gui.gallery.thumbnails import ThumbnailCache
from gui.gallery.view import GalleryView
from gui.jobs.workers import Workers
from gui.state.session import Session
from gui.theme import Theme

if TYPE_CHECKING:
    from gui.gallery.query import Facet

_SEARCH_DELAY_MS = 200


class GalleryPanel(QWidget):
    """Grid and map of the Review workspace."""

    open_requested = Signal()

    def __init__(
        self, session: Session, thumbnails: ThumbnailCache, workers: Workers, theme: Theme
    ) -> None:
        super().__init__()
        self._session = session
        self._theme = theme
        self._scanning = False
        self.setMinimumWidth(14 * theme.space("wide"))
        self.model = GalleryModel(session)
        self.view = GalleryView(session, thumbnails, theme)
        self.view.setModel(self.model)
        self.map_page = MapPage(self.model, session, workers, theme)
        self.bar = GalleryBar(session, theme)
        self.search, self.filter_chip = self.bar.search, self.bar.filter_chip
        self.order_box, self.bands_box = self.bar.order_box, self.bar.bands_box
        self._empty_page, self._grid_page = QWidget(), QWidget()
        self._empty_label = QLabel(self.tr("There are no images in this folder."))
        self._open_button = QPushButton(self.tr("Open another folder…"))
        self.no_match = NoMatchMessage(self.model, self.view.viewport(), theme)
        self._stack = QStackedLayout(self)
        self._search_timer = QTimer(self, singleShot=True, interval=_SEARCH_DELAY_MS)
        self._fill(theme)
        self._connect()
        self._refresh()

    @property
    def is_filtered_out(self) -> bool:
        """True if there are images but none match the query."""
        return bool(self._session.total) and not self.model.rowCount()

    @property
    def current_page(self) -> QWidget:
        """The visible page: grid or map."""
        return self.map_page if self._pages.currentIndex() else self.view

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.bar.fit(self.width())

    def set_scanning(self, scanning: bool) -> None:
        """Set whether a folder scan is running; meanwhile the folder is not reported as empty."""
        self._scanning = scanning
        self._refresh()

    def set_arrangement(self, order: str, bands: str, edge: int) -> None:
        """Set order, bands and tile size."""
        from gui.gallery.query import Query

        for box, key in ((self.order_box, order), (self.bands_box, bands)):
            # Grouping by field is only there for fields.
            box.setCurrentIndex(max(0, box.findData(key)))
        self.view.set_image_edge(edge)
        self.model.query = self.model.query or Query()
        self._update_query()

    def set_filters(self, text: str, facets: "frozenset[Facet]") -> None:
        """Set the search text and the chosen facets."""
        if self.model.query is not None and (text or facets):
            self.search.setText(text)
            self.model.query = replace(self.model.query, facets=facets)
            self._update_query()

    def resort_if_stale(self) -> None:
        """Sort again if predictions changed the order; call when classification has finished."""
        if self.model.is_order_stale:
            self.model.sort_again()

    def show_all(self) -> None:
        """Remove all filters."""
        self.search.clear()
        self.bar.forget_suggested_order()
        if self.model.query is not None:
            order = self.order_box.currentData()
            self.model.set_query(replace(self.model.query.without_filters(), order=order))

    def show_only(
        self, paths: Iterable[str], description: str, *, keep_order: bool = False
    ) -> None:
        """Restrict the gallery to some images; `description` says what they have in common.

        With `keep_order` they are shown in the order of `paths` until a person chooses another.
        """
        table, query = self.model.table, self.model.query
        if table is None or query is None:
            return
        self.search.clear()
        self._search_timer.stop()
        self.filter_chip.set_text(description)
        self.bar.forget_suggested_order()
        if keep_order:
            self.bar.choose_suggested_order()
        rows, order = tuple(table.rows(paths).tolist()), self.order_box.currentData()
        self.model.set_query(replace(query.without_filters(), only_rows=rows, order=order))
        if self.model.rowCount():
            self.view.show_path(self.model.path(0))

    def _fill(self, theme: Theme) -> None:
        rows = QVBoxLayout(self._grid_page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(self.bar)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.map_page)
        rows.addWidget(self._pages, 1)
        message = QVBoxLayout(self._empty_page)
        message.setSpacing(theme.space("large"))
        message.addStretch()
        for part in (self._empty_label, self._open_button):
            message.addWidget(part, 0, Qt.AlignmentFlag.AlignCenter)
        message.addStretch()
        self._stack.addWidget(self._grid_page)
        self._stack.addWidget(self._empty_page)

    def _connect(self) -> None:
        session = self._session
        self.order_box.activated.connect(self._update_query)
        self.bands_box.activated.connect(self._update_query)
        self.view.bands.empty_field_chosen.connect(self._session.show_empty_field)
        self.search.textChanged.connect(self._search_timer.start)
        self._search_timer.timeout.connect(self._update_query)
        self.search.finished.connect(self.view.setFocus)
        self.bar.resort_button.clicked.connect(self.model.sort_again)
        self.filter_chip.cleared.connect(self.show_all)
        self.bar.size_slider.valueChanged.connect(self.view.set_image_edge)
        self.view.size_changed.connect(self.bar.size_slider.setValue)
        self._open_button.clicked.connect(self.open_requested)
        self.no_match.show_all.clicked.connect(self.show_all)
        self.no_match.shown.connect(self.view.setFocus)
        self.bar.map_toggle.clicked.connect(self._show_map)
        self.map_page.selection_requested.connect(self._select_on_map)
        self.selection_sync = SelectionSync(self.view, session)
        session.opened.connect(self._reset)
        session.opened.connect(self._refresh_groupings)
        for signal in (
            self.model.stale_changed,
            self.model.counted,
            self.model.modelReset,
            self.model.rowsInserted,
            session.opened,
            session.added,
        ):
            signal.connect(self._refresh)

    def show_empty_fields(self) -> None:
        """Group by field, and show the first field without a cell."""
        from gui.gallery.query import Query

        self.show_all()
        self.model.query = self.model.query or Query()
        if self.bar.choose_grouping_by_field():
            self._update_query()
        if self.bar.map_toggle.isChecked():
            self.bar.map_toggle.click()
        # Once the grid has its new height, so that the header can be scrolled to.
        QTimer.singleShot(0, self, self._show_first_empty_field)

    def _show_first_empty_field(self) -> None:
        number = next((n for n, band in enumerate(self.view.grid.bands) if not band.count), None)
        if number is not None:
            self.view.setFocus()
            self.view.bands.select(number)

    def show_empty_field(self, field_path: str) -> None:
        """Show a field without a cell, at its header where the images are grouped by field."""
        bands = self.view.grid.bands
        keys = {band.key: number for number, band in enumerate(bands) if not band.count}
        if field_path in keys:
            self.view.bands.select(keys[field_path])
        else:
            self.view.selectionModel().clear()
            self._session.show_empty_field(field_path)

    def _refresh_groupings(self) -> None:
        if self.bar.refresh_groupings():
            self._update_query()

    def _update_query(self) -> None:
        if self.model.query is None:
            return
        self.model.set_query(
            replace(
                self.model.query,
                text=self.search.text().strip(),
                order=self.order_box.currentData(),
                bands=self.bands_box.currentData(),
            )
        )
        current = self.view.currentIndex()
        if current.isValid() and not self.view.isIndexHidden(current):
            self.view.scrollTo(current)

    def select(self, paths: Iterable[str], *, add: bool = False) -> None:
        """Select images; `add` keeps the existing selection."""
        if self.model.table is None:
            return
        selection = to_item_selection(self.model, self.model.table.rows(paths))
        flags = QItemSelectionModel.SelectionFlag
        flag = flags.Select if add else flags.ClearAndSelect
        self.view.selectionModel().select(selection, flag)

    def _show_map(self) -> None:
        shown = self.bar.map_toggle.isChecked()
        self._pages.setCurrentWidget(self.map_page if shown else self.view)
        self.bar.set_enabled_for_grid(not shown)
        if shown:
            self.map_page.activate()
        else:
            self.view.setFocus()

    def _select_on_map(self, paths: list[str], mode: str) -> None:
        if mode == "current":
            self.view.show_path(paths[0])
        else:
            self.select(paths, add=mode == "add")

    def _reset(self) -> None:
        self.show_all()
        self._search_timer.stop()

    def _refresh(self) -> None:
        total, shown = self._session.total, self.model.rowCount()
        table = self._session.table
        is_empty = (table is None or table.is_empty) and not self._scanning
        self._stack.setCurrentWidget(self._empty_page if is_empty else self._grid_page)
        self.no_match.refresh(is_filtered_out=self.is_filtered_out)
        query = self.model.query
        self.bar.show_counts(
            shown,
            total,
            stale=self.model.is_order_stale,
            restricted=query is not None and query.only_rows is not None,
        )
        self.bar.update_direction(self.width())
