"""Confidence intervals of proportions."""

import math

Z95 = 1.959963984540054
"""Normal quantile of a two-sided 95% interval."""


def wilson_interval(hits: int, n: int) -> tuple[float, float]:
    """Return the 95% interval of the proportion `hits / n`, within 0..1; (0, 1) if n is 0.

    Wilson 1927, "Probable inference, the law of succession, and statistical inference", without
    continuity correction. It stays within 0..1 and is accurate near both ends.
    """
    if n == 0:
        return 0.0, 1.0
    share = hits / n
    scale = 1 + Z95**2 / n
    centre = (share + Z95**2 / (2 * n)) / scale
    half_width = Z95 / scale * math.sqrt(share * (1 - share) / n + Z95**2 / (4 * n * n))
    # Exact ends, which the formula reaches only up to rounding.
    return (0.0 if hits == 0 else centre - half_width), (1.0 if hits == n else centre + half_width)
