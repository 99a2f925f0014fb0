"""Network check: logits of an OpenVINO network against those of another runtime."""

from pathlib import Path

import numpy as np

from engine.classify.openvino_library import import_openvino
from engine.classify.reading import Float32
from engine.images.record import Pixels
from engine.messages import Problem

_MAX_RELATIVE_DIFFERENCE = 0.02
"""Largest difference of logits, relative to the largest: both networks have half-precision kernels, one with
batch normalisation folded in, so only rounding differs."""


def check_logits(network: Path, images: Pixels, *expected: Float32) -> Float32:
    """Return the network's float32 logits (n, c) of images (n, s, s, 3).

    Raises `Problem` (`convert.differs`) if they differ from any of the `expected` ones.
    """
    settings = {"INFERENCE_PRECISION_HINT": "f32"}
    compiled = import_openvino().Core().compile_model(network, "CPU", settings)
    logits = np.asarray(compiled(images)["logits"], np.float32)
    if any(logits.shape != other.shape for other in expected):
        raise Problem("convert.differs", difference=float("inf"))
    difference = max(
        float(np.abs(logits - other).max()) / max(1.0, float(np.abs(other).max()))
        for other in expected
    )
    if not difference <= _MAX_RELATIVE_DIFFERENCE:
        raise Problem("convert.differs", difference=difference)
    return logits
