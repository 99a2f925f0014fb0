"""Reading of a data set or a file of labels: detects the format and returns its claims."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from engine.exchange.formats.claims import LabelClaims
from engine.exchange.formats.class_folders import read_class_folders
from engine.exchange.formats.registry import FILE_READERS, FOLDER_READERS
from engine.exchange.formats.untrusted_files import display_name
from engine.exchange.unzip import unzip
from engine.images.class_set import ClassSet
from engine.jobs import Job
from engine.messages import Problem


def read_dataset(job: Job, path: Path, classes: ClassSet, order: Sequence[str] = ()) -> LabelClaims:
    """Read claims from a CSV, an npz, a folder or a zip of one; `order` names bare class numbers.

    A folder's format is recognised by its files. Nothing outside it is read. Raises `Problem`
    (`import.*`, `archive.*`) and `Cancelled`.
    """
    if path.is_dir():
        return _read_folder(job, path, classes, order)
    if path.suffix.lower() == ".zip":
        with tempfile.TemporaryDirectory(prefix="bloodbench-") as name:
            return _read_folder(job, unzip(job, path, Path(name) / "new"), classes, order)
    for dataset_format in FILE_READERS:
        if (claims := dataset_format.read_file(job, path, order)) is not None:
            return claims
    if not path.exists():
        raise Problem("import.missing", name=display_name(path))
    raise Problem("import.unknown", name=display_name(path))


def _read_folder(job: Job, folder: Path, classes: ClassSet, order: Sequence[str]) -> LabelClaims:
    for dataset_format in FOLDER_READERS:
        if (claims := dataset_format.read_folder(job, folder, classes, order)) is not None:
            return claims
    return read_class_folders(job, folder, classes)
