"""Mutated files of every kind that the program reads: a result or a `Problem`, never another exception.

500 cases in every run; `-m farm` runs 10,000.
"""

import shutil
import time
from collections import Counter
from pathlib import Path

import pytest
from farm import Farm, make_seeds

CASES = 500
MANY = 10_000


@pytest.fixture(scope="module")
def seeds(tmp_path_factory) -> dict[str, bytes]:
    return make_seeds(tmp_path_factory.mktemp("seeds"))


def run(seeds: dict[str, bytes], folder: Path, cases: int) -> None:
    """Run that many cases, of all kinds in turn; report every case that fails."""
    failures: dict[int, BaseException] = {}
    seconds: Counter[str] = Counter()
    for seed in range(cases):
        case_folder = folder / str(seed)
        case_folder.mkdir()
        kind = Farm.KINDS[seed % len(Farm.KINDS)]
        started = time.monotonic()
        try:
            kind(Farm(seeds, case_folder, seed))
        except Exception as error:
            failures[seed] = error
            print(f"case {seed}, {kind.__name__}: {error!r}"[:500], flush=True)
        seconds[kind.__name__] += time.monotonic() - started
        shutil.rmtree(case_folder)
    print({name: round(spent, 1) for name, spent in seconds.most_common()})
    print(f"{cases} cases, {len(failures)} failures, {seconds.total():.0f} s")
    if failures:
        raise next(iter(failures.values()))


def test_mutated_files_raise_nothing_but_problems(seeds, tmp_path):
    run(seeds, tmp_path, CASES)


@pytest.mark.farm
@pytest.mark.timeout(0)
def test_many_mutated_files(seeds, tmp_path):
    run(seeds, tmp_path, MANY)
