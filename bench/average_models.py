"""Average of two models' weights as a new model, calibrated and evaluated like a trained one.

    python bench/average_models.py MODEL MODEL FOLDER --recipe NAME --out MODEL [options of `main.py train`]

Both models must come from the same starting weights; `--from` names the one that was trained longer.
Averaging two fine-tuned models is often more accurate than either (Wortsman et al. 2022, "Model soups").
"""

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from engine.classify.models import open_model
from engine.cli import train as command
from engine.jobs import Job


def main() -> int:
    """Average, then do all that follows the fit of a training."""
    models, options = sys.argv[1:3], sys.argv[3:]
    args = command.parse_options(options)
    args.argv = sys.argv[1:]

    def average(_: Job, request: dict[str, Any]) -> dict[str, Any]:
        weights = []
        for name in models:
            with np.load(open_model(name).folder / "weights.npz", allow_pickle=False) as arrays:
                weights.append(dict(arrays))
        first, second = weights
        averaged = {
            path: ((value.astype(np.float32) + second[path].astype(np.float32)) / 2).astype(
                value.dtype
            )
            for path, value in first.items()
        }
        np.savez(request["out"], allow_pickle=False, **averaged)
        return {"history": [], "device": "cpu", "backend": "numpy", "batch": 1}

    return command.run(args, fit=average)


if __name__ == "__main__":
    sys.exit(main())
