"""Places for what is written: always new, so that nothing is written over."""

import contextlib
from itertools import count
from pathlib import Path


def new_place(into: Path, name: str, suffix: str = "") -> Path:
    """Make a new folder in `into`, or with a suffix return a file that is not there; raises OSError."""
    into.mkdir(parents=True, exist_ok=True)
    for number in count(1):
        place = into / f"{name}{'' if number == 1 else f'-{number}'}{suffix}"
        if suffix:
            if not place.exists():
                return place
            continue
        with contextlib.suppress(FileExistsError):
            place.mkdir()
            return place
    raise AssertionError
