"""How sure a counted share is."""

import math

Z95 = 1.959963984540054
"""How many standard errors a 95% interval reaches either way."""


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Return the 95% interval of the share `hits / n`, both ends 0..1; (0, 1) when n is 0.

    Wilson 1927, "Probable inference, the law of succession, and statistical inference", without
    continuity correction: it stays inside 0..1 and is right near both ends, where good classifiers
    are.
    """
    if n == 0:
        return 0.0, 1.0
    share = hits / n
    scale = 1 + Z95**2 / n
    centre = (share + Z95**2 / (2 * n)) / scale
    half = Z95 / scale * math.sqrt(share * (1 - share) / n + Z95**2 / (4 * n * n))
    # The ends are exact where the formula only nearly is.
    return (0.0 if hits == 0 else centre - half), (1.0 if hits == n else centre + half)
