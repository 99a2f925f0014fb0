"""Temperature scaling, and how far confidence is from accuracy.

Guo et al. 2017, "On Calibration of Modern Neural Networks".
"""

import numpy as np
import numpy.typing as npt

from engine.classify.card import Calibration
from engine.classify.reading import Float32

_BINS = 15
_COLDEST, _HOTTEST = 0.05, 20.0


def softmax(logits: Float32, temperature: float = 1.0) -> Float32:
    """Return probabilities, float32 (n, c), of logits (n, c) divided by a temperature."""
    scaled = logits.astype(np.float64) / temperature
    exponents = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    probabilities: Float32 = (exponents / exponents.sum(axis=1, keepdims=True)).astype(np.float32)
    return probabilities


def fit_temperature(logits: Float32, labels: npt.NDArray[np.intp]) -> Calibration:
    """Find the temperature that makes the labels (n,) most likely, on images not learned from.

    `logits` is (n, c), before any temperature. Few images may all be read right, and then no
    temperature is too low; so its logarithm has a standard normal prior, which many images outweigh.
    No image: temperature 1.
    """
    if not len(labels):
        return Calibration()
    # Late: it takes a third of a second, and only training calibrates.
    from scipy.optimize import minimize_scalar

    wide = logits.astype(np.float64)

    def loss(log_temperature: float) -> float:
        scaled = wide / np.exp(log_temperature)
        top = scaled.max(axis=1)
        spread = np.log(np.exp(scaled - top[:, None]).sum(axis=1)) + top
        likely = float((scaled[np.arange(len(labels)), labels] - spread).sum())
        return (log_temperature**2 / 2 - likely) / len(labels)

    limits = (np.log(_COLDEST), np.log(_HOTTEST))
    found = minimize_scalar(loss, bounds=limits, method="bounded", options={"xatol": 1e-4})
    temperature = float(np.exp(found.x))
    return Calibration(
        temperature=temperature,
        ece_before=expected_calibration_error(softmax(logits), labels),
        ece_after=expected_calibration_error(softmax(logits, temperature), labels),
    )


def expected_calibration_error(
    probabilities: Float32, labels: npt.NDArray[np.intp], bins: int = _BINS
) -> float:
    """Return the mean gap between confidence and accuracy, 0..1, over bins of equal width.

    `probabilities` (n, c) sum to 1; `labels` (n,). The confidence is that of the likeliest class
    (Naeini et al. 2015, "Obtaining Well Calibrated Probabilities Using Bayesian Binning").
    """
    if not len(labels):
        return 0.0
    confidence = probabilities.max(axis=1).astype(np.float64)
    right = (probabilities.argmax(axis=1) == labels).astype(np.float64)
    # Bins are open below and closed above: ]0, 1/15] … ]14/15, 1].
    number = np.clip(np.ceil(confidence * bins).astype(np.intp) - 1, 0, bins - 1)
    gap = np.bincount(number, confidence - right, minlength=bins)
    return float(np.abs(gap).sum() / len(labels))
