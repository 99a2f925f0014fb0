"""Agreement of two raters: share of agreement, Cohen's kappa, each class and the confusion between them."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from engine.evaluate.intervals import Z95, wilson_interval


class Agreement(Struct, frozen=True):
    """Agreement of two raters on n images: the share on which they agree, and Cohen's kappa.

    `interval` is the share's 95% Wilson interval. `kappa` is None where it is undefined (no images, or
    both raters always use the same class); `kappa_interval` is its 95% interval from the large-sample
    standard error, clipped to -1..1.
    """

    n: int
    agreed: int
    share: float | None
    interval: tuple[float, float]
    kappa: float | None
    kappa_interval: tuple[float, float] | None


class ClassAgreement(Struct, frozen=True):
    """Agreement of two readers on one class.

    `first` and `second` count the images to which each reader gave it, `both` those to which both did.
    `share` is the positive agreement, 2 × both / (first + second); `kappa` compares this class with all
    others.
    """

    class_id: str
    first: int
    second: int
    both: int
    share: float
    kappa: float | None
    kappa_interval: tuple[float, float] | None


class ReaderAgreement(Struct, frozen=True):
    """Agreement of two readers: overall, by class, and the confusion between them.

    `confusion` counts images by row (first reader) and column (second), in the order of `classes`.
    """

    overall: Agreement
    classes: tuple[ClassAgreement, ...]
    confusion: tuple[tuple[int, ...], ...]


def compare_readers(
    pairs: Sequence[tuple[str, str]], class_order: Sequence[str] = ()
) -> ReaderAgreement:
    """Compare the classes that two readers gave to the same images.

    Classes are listed as in `class_order`, then by name; a class that neither used is left out.
    """
    table = Counter(pairs)
    places = {name: place for place, name in enumerate(class_order)}
    names = sorted(
        {name for pair in table for name in pair},
        key=lambda name: (places.get(name, len(places)), name),
    )
    return ReaderAgreement(
        measure_agreement(pairs),
        tuple(_agreement_on_class(name, pairs) for name in names),
        tuple(tuple(table[first, second] for second in names) for first in names),
    )


def _agreement_on_class(name: str, pairs: Sequence[tuple[str, str]]) -> ClassAgreement:
    first = sum(pair[0] == name for pair in pairs)
    second = sum(pair[1] == name for pair in pairs)
    both = sum(pair == (name, name) for pair in pairs)
    agreement = measure_agreement(
        (str(first_class == name), str(second_class == name)) for first_class, second_class in pairs
    )
    share = 2 * both / (first + second)
    return ClassAgreement(
        name, first, second, both, share, agreement.kappa, agreement.kappa_interval
    )


def measure_agreement(pairs: Iterable[tuple[str, str]]) -> Agreement:
    """Measure the agreement of pairs (first rater's class, second rater's class).

    Cohen 1960, "A coefficient of agreement for nominal scales"; standard error after Fleiss, Cohen and
    Everitt 1969, "Large sample standard errors of kappa and weighted kappa".
    """
    table: dict[tuple[str, str], int] = {}
    for pair in pairs:
        table[pair] = table.get(pair, 0) + 1
    n = sum(table.values())
    agreed = sum(count for (first, second), count in table.items() if first == second)
    if not n:
        return Agreement(0, 0, None, wilson_interval(0, 0), None, None)
    row_totals: dict[str, float] = {}
    column_totals: dict[str, float] = {}
    for (first, second), count in table.items():
        row_totals[first] = row_totals.get(first, 0.0) + count / n
        column_totals[second] = column_totals.get(second, 0.0) + count / n
    names = sorted({*row_totals, *column_totals})
    row_shares = {name: row_totals.get(name, 0.0) for name in names}
    column_shares = {name: column_totals.get(name, 0.0) for name in names}
    observed, chance = agreed / n, sum(row_shares[name] * column_shares[name] for name in names)
    if math.isclose(chance, 1.0):
        return Agreement(n, agreed, observed, wilson_interval(agreed, n), None, None)
    kappa = (observed - chance) / (1 - chance)
    diagonal = sum(
        table.get((name, name), 0)
        / n
        * (1 - (row_shares[name] + column_shares[name]) * (1 - kappa)) ** 2
        for name in names
    )
    off_diagonal = (1 - kappa) ** 2 * sum(
        count / n * (column_shares[first] + row_shares[second]) ** 2
        for (first, second), count in table.items()
        if first != second
    )
    variance = diagonal + off_diagonal - (kappa - chance * (1 - kappa)) ** 2
    half_width = Z95 * math.sqrt(max(0.0, variance) / n) / (1 - chance)
    interval = (max(-1.0, kappa - half_width), min(1.0, kappa + half_width))
    return Agreement(n, agreed, observed, wilson_interval(agreed, n), kappa, interval)
