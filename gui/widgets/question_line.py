"""Question line: base of the lines beside the workspace that ask something without blocking the window."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.theme import Theme


class QuestionLine(QWidget):
    """A sentence and two buttons; anything but the button that agrees means no."""

    done = Signal()
    """The workspace may take the keyboard focus again."""

    def __init__(self, theme: Theme, no: str, yes: str) -> None:
        super().__init__()
        self.setObjectName("question")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.label = QLabel(wordWrap=True)
        self.no = QPushButton(no)
        self.yes = QPushButton(yes)
        small, large = theme.space("small"), theme.space("large")
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(large, small, large, small)
        self.rows.setSpacing(small)
        self.line = QHBoxLayout()
        self.line.setSpacing(small)
        self.line.addWidget(self.label, 1)
        self.line.addWidget(self.no)
        self.line.addWidget(self.yes)
        self.rows.addLayout(self.line)
        self.no.clicked.connect(self.refuse)
        self.yes.clicked.connect(self.agree)
        # Not on the button that agrees: a stray Return must not answer yes.
        self.setFocusProxy(self.no)
        self.hide()

    @property
    def has_keyboard(self) -> bool:
        """True if a part of it has the keyboard focus."""
        focused = self.window().focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def put_away(self) -> None:
        """Close the question; nothing is done."""
        self.hide()

    def refuse(self) -> None:
        """Answer no and return the focus to the workspace."""
        self.put_away()
        self.done.emit()

    def agree(self) -> None:
        """Answer yes; subclasses do what was asked."""
        self.put_away()
