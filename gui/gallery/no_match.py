"""Message over a grid in which no image is shown: why, and buttons that show some."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from gui.gallery.model import GalleryModel
from gui.theme import Theme
from gui.widgets.centred_text import centred_row
from gui.words import number


class NoMatchMessage(QVBoxLayout):
    """A sentence with buttons, over the grid, so that the search keeps the keyboard."""

    shown = Signal()
    """Images are shown again, by a button."""

    def __init__(self, model: GalleryModel, page: QWidget, theme: Theme) -> None:
        super().__init__(page)
        self._model = model
        self._removed = 0
        self.label = QLabel()
        self.show_all = QPushButton(self.tr("Show all images"))
        self.show_removed = QPushButton(self.tr("Show the removed images"))
        self.show_removed.clicked.connect(self._show_removed)
        self.setSpacing(theme.space("large"))
        self.addStretch()
        self.addLayout(centred_row(self.label, theme))
        for button in (self.show_removed, self.show_all):
            self.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        for part in (self.label, self.show_removed, self.show_all):
            part.hide()
        self.addStretch()
        model.counted.connect(self._count)

    def refresh(self, *, is_filtered_out: bool) -> None:
        """Show why no image is shown, if none is."""
        query = self._model.query
        is_filtered = query is not None and query.is_filtered
        removed = self._removed if is_filtered_out else 0
        self.label.setVisible(is_filtered_out)
        self.show_removed.setVisible(removed > 0)
        self.show_all.setVisible(is_filtered_out and is_filtered)
        if not removed:
            self.label.setText(self.tr("No image matches the search and filters."))
        elif is_filtered:
            text = self.tr(
                "{n} {n:image that matches is|images that match are} removed; no other matches the "
                "search and filters."
            )
            self.label.setText(text.format(n=number(removed)))
        else:
            text = self.tr(
                "No image is left: {n} {n:image is|images are} removed. The filter “Removed” shows "
                "{n:it|them}, and undo takes a removal back."
            )
            self.label.setText(text.format(n=number(removed)))

    def _count(self, counts: dict[str, dict[str, int]]) -> None:
        from gui.gallery.query import REMOVED, REVIEW

        query = self._model.query
        # With a filter by review it is the filter that leaves the removed ones out.
        chosen = {group for group, _ in query.facets} if query is not None else set()
        self._removed = 0 if REVIEW in chosen else counts.get(REVIEW, {}).get(REMOVED, 0)

    def _show_removed(self) -> None:
        from gui.gallery.query import REMOVED, REVIEW

        query = self._model.query
        if query is not None:
            self._model.set_query(replace(query, facets=query.facets | {(REVIEW, REMOVED)}))
            self.shown.emit()
