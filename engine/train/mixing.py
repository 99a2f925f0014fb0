"""Batch mixing: MixUp and CutMix."""

import numpy as np
import numpy.typing as npt

from engine.train.augmentation_recipe import Mixing

Float = npt.NDArray[np.float32]


def mix_batch(
    images: Float, targets: Float, mixing: Mixing, rng: np.random.Generator
) -> tuple[Float, Float]:
    """Return images (n, s, s, 3) and one-hot targets (n, c), some of them mixed in pairs.

    Zhang et al. 2018, "mixup: beyond empirical risk minimization"; Yun et al. 2019, "CutMix". Targets are
    weighted by the share of pixels.
    """
    partners = rng.permutation(len(images))
    draws = rng.random(len(images))
    mixed, labels = images.copy(), targets.copy()
    edge = images.shape[1]
    for row in np.flatnonzero(draws < mixing.mixup + mixing.cutmix):
        partner = partners[row]
        share = float(rng.beta(mixing.alpha, mixing.alpha))
        if draws[row] < mixing.mixup:
            mixed[row] = share * images[row] + (1 - share) * images[partner]
        else:
            half = round(edge * (1 - share) ** 0.5) // 2
            y, x = rng.integers(edge, size=2)
            box = np.s_[max(0, y - half) : y + half, max(0, x - half) : x + half]
            mixed[row][box] = images[partner][box]
            share = 1 - mixed[row][box][..., 0].size / edge**2
        labels[row] = share * targets[row] + (1 - share) * targets[partner]
    return mixed, labels
