"""Opening question: asks before opening a folder stops a running training."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from gui.theme import Theme


class OpeningQuestion(QWidget):
    """A line above the workspace; anything but the button that opens means no."""

    done = Signal()
    """The workspace may take the keyboard focus again."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._open: Callable[[], object] | None = None
        self.setObjectName("question")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.label = QLabel(wordWrap=True)
        self.stay = QPushButton(self.tr("Continue training"))
        self.stop = QPushButton(self.tr("Stop and open"))
        row = QHBoxLayout(self)
        small, large = theme.space("small"), theme.space("large")
        row.setContentsMargins(large, small, large, small)
        row.setSpacing(small)
        row.addWidget(self.label, 1)
        row.addWidget(self.stay)
        row.addWidget(self.stop)
        self.stay.clicked.connect(self.refuse)
        self.stop.clicked.connect(self._accept)
        self.hide()

    def ask(self, warning: str, open_source: Callable[[], object]) -> None:
        """Show the warning; `open_source` is called if the person accepts it."""
        self._open = open_source
        self.label.setText(warning)
        self.show()
        # Not on the button that stops the training: a stray Return must not interrupt it.
        self.stay.setFocus()

    def put_away(self) -> None:
        """Close the question without opening anything."""
        self._open = None
        self.hide()

    def refuse(self) -> None:
        """Answer no and return the focus to the workspace."""
        self.put_away()
        self.done.emit()

    def _accept(self) -> None:
        open_source = self._open
        self.put_away()
        if open_source is not None:
            open_source()
