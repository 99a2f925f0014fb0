"""How far the model and a person agree, beyond chance."""

import math
from collections.abc import Iterable

from msgspec import Struct

from engine.evaluate.intervals import Z95, wilson


class Agreement(Struct, frozen=True):
    """Agreement of two raters on n images: the share that agree, and Cohen's kappa.

    `interval` is the share's 95% Wilson interval. `kappa` is None where it is not defined (no image,
    or both raters use one and the same class throughout); `kappa_interval` is its 95% interval from
    the large-sample error, cut to -1..1.
    """

    n: int
    agreed: int
    share: float | None
    interval: tuple[float, float]
    kappa: float | None
    kappa_interval: tuple[float, float] | None


def agreement(pairs: Iterable[tuple[str, str]]) -> Agreement:
    """Return how far pairs (one rater's class, the other's) agree.

    Cohen 1960, "A coefficient of agreement for nominal scales"; its error after Fleiss, Cohen and
    Everitt 1969, "Large sample standard errors of kappa and weighted kappa".
    """
    table: dict[tuple[str, str], int] = {}
    for pair in pairs:
        table[pair] = table.get(pair, 0) + 1
    n = sum(table.values())
    agreed = sum(count for (one, other), count in table.items() if one == other)
    if not n:
        return Agreement(0, 0, None, wilson(0, 0), None, None)
    rows: dict[str, float] = {}
    columns: dict[str, float] = {}
    for (one, other), count in table.items():
        rows[one] = rows.get(one, 0.0) + count / n
        columns[other] = columns.get(other, 0.0) + count / n
    names = sorted({*rows, *columns})
    row = {name: rows.get(name, 0.0) for name in names}
    column = {name: columns.get(name, 0.0) for name in names}
    observed, chance = agreed / n, sum(row[name] * column[name] for name in names)
    if math.isclose(chance, 1.0):
        return Agreement(n, agreed, observed, wilson(agreed, n), None, None)
    kappa = (observed - chance) / (1 - chance)
    diagonal = sum(
        table.get((name, name), 0) / n * (1 - (row[name] + column[name]) * (1 - kappa)) ** 2
        for name in names
    )
    beside = (1 - kappa) ** 2 * sum(
        count / n * (column[one] + row[other]) ** 2
        for (one, other), count in table.items()
        if one != other
    )
    spread = diagonal + beside - (kappa - chance * (1 - kappa)) ** 2
    half = Z95 * math.sqrt(max(0.0, spread) / n) / (1 - chance)
    interval = (max(-1.0, kappa - half), min(1.0, kappa + half))
    return Agreement(n, agreed, observed, wilson(agreed, n), kappa, interval)
