"""What the pages of the report have in common: a column of parts that scrolls."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QScrollArea, QVBoxLayout, QWidget

from gui.theme import Theme

_WIDEST = 40


class ReportPage(QScrollArea):
    """A page: parts one below the other, no wider than can be read."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._inside = QWidget(objectName="scrolled")
        self._inside.setMaximumWidth(_WIDEST * theme.space("wide"))
        self._rows = QVBoxLayout(self._inside)
        large = theme.space("large")
        self._rows.setContentsMargins(large, large, large, large)
        self._rows.setSpacing(theme.space("small"))
        self.setWidget(self._inside)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft)

    def add(self, *parts: QWidget | QLayout, apart: bool = False) -> None:
        """Put parts below; `apart` from what is above them."""
        if apart:
            self._rows.addSpacing(self._theme.space("large"))
        for part in parts:
            if isinstance(part, QWidget):
                self._rows.addWidget(part)
            else:
                self._rows.addLayout(part)

    def minimumSizeHint(self) -> QSize:
        # As wide as its parts have to be: a page scrolls down, never sideways.
        wide = self._inside.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(wide, super().minimumSizeHint().height())

    def end(self) -> None:
        """Leave the rest of the page empty."""
        self._rows.addStretch()

    def heading(self, text: str, size: str = "body") -> QLabel:
        """Return a heading."""
        label = QLabel(text)
        label.setFont(self._theme.font(size, strong=True))
        return label

    def said(self, role: str = "muted") -> QLabel:
        """Return a label for a sentence."""
        label = QLabel(wordWrap=True)
        label.setProperty("role", role)
        return label
