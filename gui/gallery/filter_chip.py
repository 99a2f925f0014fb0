"""Filter chip: describes the current restriction to some images, with a button that clears it."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from gui.theme import Theme


class FilterChip(QWidget):
    """Elided text and a button that shows all images again."""

    cleared = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._text = ""
        self.setObjectName("chip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.label = QLabel()
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.button = QToolButton()
        self.button.setAccessibleName(self.tr("Show all images"))
        self.button.setToolTip(self.button.accessibleName())
        self.button.setProperty("role", "tool")
        self.button.clicked.connect(self.cleared)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space("small"), 0, 0, 0)
        row.setSpacing(theme.space("tight"))
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_text(self, text: str) -> None:
        """Set the text that says what the images have in common."""
        self._text = text
        self.label.setToolTip(text)
        self.label.setAccessibleName(text)
        # A minimum width keeps the text understandable where space is scarce.
        text_width = self.label.fontMetrics().horizontalAdvance(text) + self._theme.space("small")
        minimum = min(text_width, 5 * self._theme.space("wide"))
        self.setMinimumWidth(minimum + self.button.sizeHint().width() + self._theme.space("large"))
        self.updateGeometry()
        self._elide()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        text_width = self.label.fontMetrics().horizontalAdvance(self._text) + self._theme.space(
            "small"
        )
        hint.setWidth(min(hint.width() + text_width, 16 * self._theme.space("wide")))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._elide()

    def _elide(self) -> None:
        middle = Qt.TextElideMode.ElideMiddle
        self.label.setText(
            self.label.fontMetrics().elidedText(self._text, middle, self.label.width())
        )

    def _restyle(self) -> None:
        self.button.setIcon(self._theme.icon("x"))
        self.button.setIconSize(self._theme.icon_size())
