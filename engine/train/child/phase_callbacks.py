"""Callbacks of a phase: learning rate on a plateau, early stopping, and averaged weights.

Keras's own callbacks for this start afresh with every `fit` and swap weights by adding and subtracting,
which rounds, so that a resumed training would differ from an uninterrupted one.
"""

from typing import Any

import keras

from engine.child.channel import Channel
from engine.train.child.batch_norm import reestimate_statistics
from engine.train.child.batches import Batches
from engine.train.child.checkpoint import TrainingState
from engine.train.recipe import Phase

_PLATEAU_EPOCHS = 2
_STATISTICS_BATCHES = 8  # batches


def phase_callbacks(
    phase: Phase, state: TrainingState, training: Batches, channel: Channel
) -> list[keras.callbacks.Callback]:
    """Return the callbacks of a phase, in the order in which they must run at the end of an epoch."""
    callbacks: list[keras.callbacks.Callback] = [LearningRatePatience(phase, state)]
    if phase.ema:
        callbacks.append(AveragedWeights(training, channel, averages_in_model=state.epoch > 0))
    return callbacks


class LearningRatePatience(keras.callbacks.Callback):  # type: ignore[misc]  # Keras has no types
    """Halve the learning rate, or end the phase, when the validation loss stops falling."""

    def __init__(self, phase: Phase, state: TrainingState) -> None:
        super().__init__()
        self._phase, self._state = phase, state

    def on_epoch_end(self, epoch: int, logs: dict[str, float]) -> None:
        state, phase = self._state, self._phase
        if logs["val_loss"] < state.lowest:
            state.lowest, state.waited, state.halved = float(logs["val_loss"]), 0, 0
            return
        state.waited += 1
        state.halved += 1
        if phase.schedule == "plateau" and state.halved >= _PLATEAU_EPOCHS:
            rate = self.model.optimizer.learning_rate
            self.model.optimizer.learning_rate = float(keras.ops.convert_to_numpy(rate)) / 2
            state.halved = 0
        if phase.patience and state.waited >= phase.patience:
            state.stopped = self.model.stop_training = True


class AveragedWeights(keras.callbacks.Callback):  # type: ignore[misc]
    """Use the moving average of the weights for validation and after the last epoch.

    The moving batch statistics belong to the trained weights, so those of the averages are estimated on a
    few batches first.
    """

    def __init__(self, training: Batches, channel: Channel, *, averages_in_model: bool) -> None:
        super().__init__()
        self._training, self._channel = training, channel
        self._averages_in_model = averages_in_model

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        if self._averages_in_model:
            self._swap()

    def on_test_begin(self, logs: Any = None) -> None:
        if not self._averages_in_model:
            self._swap()
            reestimate_statistics(self.model, self._training, self._channel, _STATISTICS_BATCHES)

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        if not self._averages_in_model:
            self._swap()
        if epoch == self.params["epochs"] - 1 or self.model.stop_training:
            # At the end of `fit` Keras overwrites the weights with the averages.
            for weight, average in self._weights_and_averages():
                average.assign(weight)

    def _swap(self) -> None:
        for weight, average in self._weights_and_averages():
            old_value = keras.ops.convert_to_numpy(weight.value).copy()
            weight.assign(average.value)
            average.assign(old_value)
        self._averages_in_model = not self._averages_in_model

    def _weights_and_averages(self) -> Any:
        optimizer = self.model.optimizer
        optimizer = getattr(optimizer, "inner_optimizer", optimizer)
        averages = optimizer._model_variables_moving_average
        return zip(optimizer._trainable_variables, averages, strict=True)
