"""Gallery panel: grid or map under a header with counts, search, order, bands and tile size."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QStackedLayout,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.gallery.filter_chip import FilterChip
from gui.gallery.map_page import MapPage
from gui.gallery.model import GalleryModel
from gui.gallery.selection import to_item_selection
from gui.gallery.selection_label import SelectionLabel
from gui.gallery.selection_sync import SelectionSync
from gui.gallery.thumbnails import ThumbnailCache
from gui.gallery.view import MAX_EDGE, MIN_EDGE, GalleryView
from gui.jobs.workers import Workers
from gui.state.session import Session
from gui.theme import Theme
from gui.words import number

_SEARCH_DELAY_MS = 200


class SearchField(QLineEdit):
    """Search text for file names, notes and tags; Esc clears it and returns the focus."""

    finished = Signal()

    def __init__(self) -> None:
        super().__init__(clearButtonEnabled=True)
        self.setPlaceholderText(self.tr("Search"))
        self.setAccessibleName(self.placeholderText())
        for button in self.findChildren(QToolButton):
            button.setAccessibleName(self.tr("Clear the search"))

    def event(self, event: QEvent) -> bool:
        # Claim Esc before the shortcuts of the window.
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self.clear()
                self.finished.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Down:
                self.finished.emit()
            case _:
                super().keyPressEvent(event)


_BY_FIELD = "field"
"""The grouping by field, as `query.BAND_FIELD`, which is imported late."""


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
        self.map_toggle = QToolButton()
        self.map_toggle.setCheckable(True)
        self.map_toggle.setIconSize(theme.icon_size())
        self.map_toggle.setAccessibleName(self.tr("Map of similar images"))
        self.map_toggle.setToolTip(self.map_toggle.accessibleName())
        self.count_label = QLabel()
        self.selection_label = SelectionLabel(session)
        self.search = SearchField()
        self.search.setMinimumWidth(4 * theme.space("wide"))
        self.search.setMaximumWidth(9 * theme.space("wide"))
        self.order_box = self._option_box(
            self.tr("Sort order"),
            ("name", self.tr("By name")),
            ("doubt", self.tr("Least certain first")),
            ("possible", self.tr("Most classes first")),
            ("confidence", self.tr("Most certain first")),
            ("class", self.tr("By predicted class")),
            ("size", self.tr("Largest file first")),
        )
        self.bands_box = self._option_box(
            self.tr("Grouping"),
            ("", self.tr("No grouping")),
            ("class", self.tr("Group by class")),
            ("folder", self.tr("Group by folder")),
            ("review", self.tr("Group by review")),
        )
        self.resort_button = QPushButton(self.tr("Sort again"))
        self.resort_button.setToolTip(
            self.tr("New results have arrived since the images were sorted")
        )
        self.filter_chip = FilterChip(theme)
        self.size_slider = QSlider(Qt.Orientation.Horizontal)
        self.size_slider.setRange(MIN_EDGE, MAX_EDGE)
        self.size_slider.setValue(self.view.image_edge)
        self.size_slider.setFixedWidth(4 * theme.space("wide"))
        self.size_slider.setAccessibleName(self.tr("Size of the images (Ctrl and + or −)"))
        self.size_slider.setToolTip(self.size_slider.accessibleName())
        self._empty_page, self._grid_page = QWidget(), QWidget()
        self._empty_label = QLabel(self.tr("There are no images in this folder."))
        self._open_button = QPushButton(self.tr("Open another folder…"))
        self.no_match_label = QLabel(self.tr("No image matches the search and filters."))
        self.show_all_button = QPushButton(self.tr("Show all images"))
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
        # In a narrow panel hide the size slider first: sizes also have shortcuts.
        unit = self._theme.space("wide")
        self.size_slider.setVisible(self.width() > 30 * unit)
        self._update_header_direction()

    def _update_header_direction(self) -> None:
        # Two lines if the parts do not fit side by side. The selection label replaces the count label, and
        # its maximum width is always reserved, so that selecting moves nothing.
        margins = self._header.contentsMargins()
        parts = (
            self.filter_chip,
            self.resort_button,
            self.search,
            self.map_toggle,
            self.bands_box,
            self.order_box,
            self.size_slider,
        )
        widths = [
            max(part.minimumSizeHint().width(), part.minimumWidth())
            for part in parts
            if not part.isHidden()
        ]
        needed_width = self.selection_label.max_width(self._session.total) + sum(widths)
        needed_width += len(widths) * self._header.spacing() + margins.left() + margins.right()
        fits = self.width() >= needed_width
        side_by_side, stacked = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._header.setDirection(side_by_side if fits else stacked)

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

    def resort_if_stale(self) -> None:
        """Sort again if predictions changed the order; call when classification has finished."""
        if self.model.is_order_stale:
            self.model.sort_again()

    def show_all(self) -> None:
        """Remove all filters."""
        self.search.clear()
        if self.model.query is not None:
            self.model.set_query(self.model.query.without_filters())

    def show_only(self, paths: Iterable[str], description: str) -> None:
        """Restrict the gallery to some images; `description` says what they have in common."""
        table, query = self.model.table, self.model.query
        if table is None or query is None:
            return
        self.search.clear()
        self._search_timer.stop()
        self.filter_chip.set_text(description)
        rows = tuple(sorted(table.rows(paths).tolist()))
        self.model.set_query(replace(query.without_filters(), only_rows=rows))
        if self.model.rowCount():
            self.view.show_path(self.model.path(0))

    def _option_box(self, name: str, *options: tuple[str, str]) -> QComboBox:
        box = QComboBox()
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.setAccessibleName(name)
        box.setToolTip(name)
        for key, label in options:
            box.addItem(label, key)
        return box

    def _fill(self, theme: Theme) -> None:
        small, large = theme.space("small"), theme.space("large")
        self._header = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._header.setContentsMargins(large, small, large, small)
        self._header.setSpacing(small)
        left_widgets = (
            self.count_label,
            self.selection_label,
            self.filter_chip,
            None,
            self.resort_button,
            self.search,
            self.map_toggle,
        )
        right_widgets = (self.bands_box, self.order_box, self.size_slider)
        for stretch, widgets in ((1, left_widgets), (0, right_widgets)):
            line = QHBoxLayout()
            line.setSpacing(small)
            for widget in widgets:
                line.addWidget(widget) if widget else line.addStretch()
            self._header.addLayout(line, stretch)
        rows = QVBoxLayout(self._grid_page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(self._header)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.view)
        self._pages.addWidget(self.map_page)
        rows.addWidget(self._pages, 1)
        # The no-match message lies over the grid, so that the search keeps the focus.
        for page, *parts in (
            (self._empty_page, self._empty_label, self._open_button),
            (self.view.viewport(), self.no_match_label, self.show_all_button),
        ):
            message = QVBoxLayout(page)
            message.setSpacing(large)
            message.addStretch()
            for part in parts:
                message.addWidget(part, 0, Qt.AlignmentFlag.AlignCenter)
            message.addStretch()
        self._stack.addWidget(self._grid_page)
        self._stack.addWidget(self._empty_page)

    def _connect(self) -> None:
        session = self._session
        self.order_box.activated.connect(self._update_query)
        self.bands_box.activated.connect(self._update_query)
        self.search.textChanged.connect(self._search_timer.start)
        self._search_timer.timeout.connect(self._update_query)
        self.search.finished.connect(self.view.setFocus)
        self.resort_button.clicked.connect(self.model.sort_again)
        self.filter_chip.cleared.connect(self.show_all)
        self.size_slider.valueChanged.connect(self.view.set_image_edge)
        self.view.size_changed.connect(self.size_slider.setValue)
        self._open_button.clicked.connect(self.open_requested)
        self.show_all_button.clicked.connect(self.show_all)
        self.map_toggle.clicked.connect(self._show_map)
        self.map_page.selection_requested.connect(self._select_on_map)
        self._theme.changed.connect(self._restyle)
        self._restyle()
        self.selection_sync = SelectionSync(self.view, session)
        session.opened.connect(self._reset_search)
        session.opened.connect(self._refresh_groupings)
        self.selection_label.visibility_changed.connect(
            lambda: self.count_label.setVisible(self.selection_label.isHidden())
        )
        for signal in (
            self.model.stale_changed,
            self.model.counted,
            self.model.modelReset,
            self.model.rowsInserted,
            session.opened,
            session.added,
        ):
            signal.connect(self._refresh)

    def _refresh_groupings(self) -> None:
        index = self.bands_box.findData(_BY_FIELD)
        if self._session.holds_fields and index < 0:
            self.bands_box.addItem(self.tr("Group by field"), _BY_FIELD)
        elif not self._session.holds_fields and index >= 0:
            was_chosen = self.bands_box.currentIndex() == index
            self.bands_box.removeItem(index)
            if was_chosen:
                self.bands_box.setCurrentIndex(0)
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
        shown = self.map_toggle.isChecked()
        self._pages.setCurrentWidget(self.map_page if shown else self.view)
        for widget in (self.bands_box, self.order_box, self.size_slider):
            widget.setEnabled(not shown)
        if shown:
            self.map_page.activate()
        else:
            self.view.setFocus()

    def _select_on_map(self, paths: list[str], mode: str) -> None:
        if mode == "current":
            self.view.show_path(paths[0])
        else:
            self.select(paths, add=mode == "add")

    def _restyle(self) -> None:
        self.map_toggle.setIcon(self._theme.icon("chart-scatter"))

    def _reset_search(self) -> None:
        self.search.clear()
        self._search_timer.stop()

    def _refresh(self) -> None:
        total, shown = self._session.total, self.model.rowCount()
        is_empty = not shown and not self._scanning
        self._stack.setCurrentWidget(
            self._empty_page if is_empty and not total else self._grid_page
        )
        for part in (self.no_match_label, self.show_all_button):
            part.setVisible(self.is_filtered_out)
        self.resort_button.setVisible(self.model.is_order_stale)
        query = self.model.query
        self.filter_chip.setVisible(query is not None and query.only_rows is not None)
        text = self.tr("{total} {total:image|images}").format(total=number(total))
        if shown != total:
            text = self.tr("{shown} of {total} {total:image|images}").format(
                shown=number(shown), total=number(total)
            )
        self.count_label.setText(text)
        self._update_header_direction()
