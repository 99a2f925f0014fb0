"""Fitting a head: principal components, then logistic regression on them, folded into one layer.

Runs in a child process: scikit-learn takes long to load. A regression on all of 1,792 dimensions takes
five times as long and reads no better.
"""

import numpy as np
import numpy.typing as npt

from engine.classify.reading import Float16, Float32

_COMPONENTS = 128
_FITTED = 4000
_ROUNDS = 3


def fit(embeddings: Float16 | Float32, labels: npt.NDArray[np.intp]) -> tuple[Float32, Float32]:
    """Return `kernel` (d, c) and `bias` (c,) for embeddings (n, d) with labels (n,) of 0 to c - 1."""
    from threadpoolctl import threadpool_limits

    # On a busy computer threads that wait for each other take ten times as long as one.
    with threadpool_limits(1, "blas"):
        return _fit(embeddings, labels)


def _fit(embeddings: Float16 | Float32, labels: npt.NDArray[np.intp]) -> tuple[Float32, Float32]:
    from sklearn.linear_model import LogisticRegression

    known = embeddings.astype(np.float32)
    mean = known.mean(0)
    known -= mean
    size = min(_COMPONENTS, *known.shape)
    components = _components(known, size)
    reduced = known @ components
    # One scale for all: whitening would make noise as loud as what matters.
    scale = float(reduced.std(0).max()) or 1.0
    classes = int(labels.max()) + 1
    model = LogisticRegression(C=100.0 / np.sqrt(len(known)), max_iter=200, tol=1e-3)
    model.fit(reduced / scale, labels)
    coefficients, intercept = model.coef_, model.intercept_
    if classes == 2:
        # Two classes share one row there.
        coefficients = np.concatenate([-coefficients, coefficients]) / 2
        intercept = np.array([-intercept[0], intercept[0]]) / 2
    kernel = (components @ coefficients.T / scale).astype(np.float32)
    return kernel, (intercept - mean @ kernel).astype(np.float32)


def _components(centred: Float32, size: int) -> Float32:
    # Halko et al. 2011, "Finding structure with randomness": a tenth of the time of all of them.
    rng = np.random.default_rng(0)
    some = centred[rng.permutation(len(centred))[:_FITTED]]
    base = rng.standard_normal((centred.shape[1], size), np.float32)
    for _ in range(_ROUNDS):
        base, _ = np.linalg.qr(some.T @ (some @ base))
    components: Float32 = base
    return components
