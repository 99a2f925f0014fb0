"""A blood-cell classifier: `Model().predict(X)` gives one-hot labels of a batch of images.

It needs NumPy and Keras 3, and `weights.keras` beside it. The order of the classes is in
`about.json`. For research and curation use, not for diagnosis.
"""

import json
import os

import numpy as np

_BATCH = 32
_MAX_BRIGHTNESS, _DARK_BRIGHTNESS = 0.2, 0.4
_MAX_BLACK_MEDIAN = 0.01
_MAX_DARK = 0.2
_MIN_LIGHT = 40
_MIN_COLOUR = 0.05
_MAX_SHARE = 0.4
_MAX_BORDER_SHARE = 0.5


class Model:
    """The network with its weights."""

    def __init__(self):
        import keras

        here = os.path.dirname(os.path.abspath(__file__))
        file = os.path.join(here, "weights.keras")
        self._network = keras.saving.load_model(file, compile=False, safe_mode=True)
        self._size = int(self._network.input_shape[1])
        self._classes = int(self._network.output_shape[1])
        with open(os.path.join(here, "about.json"), encoding="utf-8") as stream:
            self._fills_deposits = json.load(stream)["input"]["fills_deposits"]

    def predict(self, X):  # noqa: N803
        """Return one-hot labels, float32 (n, classes), of RGB images, uint8 (n, height, width, 3)."""
        X = np.asarray(X)  # noqa: N806
        labels = np.zeros((len(X), self._classes), np.float32)
        for start in range(0, len(X), _BATCH):
            images = resize(X[start : start + _BATCH], self._size)
            if self._fills_deposits:
                images = np.stack([fill_deposits(image) for image in images])
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


def fill_deposits(image):
    """Return an image (h, w, 3), 0 to 255, with black blots of dried stain filled in.

    A blot is filled from its rim inwards with the mean of the neighbours known so far. Images that are dark
    or grey as a whole, black frames, cells cut out on black, and nuclei in stretched images are left alone.
    """
    brightest = image.max(axis=2)
    light = np.percentile(brightest, 90)
    colour = np.percentile(brightest - image.min(axis=2), 99)
    black = brightest <= int(_MAX_BRIGHTNESS * light)
    dark = (brightest <= int(_DARK_BRIGHTNESS * light)) & ~black
    border = np.concatenate([black[0], black[-1], black[:, 0], black[:, -1]])
    if (
        light < _MIN_LIGHT
        or colour < _MIN_COLOUR * light
        or not (_neighbours(~black) == 0).any()
        or np.median(brightest[black]) > _MAX_BLACK_MEDIAN * light
        or dark.sum() > _MAX_DARK * black.sum()
        or (_neighbours(black) > 0).mean() > _MAX_SHARE
        or border.mean() > _MAX_BORDER_SHARE
    ):
        return image
    known = (_neighbours(black) == 0).astype(np.float32)
    filled = image * known[..., None]
    while not known.all():
        counts = _neighbours(known)
        rim = (known == 0) & (counts > 0)
        filled[rim] = _neighbours(filled)[rim] / counts[rim][:, None]
        known[rim] = 1.0
    return np.rint(filled)


def _neighbours(values):
    """Return the sum over the 3 x 3 pixels around each pixel; nothing lies beyond the border."""
    height, width = values.shape[:2]
    padded = np.pad(values.astype(np.float32), ((1, 1), (1, 1)) + ((0, 0),) * (values.ndim - 2))
    return sum(padded[y : y + height, x : x + width] for y in range(3) for x in range(3))


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
