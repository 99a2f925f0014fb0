"""All that a training needs to go on after a crash: whole weights, the optimizer's, and how far it was."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import keras
import numpy as np


@dataclass(slots=True)
class State:
    """How far a training is: the phase, epochs done of it, the batch, the best held-out loss of all.

    Of this phase: its `lowest` held-out loss, epochs `waited` since, those since the learning rate was
    `halved`, and whether it was `stopped` for that.
    """

    phase: int = 0
    epoch: int = 0
    batch: int = 0
    best: float = float("inf")
    lowest: float = float("inf")
    waited: int = 0
    halved: int = 0
    stopped: bool = False
    history: list[dict[str, float]] = field(default_factory=list)

    def begin(self, phase: int) -> None:
        """Forget what belongs to another phase."""
        self.phase, self.epoch = phase, 0
        self.lowest, self.waited, self.halved, self.stopped = float("inf"), 0, 0, False


def save(path: Path, model: keras.Model, state: State) -> None:
    """Write weights and optimizer in full precision, all at once or not at all; raises `OSError`."""
    arrays = {f"w{number}": _numbers(one) for number, one in enumerate(model.variables)}
    for number, one in enumerate(model.optimizer.variables):
        arrays[f"o{number}"] = _numbers(one)
    arrays["state"] = np.frombuffer(json.dumps(asdict(state)).encode(), np.uint8)
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)
    partial.replace(path)


def state_of(path: Path) -> State:
    """Return how far the training was; a fresh state where there is no checkpoint that can be read."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return State(**json.loads(arrays["state"].tobytes()))
    except (OSError, ValueError, KeyError, TypeError):
        return State()


def restore(path: Path, model: keras.Model, *, optimizer: bool) -> None:
    """Put the weights back, and the optimizer's where the phase goes on."""
    with np.load(path, allow_pickle=False) as arrays:
        for number, one in enumerate(model.variables):
            one.assign(arrays[f"w{number}"])
        if optimizer:
            for number, one in enumerate(model.optimizer.variables):
                one.assign(arrays[f"o{number}"])


def _numbers(variable: keras.Variable) -> np.ndarray:
    return np.asarray(keras.ops.convert_to_numpy(variable.value))
