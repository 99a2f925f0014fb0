"""What moves while a phase runs: the learning rate on a plateau, its early end, and averaged weights.

Keras's own callbacks for this begin anew with every `fit` and swap weights by adding and subtracting, which
rounds: a training that goes on after a crash would be another one.
"""

from typing import Any

import keras

from engine.train.child.channel import Channel
from engine.train.child.checkpoint import State
from engine.train.child.data import Batches
from engine.train.child.statistics import reestimate
from engine.train.recipe import Phase

_PLATEAU = 2
_LOOKED_AT = 8  # batches


def callbacks(
    phase: Phase, state: State, training: Batches, channel: Channel
) -> list[keras.callbacks.Callback]:
    """Return what a phase needs, in the order in which it has to look at the end of an epoch."""
    found: list[keras.callbacks.Callback] = [Patience(phase, state)]
    if phase.ema:
        found.append(Averaged(training, channel, in_model=state.epoch > 0))
    return found


class Patience(keras.callbacks.Callback):  # type: ignore[misc]  # Keras has no types
    """Halve the learning rate, or end the phase, when held-out loss has not fallen for long enough."""

    def __init__(self, phase: Phase, state: State) -> None:
        super().__init__()
        self._phase, self._state = phase, state

    def on_epoch_end(self, epoch: int, logs: dict[str, float]) -> None:
        state, phase = self._state, self._phase
        if logs["val_loss"] < state.lowest:
            state.lowest, state.waited, state.halved = float(logs["val_loss"]), 0, 0
            return
        state.waited += 1
        state.halved += 1
        if phase.schedule == "plateau" and state.halved >= _PLATEAU:
            rate = self.model.optimizer.learning_rate
            self.model.optimizer.learning_rate = float(keras.ops.convert_to_numpy(rate)) / 2
            state.halved = 0
        if phase.patience and state.waited >= phase.patience:
            state.stopped = self.model.stop_training = True


class Averaged(keras.callbacks.Callback):  # type: ignore[misc]
    """Put the moving average into the weights' place while somebody looks, and after the last epoch.

    No batch was ever normalised by what the averages would give, so their statistics are estimated on a
    few batches first; while it learns a network needs none.
    """

    def __init__(self, training: Batches, channel: Channel, *, in_model: bool) -> None:
        super().__init__()
        self._training, self._channel = training, channel
        self._in_model = in_model

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        if self._in_model:
            self._swap()

    def on_test_begin(self, logs: Any = None) -> None:
        if not self._in_model:
            self._swap()
            reestimate(self.model, self._training, self._channel, _LOOKED_AT)

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        if not self._in_model:
            self._swap()
        if epoch == self.params["epochs"] - 1 or self.model.stop_training:
            # Keras ends every fit by writing the averages over the weights.
            for one, average in self._pairs():
                average.assign(one)

    def _swap(self) -> None:
        for one, average in self._pairs():
            kept = keras.ops.convert_to_numpy(one.value).copy()
            one.assign(average.value)
            average.assign(kept)
        self._in_model = not self._in_model

    def _pairs(self) -> Any:
        optimizer = self.model.optimizer
        optimizer = getattr(optimizer, "inner_optimizer", optimizer)
        averages = optimizer._model_variables_moving_average
        return zip(optimizer._trainable_variables, averages, strict=True)
