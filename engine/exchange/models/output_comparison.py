"""Comparison of an exported model's output with that of its bundle."""

import numpy as np

from engine.classify.bundle import Bundle
from engine.classify.calibration import softmax
from engine.classify.devices import choose_device
from engine.classify.inference import infer_logits
from engine.classify.reading import Float32
from engine.classify.runtime import open_runtime
from engine.images.record import Pixels
from engine.jobs import Job
from engine.messages import Problem

MAX_DIFFERENCE = 0.02
"""Largest accepted difference of a probability: formats round weights differently."""


def check_difference(expected: Float32, exported: Float32) -> float:
    """Return the largest difference of a probability; raises `Problem` above `MAX_DIFFERENCE`."""
    if exported.shape != expected.shape:
        raise Problem("model_export.differs", difference=1.0)
    difference = float(np.abs(expected - exported).max(initial=0.0))
    if not difference <= MAX_DIFFERENCE:
        raise Problem("model_export.differs", difference=difference)
    return difference


def bundle_probabilities(job: Job, bundle: Bundle, images: Pixels) -> Float32:
    """Return the calibrated probabilities (n, c) of the bundle itself, computed in float32.

    Exported models compute in float32, of one view; half precision would differ by more than a wrong export.
    """
    runtime = open_runtime(bundle.with_views(1), choose_device("cpu"), job, exact=True)
    try:
        logits = infer_logits(job, runtime, images)
    finally:
        runtime.close()
    return softmax(logits, bundle.card.calibration.temperature)
