"""What looks on while a network is fitted: tells, keeps weights, stops, pauses, and hears bad news."""

import math
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
import numpy.typing as npt

from engine.classify.calibration import softmax
from engine.messages import Problem
from engine.train.child import checkpoint, weights
from engine.train.child.channel import Channel
from engine.train.child.checkpoint import State
from engine.train.child.data import Batches
from engine.train.recipe import Recipe

_SAY_EVERY_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Watched:
    """A few held-out images (n, s, s, 3), to show what the network says of them after each epoch."""

    images: npt.NDArray[np.float32]
    labels: list[int]
    paths: list[str]
    names: list[str]

    def look(self, model: keras.Model) -> list[dict[str, str | float]]:
        """Return path, label, predicted class and confidence of each."""
        logits = np.asarray(model.predict_on_batch(self.images), np.float32)
        said = softmax(logits)
        return [
            {
                "path": path,
                "label": self.names[label],
                "predicted": self.names[int(one.argmax())],
                "confidence": float(one.max()),
            }
            for path, label, one in zip(self.paths, self.labels, said, strict=True)
        ]


class Watch(keras.callbacks.Callback):  # type: ignore[misc]  # Keras has no types
    """Tell the parent how it goes, begin the feeding's epochs, keep what the recipe keeps and a checkpoint.

    Raises `Cancelled` when asked to stop and `Problem` when the loss is no number: both out of `fit`.
    """

    def __init__(
        self,
        channel: Channel,
        recipe: Recipe,
        training: Batches,
        state: State,
        out: Path,
        watched: Watched,
    ) -> None:
        super().__init__()
        self._channel = channel
        self._steps = training.num_batches
        self._total = self._steps * recipe.epochs
        self._watched = watched
        self._keep = recipe.keep
        self._training = training
        self._state = state
        self._out = out
        self._done = self._steps * len(state.history)
        self._said = self._asked = self._epoch_began = self._waited = 0.0

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        self._epoch_began, self._waited = time.monotonic(), 0.0
        # Before Keras's feeding threads start on it.
        self._training.begin(len(self._state.history))

    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
        self._channel.wait_while_paused()
        self._channel.check()
        self._asked = time.monotonic()

    def on_test_batch_begin(self, batch: int, logs: Any = None) -> None:
        self._channel.check()

    def on_train_batch_end(self, batch: int, logs: dict[str, float]) -> None:
        self._done += 1
        # Where the batch was there before the network asked, nothing was waited for.
        self._waited += max(0.0, self._training.ready.get(batch, 0.0) - self._asked)
        now = time.monotonic()
        if now - self._said < _SAY_EVERY_SECONDS:
            return
        self._said = now
        # To ask for a figure is to wait for the card, which had better have its next batch by then.
        self._must_be_a_number(float(logs["loss"]))
        self._channel.progress(
            self._done,
            self._total,
            "train.progress",
            {
                "epoch": len(self._state.history) + 1,
                "loss": float(logs["loss"]),
                "accuracy": float(logs["accuracy"]),
                "left": (self._total - self._done) * (now - self._epoch_began) / (batch + 1),
                "speed": (batch + 1) * self._training.batch / (now - self._epoch_began),
                "rate": float(keras.ops.convert_to_numpy(self.model.optimizer.learning_rate)),
            },
        )

    def on_epoch_end(self, epoch: int, logs: dict[str, float]) -> None:
        figures = {name: float(value) for name, value in logs.items()}
        self._must_be_a_number(figures["loss"])
        figures["seconds"] = time.monotonic() - self._epoch_began
        figures["waiting"] = self._waited / figures["seconds"]
        state = self._state
        state.history.append(figures)
        state.epoch = epoch + 1
        if self._keep == "last" or figures["val_loss"] <= state.best:
            weights.save(self.model, self._out)
        state.best = min(state.best, figures["val_loss"])
        checkpoint.save(self._out.with_name("checkpoint.npz"), self.model, state)
        self._channel.partial({"epoch": len(state.history), **figures})
        if self._watched.paths:
            self._channel.partial({"samples": self._watched.look(self.model)})

    def _must_be_a_number(self, loss: float) -> None:
        if not math.isfinite(loss):
            raise Problem("train.not_a_number", epoch=len(self._state.history) + 1)
