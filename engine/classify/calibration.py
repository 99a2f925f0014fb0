"""Calibration: temperature scaling and the expected calibration error.

Guo et al. 2017, "On Calibration of Modern Neural Networks".
"""

import numpy as np
import numpy.typing as npt

from engine.classify.card import Calibration
from engine.classify.reading import Float32

_BINS = 15
_MIN_TEMPERATURE, _MAX_TEMPERATURE = 0.05, 20.0


def softmax(logits: Float32, temperature: float = 1.0) -> Float32:
    """Return probabilities, float32 (n, c), of logits (n, c) divided by a temperature."""
    scaled = logits.astype(np.float64) / temperature
    exponents = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    probabilities: Float32 = (exponents / exponents.sum(axis=1, keepdims=True)).astype(np.float32)
    return probabilities


def fit_temperature(logits: Float32, labels: npt.NDArray[np.intp]) -> Calibration:
    """Fit the temperature that maximises the likelihood of the labels (n,), on held-out images.

    `logits` is (n, c), before any temperature. If all of a few images are classified correctly, the
    likelihood has no maximum; so the logarithm of the temperature has a standard normal prior, which
    many images outweigh. Without images the temperature is 1.
    """
    if not len(labels):
        return Calibration()
    # Imported here: it takes a third of a second, and only training calibrates.
    from scipy.optimize import minimize_scalar

    logits_64 = logits.astype(np.float64)

    def loss(log_temperature: float) -> float:
        scaled = logits_64 / np.exp(log_temperature)
        highest = scaled.max(axis=1)
        log_sum = np.log(np.exp(scaled - highest[:, None]).sum(axis=1)) + highest
        log_likelihood = float((scaled[np.arange(len(labels)), labels] - log_sum).sum())
        return (log_temperature**2 / 2 - log_likelihood) / len(labels)

    bounds = (np.log(_MIN_TEMPERATURE), np.log(_MAX_TEMPERATURE))
    optimum = minimize_scalar(loss, bounds=bounds, method="bounded", options={"xatol": 1e-4})
    temperature = float(np.exp(optimum.x))
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
    is_correct = (probabilities.argmax(axis=1) == labels).astype(np.float64)
    # Bins are open below and closed above: ]0, 1/15] … ]14/15, 1].
    bin_index = np.clip(np.ceil(confidence * bins).astype(np.intp) - 1, 0, bins - 1)
    gap = np.bincount(bin_index, confidence - is_correct, minlength=bins)
    return float(np.abs(gap).sum() / len(labels))
