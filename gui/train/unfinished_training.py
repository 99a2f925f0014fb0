"""Unfinished training: resume it, finish it with its best weights, or discard it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.theme import Theme
from gui.train.training_request import TrainingRequest


class UnfinishedTraining(QWidget):
    """The name of the training and its buttons; discarding asks for confirmation in place."""

    resumed = Signal(object)
    """A `TrainingRequest` to resume."""
    finished = Signal(object)
    discarded = Signal(object)
    """A `TrainingRequest` whose deletion was confirmed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._request: TrainingRequest | None = None
        self.status = QLabel(wordWrap=True)
        self.resume = QPushButton(self.tr("Continue"))
        self.finish = QPushButton(self.tr("Keep the best so far"))
        self.discard = QPushButton(self.tr("Discard…"))
        self.confirm = QPushButton(self.tr("Discard"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self._offers = (self.resume, self.finish, self.discard)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.space("small"))
        for button in (*self._offers, self.confirm, self.cancel):
            buttons.addWidget(button)
        buttons.addStretch()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.space("small"))
        rows.addWidget(self.status)
        rows.addLayout(buttons)
        self.resume.clicked.connect(lambda: self.resumed.emit(self._request))
        self.finish.clicked.connect(lambda: self.finished.emit(self._request))
        self.discard.clicked.connect(self._ask_to_discard)
        self.confirm.clicked.connect(self._discard)
        self.cancel.clicked.connect(self._keep)
        self.show_request(None)

    def show_request(self, request: TrainingRequest | None) -> None:
        """Offer a training, None to hide; an open question about the same training stays."""
        if request is None or request != self._request:
            self._request = request
            self._update_buttons(asking=False)
        self.setVisible(request is not None)

    def set_ready(self, *, ready: bool) -> None:
        """Set whether a training can start."""
        for button in (self.resume, self.finish):
            button.setEnabled(ready)

    def _ask_to_discard(self) -> None:
        self._update_buttons(asking=True)
        # Not on the confirming button: a second press of Return must not delete.
        self.cancel.setFocus()

    def _keep(self) -> None:
        self._update_buttons(asking=False)
        self.discard.setFocus()

    def _discard(self) -> None:
        request = self._request
        self.show_request(None)
        self.discarded.emit(request)

    def _update_buttons(self, *, asking: bool) -> None:
        template = (
            self.tr(
                "Deletes everything that the training “{name}” has learned. This cannot be undone."
            )
            if asking
            else self.tr("The training “{name}” is unfinished.")
        )
        self.status.setText(template.format(name=self._request.out.name if self._request else ""))
        for button in self._offers:
            button.setVisible(not asking)
        for button in (self.confirm, self.cancel):
            button.setVisible(asking)
