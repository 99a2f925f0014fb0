"""Training monitor: progress, checkpoints, pause, cancel and divergence checks during a fit."""

import math
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
import numpy.typing as npt

from engine.child.channel import Channel
from engine.classify.calibration import softmax
from engine.messages import Problem
from engine.train.child import checkpoint, weights
from engine.train.child.batches import Batches
from engine.train.child.checkpoint import TrainingState
from engine.train.recipe import Recipe

_REPORT_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class MonitoredImages:
    """A few validation images (n, s, s, 3) whose predictions are shown after each epoch."""

    images: npt.NDArray[np.float32]
    labels: list[int]
    paths: list[str]
    names: list[str]

    def predict(self, model: keras.Model) -> list[dict[str, str | float]]:
        """Return path, label, predicted class and confidence of each image."""
        logits = np.asarray(model.predict_on_batch(self.images), np.float32)
        probabilities = softmax(logits)
        return [
            {
                "path": path,
                "label": self.names[label],
                "predicted": self.names[int(row.argmax())],
                "confidence": float(row.max()),
            }
            for path, label, row in zip(self.paths, self.labels, probabilities, strict=True)
        ]


class TrainingMonitor(keras.callbacks.Callback):  # type: ignore[misc]  # Keras has no types
    """Reports progress to the parent, starts the epochs of the batches, saves weights and checkpoints.

    Raises, out of `fit`, `Cancelled` after a cancel and `Problem` (`train.not_a_number`) for a loss that is
    not finite.
    """

    def __init__(
        self,
        channel: Channel,
        recipe: Recipe,
        training: Batches,
        state: TrainingState,
        out: Path,
        monitored: MonitoredImages,
    ) -> None:
        super().__init__()
        self._channel = channel
        self._steps = training.num_batches
        self._total = self._steps * recipe.epochs
        self._monitored = monitored
        self._keep = recipe.keep
        self._training = training
        self._state = state
        self._out = out
        self._done = self._steps * len(state.history)
        self._reported_at = self._requested_at = self._epoch_started_at = self._seconds_waited = 0.0

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        self._epoch_started_at, self._seconds_waited = time.monotonic(), 0.0
        # Before Keras starts to fetch batches.
        self._training.begin_epoch(len(self._state.history))

    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
        self._channel.wait_while_paused()
        self._channel.check()
        self._requested_at = time.monotonic()

    def on_test_batch_begin(self, batch: int, logs: Any = None) -> None:
        self._channel.check()

    def on_train_batch_end(self, batch: int, logs: dict[str, float]) -> None:
        self._done += 1
        # No waiting if the batch was ready before it was requested.
        self._seconds_waited += max(
            0.0, self._training.ready_at.get(batch, 0.0) - self._requested_at
        )
        now = time.monotonic()
        if now - self._reported_at < _REPORT_SECONDS:
            return
        self._reported_at = now
        # Reading a value synchronises with the GPU, so this is done rarely.
        self._check_finite(float(logs["loss"]))
        self._channel.progress(
            self._done,
            self._total,
            "train.progress",
            {
                "epoch": len(self._state.history) + 1,
                "loss": float(logs["loss"]),
                "accuracy": float(logs["accuracy"]),
                "left": (self._total - self._done) * (now - self._epoch_started_at) / (batch + 1),
                "speed": (batch + 1) * self._training.batch_size / (now - self._epoch_started_at),
                "rate": float(keras.ops.convert_to_numpy(self.model.optimizer.learning_rate)),
            },
        )

    def on_epoch_end(self, epoch: int, logs: dict[str, float]) -> None:
        figures = {name: float(value) for name, value in logs.items()}
        self._check_finite(figures["loss"])
        figures["seconds"] = time.monotonic() - self._epoch_started_at
        figures["waiting"] = self._seconds_waited / figures["seconds"]
        state = self._state
        state.history.append(figures)
        state.epoch = epoch + 1
        if self._keep == "last" or figures["val_loss"] <= state.best:
            weights.save_weights(self.model, self._out)
        state.best = min(state.best, figures["val_loss"])
        checkpoint.save_checkpoint(self._out.with_name("checkpoint.npz"), self.model, state)
        self._channel.partial({"epoch": len(state.history), **figures})
        if self._monitored.paths:
            self._channel.partial({"samples": self._monitored.predict(self.model)})

    def _check_finite(self, loss: float) -> None:
        if not math.isfinite(loss):
            raise Problem("train.not_a_number", epoch=len(self._state.history) + 1)
