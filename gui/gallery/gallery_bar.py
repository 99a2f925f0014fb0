"""Gallery bar: counts, search, order, grouping and tile size above the grid and the map."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QToolButton,
)

from gui.gallery.filter_chip import FilterChip
from gui.gallery.search_field import SearchField
from gui.gallery.selection_label import SelectionLabel
from gui.gallery.tile_view import DEFAULT_EDGE, MAX_EDGE, MIN_EDGE
from gui.state.session import Session
from gui.theme import Theme
from gui.widgets.click_focus import leave_keyboard_on_click
from gui.words import number

_BY_FIELD, _BY_SUGGESTION = "field", "suggestion"
"""The same as `query.BAND_FIELD` and `query.BY_SUGGESTION`, which are imported late."""


class GalleryBar(QBoxLayout):
    """One line of controls, or two where they do not fit side by side."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight)
        self._session = session
        self._theme = theme
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
            ("possible", self.tr("Doubtful first")),
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
        self._order_before = 0
        self.resort_button = QPushButton(self.tr("Sort again"))
        self.resort_button.setToolTip(
            self.tr("New results have arrived since the images were sorted")
        )
        self.filter_chip = FilterChip(theme)
        self.size_slider = QSlider(Qt.Orientation.Horizontal)
        self.size_slider.setRange(MIN_EDGE, MAX_EDGE)
        self.size_slider.setValue(DEFAULT_EDGE)
        self.size_slider.setFixedWidth(4 * theme.space("wide"))
        self.size_slider.setAccessibleName(self.tr("Size of the images (Ctrl and + or −)"))
        self.size_slider.setToolTip(self.size_slider.accessibleName())
        self.selection_label.visibility_changed.connect(
            lambda: self.count_label.setVisible(self.selection_label.isHidden())
        )
        leave_keyboard_on_click(
            self.bands_box, self.order_box, self.size_slider, self.resort_button
        )
        theme.changed.connect(self._restyle)
        self._fill()
        self._restyle()

    def fit(self, width: int) -> None:
        """Arrange the controls for a width in pixels."""
        # In a narrow panel hide the size slider first: sizes also have shortcuts.
        unit = self._theme.space("wide")
        self.size_slider.setVisible(width > 30 * unit)
        self.update_direction(width)

    def update_direction(self, width: int) -> None:
        """Use one line if the controls fit into a width in pixels, else two."""
        # The selection label replaces the count label; its maximum width is always reserved, so that
        # selecting moves nothing.
        margins = self.contentsMargins()
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
        needed_width += len(widths) * self.spacing() + margins.left() + margins.right()
        fits = width >= needed_width
        side_by_side, stacked = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self.setDirection(side_by_side if fits else stacked)

    def show_counts(self, shown: int, total: int, *, stale: bool, restricted: bool) -> None:
        """Show the numbers of images, and the parts that depend on the order and the query."""
        self.resort_button.setVisible(stale)
        self.filter_chip.setVisible(restricted)
        text = self.tr("{total} {total:image|images}").format(total=number(total))
        if shown != total:
            text = self.tr("{shown} of {total} {total:image|images}").format(
                shown=number(shown), total=number(total)
            )
        self.count_label.setText(text)

    def refresh_groupings(self) -> bool:
        """Offer grouping by field for fields only; return whether the chosen grouping is gone."""
        index = self.bands_box.findData(_BY_FIELD)
        if self._session.holds_fields and index < 0:
            self.bands_box.addItem(self.tr("Group by field"), _BY_FIELD)
        elif not self._session.holds_fields and index >= 0:
            was_chosen = self.bands_box.currentIndex() == index
            self.bands_box.removeItem(index)
            if was_chosen:
                self.bands_box.setCurrentIndex(0)
                return True
        return False

    def choose_grouping_by_field(self) -> bool:
        """Choose the grouping by field; return whether it is there."""
        index = self.bands_box.findData(_BY_FIELD)
        if index >= 0:
            self.bands_box.setCurrentIndex(index)
        return index >= 0

    def choose_suggested_order(self) -> None:
        """Offer and choose the order in which the shown images were suggested."""
        self._order_before = self.order_box.currentIndex()
        self.order_box.addItem(self.tr("In the suggested order"), _BY_SUGGESTION)
        self.order_box.setCurrentIndex(self.order_box.count() - 1)

    def forget_suggested_order(self) -> None:
        """Offer the suggested order no longer; where it was chosen, go back to the one before."""
        index = self.order_box.findData(_BY_SUGGESTION)
        if index >= 0:
            if self.order_box.currentIndex() == index:
                self.order_box.setCurrentIndex(self._order_before)
            self.order_box.removeItem(index)

    def set_enabled_for_grid(self, enabled: bool) -> None:
        """Enable the controls that arrange the grid."""
        for widget in (self.bands_box, self.order_box, self.size_slider):
            widget.setEnabled(enabled)

    def _option_box(self, name: str, *options: tuple[str, str]) -> QComboBox:
        box = QComboBox()
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.setAccessibleName(name)
        box.setToolTip(name)
        for key, label in options:
            box.addItem(label, key)
        # In a narrow window its text is elided.
        box.setMinimumWidth(6 * self._theme.space("wide"))
        return box

    def _fill(self) -> None:
        small, large = self._theme.space("small"), self._theme.space("large")
        self.setContentsMargins(large, small, large, small)
        self.setSpacing(small)
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
            self.addLayout(line, stretch)

    def _restyle(self) -> None:
        self.map_toggle.setIcon(self._theme.icon("chart-scatter"))
