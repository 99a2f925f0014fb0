"""A part of the inspector that folds away under its title, and stays so."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gui.settings import keep, recall
from gui.theme import Theme

_KEPT = "folded"


class Section(QWidget):
    """A title to click or press, and what is under it."""

    def __init__(self, key: str, title: str, body: QWidget, theme: Theme) -> None:
        super().__init__()
        self._key = key
        self._theme = theme
        self.body = body
        self.head = QToolButton(text=title, checkable=True)
        self.head.setProperty("role", "section")
        self.head.setFont(theme.font(strong=True))
        self.head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.head.setIconSize(theme.icon_size())
        self.head.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.head.setChecked(key not in _folded())
        self.head.toggled.connect(self._fold)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.space("tight"))
        rows.addWidget(self.head)
        rows.addWidget(body)
        theme.changed.connect(self._show)
        self._show()

    @property
    def unfolded(self) -> bool:
        """Whether what is under the title is shown."""
        return self.head.isChecked()

    def unfold(self) -> None:
        """Show what is under the title."""
        self.head.setChecked(True)

    def _fold(self) -> None:
        folded = _folded() - {self._key}
        keep(_KEPT, sorted(folded if self.unfolded else folded | {self._key}))
        self._show()

    def _show(self) -> None:
        self.body.setVisible(self.unfolded)
        self.head.setIcon(
            self._theme.icon("chevron-down" if self.unfolded else "chevron-right", "muted")
        )


def _folded() -> set[str]:
    kept = recall(_KEPT)
    return {one for one in kept if isinstance(one, str)} if isinstance(kept, list) else set()
