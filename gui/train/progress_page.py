"""Progress page: progress, speed, curves and sample predictions of the running training."""

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

from gui.train.retraining_controller import RetrainingController
from gui.train.sample_predictions import SamplePredictions
from gui.words import decimal, duration, number, percent, to_sentence
from gui.workspace.context import WorkspaceContext

if TYPE_CHECKING:
    from gui.train.curve_plot import CurvePlot


_CURVES = ("loss", "accuracy")


class ProgressPage(QScrollArea):
    """Live figures, and buttons to pause, finish with the best weights, and cancel."""

    pause_requested = Signal()
    finish_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, context: WorkspaceContext, retraining: RetrainingController) -> None:
        super().__init__()
        self._context, self._retraining = context, retraining
        theme = context.theme
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.title = QLabel()
        self.title.setFont(theme.font("title", strong=True))
        self.status = QLabel(wordWrap=True)
        self.notice = QLabel(wordWrap=True)
        self.notice.setProperty("role", "warning")
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName(self.tr("Training progress"))
        self.pause = QPushButton(self.tr("Pause"))
        self.finish = QPushButton(self.tr("Keep the best so far"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.samples = SamplePredictions(context)
        self._curves: list[CurvePlot] = []
        self._compose()
        self.pause.clicked.connect(self.pause_requested)
        self.finish.clicked.connect(self.finish_requested)
        self.cancel.clicked.connect(self.cancel_requested)

    def refresh(self) -> None:
        """Show the latest progress of the training."""
        training = self._retraining
        if training.request is None or training.task is None:
            return
        self._draw_curves()
        paused = training.task.paused
        self.title.setText(self.tr("Training: {name}").format(name=training.request.out.name))
        self.pause.setText(self.tr("Continue") if paused else self.tr("Pause"))
        self.finish.setEnabled(bool(training.history))
        self.status.setText(self.tr("Paused.") if paused else self._status_text())
        self.notice.setText(training.notice)
        self.notice.setVisible(bool(training.notice))
        self.samples.show_samples(training.samples)
        progress = training.progress
        self.bar.setRange(0, (progress.total or 0) if progress else 0)
        if progress is not None and progress.total:
            self.bar.setValue(progress.done)

    def _status_text(self) -> str:
        progress = self._retraining.progress
        if progress is None or progress.message is None:
            return self.tr("Starting…")
        params = progress.message.params
        if "epoch" not in params:
            return to_sentence(progress.message)
        template = self.tr(
            "Epoch {epoch} of {epochs} · loss {loss} · accuracy {accuracy} · learning rate "
            "{rate} · {speed} {speed:image|images} per second · {left} left"
        )
        return template.format(
            epoch=params["epoch"],
            epochs=self._retraining.epochs,
            loss=decimal(float(params["loss"]), 3),
            accuracy=percent(float(params["accuracy"])),
            rate=f"{float(params.get('rate', 0)):.1e}",
            speed=number(round(float(params["speed"]))),
            left=duration(float(params.get("left", 0))),
        )

    def prepare(self) -> None:
        """Create the plots in advance, one in each turn of the event loop."""
        if self._add_curve():
            QTimer.singleShot(0, self, self.prepare)

    def _add_curve(self) -> bool:
        index = len(self._curves)
        if index == len(_CURVES):
            return False
        from gui.train.curve_plot import CurvePlot

        name = (self.tr("Loss"), self.tr("Accuracy"))[index]
        curve = CurvePlot(
            self._context.theme, name, self.tr("Epoch"), shares=_CURVES[index] == "accuracy"
        )
        self._curves.append(curve)
        self._plots.addWidget(curve)
        return True

    def _draw_curves(self) -> None:
        while self._add_curve():
            pass
        history = self._retraining.history
        epochs = [epoch["epoch"] for epoch in history]
        for curve, name in zip(self._curves, _CURVES, strict=True):
            curve.show_values(
                epochs,
                [epoch[f"val_{name}"] for epoch in history],
                [epoch[name] for epoch in history],
            )

    def _compose(self) -> None:
        theme = self._context.theme
        large, small = theme.space("large"), theme.space("small")
        content = QWidget()
        content.setObjectName("scrolled")
        rows = QVBoxLayout(content)
        rows.setContentsMargins(large, large, large, large)
        rows.setSpacing(small)
        buttons = QHBoxLayout()
        for button in (self.pause, self.finish, self.cancel):
            buttons.addWidget(button)
        buttons.addStretch()
        self._plots = QHBoxLayout()
        self._plots.setSpacing(large)
        legend = QLabel(self.tr("Solid: validation images. Dashed: training images."))
        heading = QLabel(self.tr("Predictions for some validation images"))
        for label in (legend, heading):
            label.setProperty("role", "muted")
        for widget in (self.title, self.status, self.notice, self.bar):
            rows.addWidget(widget)
        rows.addLayout(buttons)
        rows.addSpacing(small)
        rows.addLayout(self._plots)
        rows.addWidget(legend)
        rows.addSpacing(small)
        rows.addWidget(heading)
        rows.addWidget(self.samples)
        rows.addStretch()
        self.setWidget(content)
