"""Training checkpoints: full-precision weights, optimizer state and progress."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import keras
import numpy as np

from engine.damaged_data import DamagedData, decoding


@dataclass(slots=True)
class TrainingState:
    """Progress of a training: the phase, its epochs done, the batch size, the best validation loss.

    Within the phase: its `lowest` validation loss, epochs `waited` since then, epochs since the learning
    rate was `halved`, and whether the phase was `stopped` early.
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

    def begin_phase(self, phase: int) -> None:
        """Start a phase: reset everything that belongs to the previous one."""
        self.phase, self.epoch = phase, 0
        self.lowest, self.waited, self.halved, self.stopped = float("inf"), 0, 0, False


def save_checkpoint(path: Path, model: keras.Model, state: TrainingState) -> None:
    """Save weights and optimizer in full precision, atomically; raises `OSError`."""
    arrays = {f"w{number}": _to_numpy(variable) for number, variable in enumerate(model.variables)}
    for number, variable in enumerate(model.optimizer.variables):
        arrays[f"o{number}"] = _to_numpy(variable)
    arrays["state"] = np.frombuffer(json.dumps(asdict(state)).encode(), np.uint8)
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)
    partial.replace(path)


def load_state(path: Path) -> TrainingState:
    """Load the progress from a checkpoint; a fresh state if there is none or it is unreadable."""
    try:
        with decoding(), np.load(path, allow_pickle=False) as arrays:
            for name in arrays.files:
                arrays[name]  # compares its checksum, before weights are restored one by one
            return TrainingState(**json.loads(arrays["state"].tobytes()))
    except (OSError, DamagedData):
        return TrainingState()


def restore_checkpoint(path: Path, model: keras.Model, *, optimizer: bool) -> None:
    """Restore the weights and, for resuming within a phase, the optimizer."""
    with np.load(path, allow_pickle=False) as arrays:
        for number, variable in enumerate(model.variables):
            variable.assign(arrays[f"w{number}"])
        if optimizer:
            for number, variable in enumerate(model.optimizer.variables):
                variable.assign(arrays[f"o{number}"])


def _to_numpy(variable: keras.Variable) -> np.ndarray:
    return np.asarray(keras.ops.convert_to_numpy(variable.value))
