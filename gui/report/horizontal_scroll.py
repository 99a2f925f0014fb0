"""Horizontal scroll area: for a widget that can be wider than its page."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget


class HorizontalScrollArea(QScrollArea):
    """Scroll area with the full height of its widget that scrolls horizontally only."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setWidget(widget)
        self._widget = widget
        # Transparent, like the rest of the page.
        widget.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.horizontalScrollBar().rangeChanged.connect(self.updateGeometry)

    def reveal(self, box: QRect) -> None:
        """Scroll to a rectangle of the widget, here and in all surrounding scroll areas."""
        widget, area = self._widget, QWidget.parentWidget(self)
        self._ensure_visible(self, widget, box)
        while area is not None:
            if isinstance(area, QScrollArea) and (content := area.widget()):
                self._ensure_visible(
                    area, content, QRect(widget.mapTo(content, box.topLeft()), box.size())
                )
            area = area.parentWidget()

    def sizeHint(self) -> QSize:
        widget, bar = self._widget, self.horizontalScrollBar()
        size = widget.sizeHint().expandedTo(widget.minimumSize()).boundedTo(widget.maximumSize())
        bar_height = bar.sizeHint().height() if bar.maximum() > bar.minimum() else 0
        return QSize(size.width(), size.height() + bar_height)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        # Size changes of the widget arrive as layout requests, but not while the page is hidden.
        handled = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self.updateGeometry()
        return handled

    @staticmethod
    def _ensure_visible(area: QScrollArea, content: QWidget, box: QRect) -> None:
        if not content.rect().isEmpty():
            centre = box.center()
            area.ensureVisible(centre.x(), centre.y(), box.width() // 2 + 1, box.height() // 2 + 1)
