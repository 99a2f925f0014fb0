"""Linear head: PCA followed by logistic regression, folded into one dense layer.

Runs in a child process, as scikit-learn takes long to import. Regression on all 1,792 dimensions takes
five times as long and is no more accurate.
"""

import numpy as np
import numpy.typing as npt

from engine.classify.reading import Float16, Float32

_MAX_COMPONENTS = 128
_MAX_PCA_ROWS = 4000
_POWER_ITERATIONS = 3


def fit_kernel(
    embeddings: Float16 | Float32, labels: npt.NDArray[np.intp]
) -> tuple[Float32, Float32]:
    """Fit to embeddings (n, d) with labels (n,) of 0 to c - 1; return `kernel` (d, c) and `bias` (c,)."""
    from threadpoolctl import threadpool_limits

    # On a busy machine several BLAS threads take ten times as long as one.
    with threadpool_limits(1, "blas"):
        return _fit(embeddings, labels)


def _fit(embeddings: Float16 | Float32, labels: npt.NDArray[np.intp]) -> tuple[Float32, Float32]:
    from sklearn.linear_model import LogisticRegression

    centred = embeddings.astype(np.float32)
    mean = centred.mean(0)
    centred -= mean
    size = min(_MAX_COMPONENTS, *centred.shape)
    components = _principal_components(centred, size)
    reduced = centred @ components
    # One scale for all components: whitening would amplify noise.
    scale = float(reduced.std(0).max()) or 1.0
    classes = int(labels.max()) + 1
    model = LogisticRegression(C=100.0 / np.sqrt(len(centred)), max_iter=200, tol=1e-3)
    model.fit(reduced / scale, labels)
    coefficients, intercept = model.coef_, model.intercept_
    if classes == 2:
        # scikit-learn returns a single row for two classes.
        coefficients = np.concatenate([-coefficients, coefficients]) / 2
        intercept = np.array([-intercept[0], intercept[0]]) / 2
    kernel = (components @ coefficients.T / scale).astype(np.float32)
    return kernel, (intercept - mean @ kernel).astype(np.float32)


def _principal_components(centred: Float32, size: int) -> Float32:
    # Randomised (Halko et al. 2011, "Finding structure with randomness"): a tenth of the time of a full PCA.
    rng = np.random.default_rng(0)
    sample = centred[rng.permutation(len(centred))[:_MAX_PCA_ROWS]]
    base = rng.standard_normal((centred.shape[1], size), np.float32)
    for _ in range(_POWER_ITERATIONS):
        base, _ = np.linalg.qr(sample.T @ (sample @ base))
    components: Float32 = base
    return components
