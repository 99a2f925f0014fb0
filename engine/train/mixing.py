"""MixUp and CutMix: pairs of a batch, with their labels."""

import numpy as np
import numpy.typing as npt

from engine.train.recipe import Mixing

Float = npt.NDArray[np.float32]


def mix(
    images: Float, targets: Float, mixing: Mixing, rng: np.random.Generator
) -> tuple[Float, Float]:
    """Return images (n, s, s, 3) and one-hot targets (n, c), some of them mixed with another's.

    Zhang et al. 2018, "mixup: beyond empirical risk minimization"; Yun et al. 2019, "CutMix". The
    share of each label is that of its pixels.
    """
    partners = rng.permutation(len(images))
    chosen = rng.random(len(images))
    mixed, labels = images.copy(), targets.copy()
    edge = images.shape[1]
    for at in np.flatnonzero(chosen < mixing.mixup + mixing.cutmix):
        other = partners[at]
        share = float(rng.beta(mixing.alpha, mixing.alpha))
        if chosen[at] < mixing.mixup:
            mixed[at] = share * images[at] + (1 - share) * images[other]
        else:
            half = round(edge * (1 - share) ** 0.5) // 2
            y, x = rng.integers(edge, size=2)
            box = np.s_[max(0, y - half) : y + half, max(0, x - half) : x + half]
            mixed[at][box] = images[other][box]
            share = 1 - mixed[at][box][..., 0].size / edge**2
        labels[at] = share * targets[at] + (1 - share) * targets[other]
    return mixed, labels
