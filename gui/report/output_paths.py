"""Output paths: new files and folders, so that nothing is overwritten."""

import contextlib
from itertools import count
from pathlib import Path


def new_output_path(into: Path, name: str, suffix: str = "") -> Path:
    """Create a new folder in `into`, or with a suffix return the path of a new file.

    Raises `OSError`.
    """
    into.mkdir(parents=True, exist_ok=True)
    for number in count(1):
        path = into / f"{name}{'' if number == 1 else f'-{number}'}{suffix}"
        if suffix:
            if not path.exists():
                return path
            continue
        with contextlib.suppress(FileExistsError):
            path.mkdir()
            return path
    raise AssertionError
