"""Rail: the buttons of the workspaces on the left, with help at the foot."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.theme import Theme


class Rail(QWidget):
    """One button per workspace, added in order."""

    chosen = Signal(str)
    """The key of a workspace."""
    help_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icons: list[tuple[QToolButton, str]] = []
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._group = QButtonGroup(self)
        self._keys: list[str] = []
        self._group.idClicked.connect(lambda number: self.chosen.emit(self._keys[number]))
        self._rows = QVBoxLayout(self)
        small = theme.space("small")
        self._rows.setContentsMargins(small, small, small, small)
        self._rows.setSpacing(small)
        self._rows.addStretch()
        self.help = self._button("circle-question-mark", self.tr("Keys"))
        self.help.setToolTip(self.tr("All keys (?)"))
        self.help.clicked.connect(self.help_requested)
        self._rows.addWidget(self.help)
        theme.changed.connect(self._restyle)

    def add(self, key: str, icon: str, name: str) -> None:
        """Add a workspace's button below the others."""
        button = self._button(icon, name)
        button.setCheckable(True)
        number = len(self._keys)
        self._keys.append(key)
        self._group.addButton(button, number)
        self._rows.insertWidget(number, button)
        button.setChecked(number == 0)

    def set_current(self, key: str) -> None:
        """Mark the current workspace."""
        self._group.button(self._keys.index(key)).setChecked(True)

    def button(self, key: str) -> QAbstractButton:
        """Return a workspace's button."""
        return self._group.button(self._keys.index(key))

    def _button(self, icon: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setText(name)
        button.setProperty("role", "rail")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        edge = self._theme.space("wide")
        button.setIconSize(QSize(edge, edge))
        font = self._theme.font("small")
        button.setFont(font)
        # Wide enough for its word in any language, and all of equal width.
        text_width = QFontMetrics(font).horizontalAdvance(name) + 2 * self._theme.space("small")
        button.setMinimumWidth(max(round(2.3 * edge), text_width))
        button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._icons.append((button, icon))
        button.setIcon(self._theme.icon(icon))
        return button

    def _restyle(self) -> None:
        for button, icon in self._icons:
            button.setIcon(self._theme.icon(icon))
