"""Report page: base of the pages of the report, a scrolling column of widgets."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QScrollArea, QVBoxLayout, QWidget

from gui.theme import Theme

_MAX_WIDTH = 40


class ReportPage(QScrollArea):
    """Scrolling column of widgets and layouts with a readable maximum width."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._content = QWidget()
        self._content.setObjectName("scrolled")
        self._content.setMaximumWidth(_MAX_WIDTH * theme.space("wide"))
        self._rows = QVBoxLayout(self._content)
        large = theme.space("large")
        self._rows.setContentsMargins(large, large, large, large)
        self._rows.setSpacing(theme.space("small"))
        self.setWidget(self._content)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft)

    def refresh(self) -> None:
        """Show the current report; called while the page is shown."""
        raise NotImplementedError

    def add(self, *items: QWidget | QLayout, gap_before: bool = False) -> None:
        """Add widgets or layouts at the bottom; `gap_before` adds space above them."""
        if gap_before:
            self._rows.addSpacing(self._theme.space("large"))
        for item in items:
            if isinstance(item, QWidget):
                self._rows.addWidget(item)
            else:
                self._rows.addLayout(item)

    def minimumSizeHint(self) -> QSize:
        # As wide as its parts need: a page scrolls vertically only.
        width = (
            self._content.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        )
        return QSize(width, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        # The minimum width is that of the content, whose changes Qt passes on to the scroll bars only.
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return handled

    def add_stretch(self) -> None:
        """Fill the rest of the page with empty space."""
        self._rows.addStretch()

    def heading(self, text: str, size: str = "body") -> QLabel:
        """Return a heading label."""
        label = QLabel(text)
        label.setFont(self._theme.font(size, strong=True))
        return label

    def text_label(self, role: str = "muted") -> QLabel:
        """Return a word-wrapped label."""
        label = QLabel(wordWrap=True)
        label.setProperty("role", role)
        return label
