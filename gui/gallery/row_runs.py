"""Runs of consecutive rows."""

from collections.abc import Iterable


def consecutive_runs(rows: Iterable[int]) -> Iterable[tuple[int, int]]:
    """Yield sorted rows as (first, last) of each run of consecutive numbers."""
    run: tuple[int, int] | None = None
    for row in rows:
        if run is not None and row == run[1] + 1:
            run = run[0], row
            continue
        if run is not None:
            yield run
        run = row, row
    if run is not None:
        yield run
