"""Collapsible section of the inspector; its state is remembered."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gui.settings import load_setting, save_setting
from gui.theme import Theme

_SETTING_KEY = "folded"


class CollapsibleSection(QWidget):
    """Title button and a body that it collapses."""

    def __init__(self, key: str, title: str, body: QWidget, theme: Theme) -> None:
        super().__init__()
        self._key = key
        self._theme = theme
        self.body = body
        self.head = QToolButton()
        self.head.setText(title)
        self.head.setCheckable(True)
        self.head.setProperty("role", "section")
        self.head.setFont(theme.font(strong=True))
        self.head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.head.setIconSize(theme.icon_size())
        self.head.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.head.setChecked(key not in _collapsed_keys())
        self.head.toggled.connect(self._store_state)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.space("tight"))
        rows.addWidget(self.head)
        rows.addWidget(body)
        theme.changed.connect(self._update)
        self._update()

    @property
    def is_expanded(self) -> bool:
        """True if the body is shown."""
        return self.head.isChecked()

    def expand(self) -> None:
        """Show the body."""
        self.head.setChecked(True)

    def _store_state(self) -> None:
        folded = _collapsed_keys() - {self._key}
        save_setting(_SETTING_KEY, sorted(folded if self.is_expanded else folded | {self._key}))
        self._update()

    def _update(self) -> None:
        self.body.setVisible(self.is_expanded)
        self.head.setIcon(
            self._theme.icon("chevron-down" if self.is_expanded else "chevron-right", "muted")
        )


def _collapsed_keys() -> set[str]:
    stored = load_setting(_SETTING_KEY)
    return {key for key in stored if isinstance(key, str)} if isinstance(stored, list) else set()
