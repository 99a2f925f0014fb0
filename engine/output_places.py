"""Places of outputs: what lies inside the folders that images are read from."""

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

from engine.messages import Problem


def enclosing_folder(place: Path, folders: Iterable[Path]) -> Path | None:
    """Return the one of some folders that a path is or lies in, by whatever names; None if there is none.

    The path need not exist. Links are followed, and folders are compared by device and inode.
    """
    resolved = Path(os.path.realpath(place))
    above = [resolved, *resolved.parents]
    for folder in folders:
        with contextlib.suppress(OSError):
            if any(parent.exists() and parent.samefile(folder) for parent in above):
                return folder
    return None


def check_images_outside(place: Path, folders: Iterable[Path]) -> None:
    """Raise `Problem` if images written at a path would be read as images of one of the folders later."""
    if folder := enclosing_folder(place, folders):
        raise Problem("write.among_images", path=str(place), folder=str(folder))
