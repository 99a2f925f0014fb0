"""JPEG quality: the setting of the encoder, estimated from the quantisation table of the brightness."""

from collections.abc import Mapping, Sequence

_STANDARD_SUM = 3688
"""Sum of the 64 values of the luminance table for quality 50 (Annex K.1 of the JPEG standard, ITU-T T.81)."""


def estimate_quality(tables: Mapping[int, Sequence[int]]) -> int:
    """Return the quality, 1 to 100, on the scale of the Independent JPEG Group; 0 without a table.

    The scale multiplies the standard table by 50 / quality below 50, and by 2 - quality / 50 above. Below 20
    the estimate is too high, because tables usually end at 255; its order is right.
    """
    values = tables.get(0)
    if not values:
        return 0
    factor = sum(values) / _STANDARD_SUM
    quality = 50 / factor if factor > 1 else 100 - 50 * factor
    return min(100, max(1, round(quality)))
