"""The task `curate`: what compares all images with each other (scikit-learn, no Keras)."""

from typing import Any

import numpy as np

from engine.curate.compare import compare
from engine.train.child.channel import Channel

_STEPS = 1000


def run(request: dict[str, Any], channel: Channel) -> dict[str, Any]:
    """Compare the images of `inputs` (.npz); writes what is found to `out` (.npz)."""
    with np.load(request["inputs"], allow_pickle=False) as arrays:
        inputs = {name: arrays[name] for name in arrays.files}

    def tell(share: float) -> None:
        channel.progress(round(share * _STEPS), _STEPS, "scan.comparing")

    np.savez(request["out"], **compare(inputs, tell))  # type: ignore[arg-type]
    return {}
