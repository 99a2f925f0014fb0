"""A training that was begun and not finished: it goes on, ends with its best weights, or is deleted."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.theme import Theme
from gui.train.recipes import Asked


class Unfinished(QWidget):
    """What was left, in a sentence, and its buttons; to delete it is asked once more in place."""

    resumed = Signal(object)
    """An `Asked` that shall go on."""
    finished = Signal(object)
    discarded = Signal(object)
    """An `Asked` that a person has twice said to delete."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._left: Asked | None = None
        self.said = QLabel(wordWrap=True)
        self.resume = QPushButton(self.tr("Go on"))
        self.finish = QPushButton(self.tr("Keep the best so far"))
        self.discard = QPushButton(self.tr("Discard…"))
        self.go = QPushButton(self.tr("Discard"))
        self.no = QPushButton(self.tr("Cancel"))
        self._offers = (self.resume, self.finish, self.discard)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.space("small"))
        for button in (*self._offers, self.go, self.no):
            buttons.addWidget(button)
        buttons.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.space("small"))
        rows.addWidget(self.said)
        rows.addLayout(buttons)
        self.resume.clicked.connect(lambda: self.resumed.emit(self._left))
        self.finish.clicked.connect(lambda: self.finished.emit(self._left))
        self.discard.clicked.connect(self._ask)
        self.go.clicked.connect(self._do)
        self.no.clicked.connect(self._rest)
        self.show_left(None)

    def show_left(self, left: Asked | None) -> None:
        """Offer this training, none if there is none; a question about the same one stays."""
        if left is None or left != self._left:
            self._left = left
            self._show(asking=False)
        self.setVisible(left is not None)

    def set_ready(self, *, ready: bool) -> None:
        """Say whether a training can begin."""
        for button in (self.resume, self.finish):
            button.setEnabled(ready)

    def _ask(self) -> None:
        self._show(asking=True)
        # Not on the button that deletes: a second press of Return must not be the answer.
        self.no.setFocus()

    def _rest(self) -> None:
        self._show(asking=False)
        self.discard.setFocus()

    def _do(self) -> None:
        left = self._left
        self.show_left(None)
        self.discarded.emit(left)

    def _show(self, *, asking: bool) -> None:
        words = (
            self.tr("Deletes all that the training “{name}” has learned. This cannot be undone.")
            if asking
            else self.tr("The training “{name}” was begun and not finished.")
        )
        self.said.setText(words.format(name=self._left.out.name if self._left else ""))
        for button in self._offers:
            button.setVisible(not asking)
        for button in (self.go, self.no):
            button.setVisible(asking)
