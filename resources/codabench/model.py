"""A blood-cell classifier: `Model().predict(X)` gives one-hot labels of a batch of images.

It needs NumPy and Keras 3, and `weights.keras` beside it. The order of the classes is in
`about.json`. For research and curation use, not for diagnosis.
"""

import os

import numpy as np

_BATCH = 32


class Model:
    """The network with its weights."""

    def __init__(self):
        import keras

        here = os.path.dirname(os.path.abspath(__file__))
        file = os.path.join(here, "weights.keras")
        self._network = keras.saving.load_model(file, compile=False, safe_mode=True)
        self._size = int(self._network.input_shape[1])
        self._classes = int(self._network.output_shape[1])

    def predict(self, X):  # noqa: N803
        """Return one-hot labels, float32 (n, classes), of RGB images, uint8 (n, height, width, 3)."""
        X = np.asarray(X)  # noqa: N806
        labels = np.zeros((len(X), self._classes), np.float32)
        for start in range(0, len(X), _BATCH):
            images = resize(X[start : start + _BATCH], self._size)
            # The last batch is filled up, so that the network is made for one shape only.
            full = np.zeros((_BATCH, *images.shape[1:]), np.float32)
            full[: len(images)] = images
            chosen = np.asarray(self._network.predict_on_batch(full)).argmax(axis=1)
            for index in range(len(images)):
                labels[start + index, chosen[index]] = 1.0
        return labels


def resize(images, size):
    """Return images (n, h, w, 3) stretched to `size` x `size`, as whole numbers in float32.

    Area averaging where an axis shrinks, cubic where it grows, as the network was trained with.
    """
    images = np.clip(np.asarray(images, np.float32), 0.0, 255.0)
    for axis in (1, 2):
        if images.shape[axis] > size:
            images = _along(images, _area(images.shape[axis], size), axis)
    images = np.rint(images)
    for axis in (1, 2):
        if images.shape[axis] < size:
            images = _along(images, _cubic(images.shape[axis], size), axis)
    return np.clip(np.rint(images), 0.0, 255.0).astype(np.float32)


def _along(images, matrix, axis):
    return np.moveaxis(np.tensordot(images, matrix, axes=([axis], [1])), -1, axis)


def _area(old, new):
    """Return the (new, old) matrix that averages what each new pixel covers."""
    edges = np.arange(new + 1) * (old / new)
    pixels = np.arange(old)
    covered = np.minimum(edges[1:, None], pixels + 1) - np.maximum(edges[:-1, None], pixels)
    return (np.clip(covered, 0.0, None) * (new / old)).astype(np.float32)


def _cubic(old, new):
    """Return the (new, old) matrix of cubic convolution (Keys 1981, a = -0.75), edges repeated."""
    matrix = np.zeros((new, old), np.float32)
    place = (np.arange(new) + 0.5) * (old / new) - 0.5
    first = np.floor(place).astype(int)
    for offset in range(-1, 3):
        x = np.abs(place - (first + offset))
        near = 1.25 * x**3 - 2.25 * x**2 + 1.0
        far = -0.75 * (x**3 - 5.0 * x**2 + 8.0 * x - 4.0)
        weight = np.where(x <= 1.0, near, far)
        np.add.at(matrix, (np.arange(new), np.clip(first + offset, 0, old - 1)), weight)
    return matrix
