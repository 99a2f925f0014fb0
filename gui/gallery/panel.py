"""The gallery with its head: how many images, searched how, in which order and bands, how large; or why
there is nothing."""

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

from gui.gallery.chosen import selection_of
from gui.gallery.leading import Leading
from gui.gallery.mapping import MapPage
from gui.gallery.model import GalleryModel
from gui.gallery.only import OnlyChip
from gui.gallery.selected import SelectedLabel
from gui.gallery.thumbnails import Thumbnails
from gui.gallery.view import LARGEST, SMALLEST, GalleryView
from gui.session import Session
from gui.theme import Theme
from gui.words import number
from gui.workers import Workers

_SEARCH_MS = 200


class SearchField(QLineEdit):
    """Text to look for in names and notes; Esc empties it and goes back."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__(clearButtonEnabled=True)
        self.setPlaceholderText(self.tr("Search"))
        self.setAccessibleName(self.placeholderText())
        for button in self.findChildren(QToolButton):
            button.setAccessibleName(self.tr("Empty the search"))

    def event(self, event: QEvent) -> bool:
        # Before it is a command of the window.
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self.clear()
                self.left.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Down:
                self.left.emit()
            case _:
                super().keyPressEvent(event)


class GalleryPanel(QWidget):
    """The grid of the Review workspace."""

    open_asked = Signal()

    def __init__(
        self, session: Session, thumbnails: Thumbnails, workers: Workers, theme: Theme
    ) -> None:
        super().__init__()
        self._session = session
        self._theme = theme
        self._scanning = False
        self.setMinimumWidth(14 * theme.space("wide"))
        self.model = GalleryModel(session)
        self.view = GalleryView(session, thumbnails, theme)
        self.view.setModel(self.model)
        self.map = MapPage(self.model, session, workers, theme)
        self.as_map = QToolButton(checkable=True)
        self.as_map.setIconSize(theme.icon_size())
        self.as_map.setAccessibleName(self.tr("Map of images that look alike"))
        self.as_map.setToolTip(self.as_map.accessibleName())
        self.count = QLabel()
        self.selected = SelectedLabel(session)
        self.search = SearchField()
        self.search.setMinimumWidth(4 * theme.space("wide"))
        self.search.setMaximumWidth(9 * theme.space("wide"))
        self.order = self._choice(
            self.tr("Order of the images"),
            ("name", self.tr("By name")),
            ("doubt", self.tr("Least certain first")),
            ("confidence", self.tr("Most certain first")),
            ("class", self.tr("By predicted class")),
            ("size", self.tr("Largest file first")),
        )
        self.bands = self._choice(
            self.tr("Bands"),
            ("", self.tr("One stream")),
            ("class", self.tr("Bands by class")),
            ("folder", self.tr("Bands by folder")),
            ("review", self.tr("Bands by review")),
        )
        self.again = QPushButton(self.tr("Sort again"))
        self.again.setToolTip(self.tr("Results came in since the images were put in order"))
        self.only = OnlyChip(theme)
        self.size = QSlider(Qt.Orientation.Horizontal)
        self.size.setRange(SMALLEST, LARGEST)
        self.size.setValue(self.view.edge)
        self.size.setFixedWidth(4 * theme.space("wide"))
        self.size.setAccessibleName(self.tr("Size of the images (Ctrl and + or −)"))
        self.size.setToolTip(self.size.accessibleName())
        self._nothing, self._grid = QWidget(), QWidget()
        self._why = QLabel(self.tr("There are no images in this folder."))
        self._remedy = QPushButton(self.tr("Open another folder…"))
        self.none_fits = QLabel(self.tr("No image fits what is searched for and chosen."))
        self.all_again = QPushButton(self.tr("Show all images"))
        self._stack = QStackedLayout(self)
        self._typed = QTimer(self, singleShot=True, interval=_SEARCH_MS)
        self._fill(theme)
        self._connect()
        self._refresh()

    @property
    def filtered_out(self) -> bool:
        """Whether there are images, and the query fits none."""
        return bool(self._session.total) and not self.model.rowCount()

    @property
    def place(self) -> QWidget:
        """The grid or the map, whichever is shown."""
        return self._places.currentWidget()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Where there is little room the words of the head come first: sizes have keys too.
        wide = self._theme.space("wide")
        self.size.setVisible(self.width() > 30 * wide)
        self._arrange()

    def _arrange(self) -> None:
        # Side by side where no word is cut off by it. How many are selected takes the place of how many
        # there are, whose room is always kept: nothing moves for a selection.
        margins = self._head.contentsMargins()
        parts = (self.only, self.again, self.search, self.as_map, self.bands, self.order, self.size)
        widths = [
            max(part.minimumSizeHint().width(), part.minimumWidth())
            for part in parts
            if not part.isHidden()
        ]
        needed = self.selected.longest(self._session.total) + sum(widths)
        needed += len(widths) * self._head.spacing() + margins.left() + margins.right()
        beside = self.width() >= needed
        side_by_side, stacked = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._head.setDirection(side_by_side if beside else stacked)

    def set_scanning(self, scanning: bool) -> None:
        """Say whether images may still come; until then no folder is called empty."""
        self._scanning = scanning
        self._refresh()

    def arrange(self, order: str, bands: str, edge: int) -> None:
        """Have this order, these bands and this size from now on, whatever is open."""
        from gui.gallery.query import Query

        for box, key in ((self.order, order), (self.bands, bands)):
            box.setCurrentIndex(box.findData(key))
        self.view.set_edge(edge)
        self.model.query = self.model.query or Query()
        self._ask()

    def settle(self) -> None:
        """Bring the images into order and bands: no more results come that could change them."""
        if self.model.stale:
            self.model.sort_again()

    def show_all(self) -> None:
        """Leave nothing out."""
        self.search.clear()
        if self.model.query is not None:
            self.model.ask(self.model.query.all())

    def show_only(self, paths: Iterable[str], words: str) -> None:
        """Show some images alone, under words that say what they have in common."""
        table, query = self.model.table, self.model.query
        if table is None or query is None:
            return
        self.search.clear()
        self._typed.stop()
        self.only.set_words(words)
        rows = tuple(sorted(table.rows(paths).tolist()))
        self.model.ask(replace(query.all(), alone=rows))
        if self.model.rowCount():
            self.view.show_path(self.model.path(0))

    def _choice(self, name: str, *options: tuple[str, str]) -> QComboBox:
        box = QComboBox()
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.setAccessibleName(name)
        box.setToolTip(name)
        for key, words in options:
            box.addItem(words, key)
        return box

    def _fill(self, theme: Theme) -> None:
        small, large = theme.space("small"), theme.space("large")
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setContentsMargins(large, small, large, small)
        self._head.setSpacing(small)
        which = (self.count, self.selected, self.only, None, self.again, self.search, self.as_map)
        how = (self.bands, self.order, self.size)
        for stretch, widgets in ((1, which), (0, how)):
            line = QHBoxLayout()
            line.setSpacing(small)
            for widget in widgets:
                line.addWidget(widget) if widget else line.addStretch()
            self._head.addLayout(line, stretch)
        rows = QVBoxLayout(self._grid)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(self._head)
        self._places = QStackedWidget()
        self._places.addWidget(self.view)
        self._places.addWidget(self.map)
        rows.addWidget(self._places, 1)
        # Over the grid, which keeps the keyboard, so that the search can be mended.
        for place, *parts in (
            (self._nothing, self._why, self._remedy),
            (self.view.viewport(), self.none_fits, self.all_again),
        ):
            empty = QVBoxLayout(place)
            empty.setSpacing(large)
            empty.addStretch()
            for part in parts:
                empty.addWidget(part, 0, Qt.AlignmentFlag.AlignCenter)
            empty.addStretch()
        self._stack.addWidget(self._grid)
        self._stack.addWidget(self._nothing)

    def _connect(self) -> None:
        session = self._session
        self.order.activated.connect(self._ask)
        self.bands.activated.connect(self._ask)
        self.search.textChanged.connect(self._typed.start)
        self._typed.timeout.connect(self._ask)
        self.search.left.connect(self.view.setFocus)
        self.again.clicked.connect(self.model.sort_again)
        self.only.left.connect(self.show_all)
        self.size.valueChanged.connect(self.view.set_edge)
        self.view.size_changed.connect(self.size.setValue)
        self._remedy.clicked.connect(self.open_asked)
        self.all_again.clicked.connect(self.show_all)
        self.as_map.clicked.connect(self._show_map)
        self.map.selected.connect(self._select_on_map)
        self._theme.changed.connect(self._restyle)
        self._restyle()
        self.leading = Leading(self.view, session)
        session.opened.connect(self._opened)
        self.selected.changed.connect(lambda: self.count.setVisible(self.selected.isHidden()))
        for signal in (
            self.model.stale_changed,
            self.model.counted,
            self.model.modelReset,
            self.model.rowsInserted,
            session.opened,
            session.added,
        ):
            signal.connect(self._refresh)

    def _ask(self) -> None:
        if self.model.query is None:
            return
        self.model.ask(
            replace(
                self.model.query,
                text=self.search.text().strip(),
                order=self.order.currentData(),
                bands=self.bands.currentData(),
            )
        )
        current = self.view.currentIndex()
        if current.isValid() and not self.view.isIndexHidden(current):
            self.view.scrollTo(current)

    def select(self, paths: Iterable[str], *, add: bool = False) -> None:
        """Select these images, or these too."""
        if self.model.table is None:
            return
        selection = selection_of(self.model, self.model.table.rows(paths))
        flags = QItemSelectionModel.SelectionFlag
        how = flags.Select if add else flags.ClearAndSelect
        self.view.selectionModel().select(selection, how)

    def _show_map(self) -> None:
        shown = self.as_map.isChecked()
        self._places.setCurrentWidget(self.map if shown else self.view)
        for widget in (self.bands, self.order, self.size):
            widget.setEnabled(not shown)
        if shown:
            self.map.enter()
        else:
            self.view.setFocus()

    def _select_on_map(self, paths: list[str], mode: str) -> None:
        if mode == "current":
            self.view.show_path(paths[0])
        else:
            self.select(paths, add=mode == "add")

    def _restyle(self) -> None:
        self.as_map.setIcon(self._theme.icon("chart-scatter"))

    def _opened(self) -> None:
        self.search.clear()
        self._typed.stop()

    def _refresh(self) -> None:
        total, shown = self._session.total, self.model.rowCount()
        nothing = not shown and not self._scanning
        self._stack.setCurrentWidget(self._nothing if nothing and not total else self._grid)
        for part in (self.none_fits, self.all_again):
            part.setVisible(self.filtered_out)
        self.again.setVisible(self.model.stale)
        query = self.model.query
        self.only.setVisible(query is not None and query.alone is not None)
        words = self.tr("{total} {total:image|images}").format(total=number(total))
        if shown != total:
            words = self.tr("{shown} of {total} {total:image|images}").format(
                shown=number(shown), total=number(total)
            )
        self.count.setText(words)
        self._arrange()
