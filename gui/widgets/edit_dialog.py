"""Edit dialog: a hint, a scrolled form, and buttons at its foot."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.theme import Theme


class EditDialog(QDialog):
    """Dialog whose form is saved or cancelled as a whole; no button is pressed by Return elsewhere.

    A subclass sets the widget of `form`, connects `save` and calls `compose`.
    """

    def __init__(self, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.save = QPushButton(self.tr("Save"))
        self.save.setProperty("role", "primary")
        self.form = QScrollArea(widgetResizable=True)
        self.form.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def compose(self, title: str, hint: str, extra: QPushButton) -> None:
        """Arrange the parts, with `extra` at the left of the foot."""
        wide, small = self._theme.space("wide"), self._theme.space("small")
        self.setWindowTitle(title)
        hint_label = QLabel(hint, wordWrap=True)
        hint_label.setProperty("role", "muted")
        hint_label.setContentsMargins(wide, wide, wide, 0)
        foot = QHBoxLayout()
        foot.setContentsMargins(wide, small, wide, wide)
        foot.setSpacing(small)
        foot.addWidget(extra)
        foot.addStretch()
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        for button in (extra, self.cancel, self.save):
            button.setAutoDefault(False)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(hint_label)
        rows.addWidget(self.form, 1)
        rows.addLayout(foot)
        self.resize(34 * wide, 25 * wide)
