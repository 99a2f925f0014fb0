"""A training that runs: how far, how fast, its curves, and what it says of some images by now."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.desk import Desk
from gui.train.retraining import Retraining
from gui.train.samples import Samples
from gui.words import decimal, duration, number, percent, say

if TYPE_CHECKING:
    from gui.train.curves import Curve


_CURVES = ("loss", "accuracy")


class RunningPage(QScrollArea):
    """Live figures, and the buttons pause, keep the best, and cancel."""

    pause_asked = Signal()
    best_asked = Signal()
    cancel_asked = Signal()

    def __init__(self, desk: Desk, retraining: Retraining) -> None:
        super().__init__()
        self._desk, self._retraining = desk, retraining
        theme = desk.theme
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.title = QLabel()
        self.title.setFont(theme.font("title", strong=True))
        self.said = QLabel(wordWrap=True)
        self.remark = QLabel(wordWrap=True)
        self.remark.setProperty("role", "warning")
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName(self.tr("How far the training is"))
        self.pause = QPushButton(self.tr("Pause"))
        self.best = QPushButton(self.tr("Keep the best so far"))
        self.stop = QPushButton(self.tr("Cancel"))
        self.samples = Samples(desk)
        self._curves: list[Curve] = []
        self._compose()
        self.pause.clicked.connect(self.pause_asked)
        self.best.clicked.connect(self.best_asked)
        self.stop.clicked.connect(self.cancel_asked)

    def refresh(self) -> None:
        """Show what the training said last."""
        training = self._retraining
        if training.asked is None or training.task is None:
            return
        self._draw()
        paused = training.task.paused
        self.title.setText(self.tr("Training: {name}").format(name=training.asked.out.name))
        self.pause.setText(self.tr("Go on") if paused else self.tr("Pause"))
        self.best.setEnabled(bool(training.history))
        self.said.setText(self.tr("Paused.") if paused else self._figures())
        self.remark.setText(training.remark)
        self.remark.setVisible(bool(training.remark))
        self.samples.show_samples(training.samples)
        progress = training.progress
        self.bar.setRange(0, (progress.total or 0) if progress else 0)
        if progress is not None and progress.total:
            self.bar.setValue(progress.done)

    def _figures(self) -> str:
        progress = self._retraining.progress
        if progress is None or progress.message is None:
            return self.tr("Beginning…")
        said = progress.message.params
        if "epoch" not in said:
            return say(progress.message)
        words = self.tr(
            "Epoch {epoch} of {epochs} · loss {loss} · accuracy {accuracy} · "
            "learning rate {rate} · {speed} {speed:image|images} a second · {left} left"
        )
        return words.format(
            epoch=said["epoch"],
            epochs=self._retraining.epochs,
            loss=decimal(float(said["loss"]), 3),
            accuracy=percent(float(said["accuracy"])),
            rate=f"{float(said.get('rate', 0)):.1e}",
            speed=number(round(float(said["speed"]))),
            left=duration(float(said.get("left", 0))),
        )

    def prepare(self) -> None:
        """Make the curves before a training wants them, one in each turn of the event loop."""
        if self._make_curve():
            QTimer.singleShot(0, self, self.prepare)

    def _make_curve(self) -> bool:
        made = len(self._curves)
        if made == len(_CURVES):
            return False
        from gui.train.curves import Curve

        name = (self.tr("Loss"), self.tr("Accuracy"))[made]
        curve = Curve(self._desk.theme, name, self.tr("Epoch"), shares=_CURVES[made] == "accuracy")
        self._curves.append(curve)
        self._plots.addWidget(curve)
        return True

    def _draw(self) -> None:
        while self._make_curve():
            pass
        history = self._retraining.history
        places = [one["epoch"] for one in history]
        for curve, name in zip(self._curves, _CURVES, strict=True):
            curve.show_values(
                places, [one[f"val_{name}"] for one in history], [one[name] for one in history]
            )

    def _compose(self) -> None:
        theme = self._desk.theme
        large, small = theme.space("large"), theme.space("small")
        inside = QWidget(objectName="scrolled")
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(large, large, large, large)
        rows.setSpacing(small)
        buttons = QHBoxLayout()
        for button in (self.pause, self.best, self.stop):
            buttons.addWidget(button)
        buttons.addStretch()
        self._plots = QHBoxLayout()
        self._plots.setSpacing(large)
        key = QLabel(self.tr("Solid: held-out images. Dashed: the images learned from."))
        head = QLabel(self.tr("What it says of some held-out images"))
        for label in (key, head):
            label.setProperty("role", "muted")
        for widget in (self.title, self.said, self.remark, self.bar):
            rows.addWidget(widget)
        rows.addLayout(buttons)
        rows.addSpacing(small)
        rows.addLayout(self._plots)
        rows.addWidget(key)
        rows.addSpacing(small)
        rows.addWidget(head)
        rows.addWidget(self.samples)
        rows.addStretch()
        self.setWidget(inside)
