"""Linear head: a new last layer fitted to cached embeddings, in seconds.

PCA followed by logistic regression, folded into one dense layer. The fit runs in a child process, as
scikit-learn takes long to import. Regression on all 1,792 dimensions takes five times as long and is no
more accurate. With several views of each image, the components are first whitened by how much they vary
within the classes, as in a discriminant analysis: what changes between views of a cell says nothing about
its class. In that space the unlabelled images of the folder tell something too (`label_propagation`).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.child.channel import Channel
from engine.classify.calibration import softmax
from engine.classify.reading import Float16, Float32
from engine.jobs import Job
from engine.messages import Problem
from engine.processes import run_child
from engine.temporaries import temporary_folder
from engine.train.label_propagation import propagate_labels

_MAX_COMPONENTS = 128
_MAX_PCA_ROWS = 4000
_POWER_ITERATIONS = 3
_SHRINKAGE = 0.05  # share of the mean variance in the covariance within classes


@dataclass(frozen=True, slots=True)
class LinearHead:
    """A dense layer on embeddings: `kernel` (d, c), `bias` (c,), `classes` in output order."""

    kernel: Float32
    bias: Float32
    classes: tuple[str, ...]

    def logits(self, embeddings: Float16 | Float32) -> Float32:
        """Return logits (n, c) of embeddings (n, d)."""
        logits: Float32 = embeddings.astype(np.float32) @ self.kernel + self.bias
        return logits


def fit_linear_head(
    job: Job,
    embeddings: Float16 | Float32,
    labels: npt.NDArray[np.intp],
    classes: tuple[str, ...],
    unlabelled: Float16 | Float32 | None = None,
) -> LinearHead:
    """Fit a head in a child process; see `fit_kernel`. `labels` are indices into `classes`.

    Classes may be new to the model; each needs an image. Raises `Problem` (`quick.no_images`,
    `train.one_class`) and `Cancelled`.
    """
    if len(classes) < 2:
        raise Problem("train.one_class")
    missing = set(range(len(classes))) - set(np.unique(labels).tolist())
    if missing:
        names = ", ".join(classes[index] for index in sorted(missing))
        raise Problem("quick.no_images", names=names)
    arrays = {"embeddings": embeddings, "unlabelled": unlabelled}
    found = _fit_in_child(job, arrays, labels)
    return LinearHead(found["kernel"], found["bias"], classes)


def cross_validate_head(
    job: Job,
    embeddings: Float16 | Float32,
    labels: npt.NDArray[np.intp],
    as_read: Float16 | Float32,
    folds: npt.NDArray[np.intp],
    unlabelled: Float16 | Float32 | None = None,
) -> Float32:
    """Return logits (n, c) of images `as_read` (n, d) by heads that were not fitted to their fold (n,).

    The rest as in `fit_linear_head`. No fold may hold all images of a class; NaN where it is negative.
    """
    arrays = {"embeddings": embeddings, "unlabelled": unlabelled, "as_read": as_read}
    logits: Float32 = _fit_in_child(job, arrays, labels, folds=folds)["logits"]
    return logits


def _fit_in_child(
    job: Job,
    arrays: dict[str, Float16 | Float32 | None],
    labels: npt.NDArray[np.intp],
    **request: npt.NDArray[np.intp],
) -> dict[str, Any]:
    with temporary_folder("head") as folder:
        files = {}
        for name, values in arrays.items():
            if values is not None:
                np.save(folder / f"{name}.npy", values)
                files[name] = str(folder / f"{name}.npy")
        out = folder / "out.npz"
        run_child(job, "head", {"files": files, "labels": labels, "out": str(out), **request})
        with np.load(out, allow_pickle=False) as found:
            return dict(found)


def run(request: dict[str, Any], _channel: Channel) -> dict[str, Any]:
    """Run the child task `head`: fit to the arrays in `files` (.npy) with `labels` (n,), write to `out` (.npz).

    That holds `kernel` and `bias`; with `folds` instead the `logits` of `cross_validate_head`.
    """
    arrays = {
        name: np.load(file, mmap_mode="r", allow_pickle=False)
        for name, file in request["files"].items()
    }
    embeddings, unlabelled = arrays["embeddings"], arrays.get("unlabelled")
    labels = np.asarray(request["labels"], np.intp)
    if "folds" not in request:
        kernel, bias = fit_kernel(embeddings, labels, unlabelled)
        np.savez(request["out"], kernel=kernel, bias=bias)
        return {}
    folds, classes = np.asarray(request["folds"], np.intp), int(labels.max()) + 1
    logits = np.full((len(labels), classes), np.nan, np.float32)
    for fold in range(int(folds.max()) + 1):
        inside = folds == fold
        if inside.any():
            kernel, bias = fit_kernel(embeddings[~inside], labels[~inside], unlabelled)
            logits[inside] = arrays["as_read"][inside].astype(np.float32) @ kernel + bias
    np.savez(request["out"], logits=logits)
    return {}


def fit_kernel(
    embeddings: Float16 | Float32,
    labels: npt.NDArray[np.intp],
    unlabelled: Float16 | Float32 | None = None,
) -> tuple[Float32, Float32]:
    """Fit to embeddings (n, d) with labels (n,) of 0 to c - 1; return `kernel` (d, c) and `bias` (c,).

    Of several views of each image: (n, v, d). Then `unlabelled` images (m, d) of the same folder, as they are
    read, may help: they count as one view of the class that is propagated to them.
    """
    from threadpoolctl import threadpool_limits

    # On a busy machine several BLAS threads take ten times as long as one.
    with threadpool_limits(1, "blas"):
        return _fit(embeddings, labels, unlabelled)


def _fit(
    embeddings: Float16 | Float32,
    labels: npt.NDArray[np.intp],
    unlabelled: Float16 | Float32 | None,
) -> tuple[Float32, Float32]:
    has_views = embeddings.ndim == 3
    views = embeddings.shape[1] if has_views else 1
    centred = embeddings.reshape(-1, embeddings.shape[-1]).astype(np.float32)
    mean = centred.mean(0)
    centred -= mean
    components = _principal_components(centred, min(_MAX_COMPONENTS, *centred.shape))
    repeated = np.repeat(labels, views)
    if has_views:
        components = components @ _whitening(centred @ components, repeated)
    reduced = centred @ components
    coefficients, intercept = _regress(reduced, repeated, len(reduced))
    if has_views and unlabelled is not None and len(unlabelled):
        others = (unlabelled.astype(np.float32) - mean) @ components
        shares = softmax(others @ coefficients.T + intercept)
        means = reduced.reshape(len(labels), views, -1).mean(1)
        guessed = propagate_labels(means, labels, others, shares).argmax(1)
        both = np.concatenate([reduced, others])
        coefficients, intercept = _regress(both, np.concatenate([repeated, guessed]), len(reduced))
    kernel = (components @ coefficients.T).astype(np.float32)
    return kernel, (intercept - mean @ kernel).astype(np.float32)


def _regress(reduced: Float32, labels: npt.NDArray[np.intp], count: int) -> tuple[Float32, Float32]:
    """Return coefficients (c, k) and intercept (c,) of a logistic regression, penalised as for `count` rows."""
    from sklearn.linear_model import LogisticRegression

    # One scale for all components: whitening by their whole variance would amplify noise.
    scale = float(reduced.std(0).max()) or 1.0
    model = LogisticRegression(C=100.0 / np.sqrt(count), max_iter=200, tol=1e-3)
    model.fit(reduced / scale, labels)
    coefficients, intercept = model.coef_, model.intercept_
    if len(coefficients) == 1:
        # scikit-learn returns a single row for two classes.
        coefficients = np.concatenate([-coefficients, coefficients]) / 2
        intercept = np.array([-intercept[0], intercept[0]]) / 2
    return (coefficients / scale).astype(np.float32), intercept.astype(np.float32)


def _principal_components(centred: Float32, size: int) -> Float32:
    # Randomised (Halko et al. 2011, "Finding structure with randomness"): a tenth of the time of a full PCA.
    rng = np.random.default_rng(0)
    sample = centred[rng.permutation(len(centred))[:_MAX_PCA_ROWS]]
    base = rng.standard_normal((centred.shape[1], size), np.float32)
    for _ in range(_POWER_ITERATIONS):
        base, _ = np.linalg.qr(sample.T @ (sample @ base))
    components: Float32 = base
    return components


def _whitening(reduced: Float32, labels: npt.NDArray[np.intp]) -> Float32:
    """Return the matrix (k, k) after which all directions vary alike within the classes."""
    means = np.stack([reduced[labels == label].mean(0) for label in range(int(labels.max()) + 1)])
    residuals = reduced - means[labels]
    covariance = residuals.T @ residuals / len(reduced)
    mean_variance = float(np.trace(covariance)) / len(covariance) or 1.0
    shrunk = (1 - _SHRINKAGE) * covariance + _SHRINKAGE * mean_variance * np.eye(len(covariance))
    variances, directions = np.linalg.eigh(shrunk)
    whitening: Float32 = (directions / np.sqrt(variances)).astype(np.float32)
    return whitening
