"""What the images have in common that are shown alone, and the way back to all."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from gui.theme import Theme


class OnlyChip(QWidget):
    """Words that give way where there is little room, and a button that shows all images again."""

    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._words = ""
        self.setObjectName("chip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.label = QLabel()
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.button = QToolButton()
        self.button.setAccessibleName(self.tr("Show all images"))
        self.button.setToolTip(self.button.accessibleName())
        self.button.setProperty("role", "tool")
        self.button.clicked.connect(self.left)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space("small"), 0, 0, 0)
        row.setSpacing(theme.space("tight"))
        row.addWidget(self.label, 1)
        row.addWidget(self.button)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_words(self, words: str) -> None:
        """Say what the images have in common."""
        self._words = words
        self.label.setToolTip(words)
        self.label.setAccessibleName(words)
        # Words enough to be understood, however little room there is.
        room = self.label.fontMetrics().horizontalAdvance(words) + self._theme.space("small")
        least = min(room, 5 * self._theme.space("wide"))
        self.setMinimumWidth(least + self.button.sizeHint().width() + self._theme.space("large"))
        self.updateGeometry()
        self._elide()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        wide = self.label.fontMetrics().horizontalAdvance(self._words) + self._theme.space("small")
        hint.setWidth(min(hint.width() + wide, 16 * self._theme.space("wide")))
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
            self.label.fontMetrics().elidedText(self._words, middle, self.label.width())
        )

    def _restyle(self) -> None:
        self.button.setIcon(self._theme.icon("x"))
        self.button.setIconSize(self._theme.icon_size())
