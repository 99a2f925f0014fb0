"""Calibration: a temperature that grows with the distance from the training images, and its error.

Temperature scaling: Guo et al. 2017, "On Calibration of Modern Neural Networks". Fitted on images like the
training images alone, it leaves a model as sure of itself on another laboratory's cells as on its own.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.classify.card import Calibration
from engine.classify.reading import Float32

Labels = npt.NDArray[np.intp]

_BINS = 15
_MIN_TEMPERATURE, _MAX_TEMPERATURE = 0.05, 20.0
_USUAL_EXPONENT, _EXPONENT_DEVIATION = 0.6, 0.2  # over five trained models: 0.55 to 0.73
_MAX_EXPONENT = 4.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """Images with known classes: logits (n, c), labels (n,) and embedding distances (n,)."""

    logits: Float32
    labels: Labels
    distances: Float32


def softmax(logits: Float32, temperature: float | npt.NDArray[np.float64] = 1.0) -> Float32:
    """Return probabilities, float32 (n, c), of logits (n, c) divided by one temperature or by (n,) of them."""
    scaled = logits.astype(np.float64) / np.reshape(temperature, (-1, 1))
    exponents = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    probabilities: Float32 = (exponents / exponents.sum(axis=1, keepdims=True)).astype(np.float32)
    return probabilities


def temperatures(
    calibration: Calibration, distances: Float32 | None
) -> float | npt.NDArray[np.float64]:
    """Return the temperature of each image, (n,) for distances (n,); without distances the model's own."""
    if distances is None or not calibration.distance_exponent:
        return calibration.temperature
    # 1 at a distance of 1, the usual one of a training image.
    relative = (1 + distances.astype(np.float64) ** 2) / 2
    return np.asarray(calibration.temperature * relative ** (calibration.distance_exponent / 4))


def fit_temperature(logits: Float32, labels: Labels) -> Calibration:
    """Find the temperature that makes the labels (n,) most likely, on images not trained on.

    `logits` is (n, c), before any temperature. If a few images are all classified correctly, the lower
    the temperature the better; so its logarithm has a standard normal prior, which many images outweigh.
    No image: temperature 1.
    """
    return fit_calibration(Evidence(logits, labels, np.ones(len(labels), np.float32)), None)


def fit_calibration(
    clean: Evidence, shifted: Evidence | None, exponent: float = 0.0
) -> Calibration:
    """Fit the temperature to validation images, and the distance exponent to changed copies of them.

    `shifted` holds corrupted and re-stained images; without them the exponent is the one given. The
    exponent has a normal prior, the result on models that were trained on thousands of images.
    """
    if not len(clean.labels):
        return Calibration(distance_exponent=exponent)
    # Imported late: it takes a third of a second, and only training calibrates.
    from scipy.optimize import minimize, minimize_scalar

    if shifted is not None and len(shifted.labels):

        def shared_loss(parameters: npt.NDArray[np.float64]) -> float:
            log_temperature, power = float(parameters[0]), float(parameters[1])
            prior = ((power - _USUAL_EXPONENT) / _EXPONENT_DEVIATION) ** 2 + log_temperature**2
            return (
                _loss(clean, log_temperature, power)
                + _loss(shifted, log_temperature, power)
                + prior / 2 / len(shifted.labels)
            )

        limits = [np.log((_MIN_TEMPERATURE, _MAX_TEMPERATURE)), (0.0, _MAX_EXPONENT)]
        found = minimize(shared_loss, (0.0, _USUAL_EXPONENT), bounds=limits, method="L-BFGS-B")
        exponent = float(found.x[1])
    bounds = (np.log(_MIN_TEMPERATURE), np.log(_MAX_TEMPERATURE))
    best = minimize_scalar(
        lambda value: _loss(clean, value, exponent) + value**2 / 2 / len(clean.labels),
        bounds=bounds,
        method="bounded",
        options={"xatol": 1e-4},
    )
    fitted = Calibration(temperature=float(np.exp(best.x)), distance_exponent=exponent)
    after = softmax(clean.logits, temperatures(fitted, clean.distances))
    return Calibration(
        temperature=fitted.temperature,
        distance_exponent=exponent,
        ece_before=expected_calibration_error(softmax(clean.logits), clean.labels),
        ece_after=expected_calibration_error(after, clean.labels),
    )


def _loss(evidence: Evidence, log_temperature: float, exponent: float) -> float:
    """Return the mean negative log-likelihood of the labels."""
    calibration = Calibration(
        temperature=float(np.exp(log_temperature)), distance_exponent=exponent
    )
    image_temperatures = np.reshape(temperatures(calibration, evidence.distances), (-1, 1))
    scaled = evidence.logits.astype(np.float64) / image_temperatures
    top = scaled.max(axis=1)
    log_sums = np.log(np.exp(scaled - top[:, None]).sum(axis=1)) + top
    of_label = scaled[np.arange(len(evidence.labels)), evidence.labels]
    return float((log_sums - of_label).mean())


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
