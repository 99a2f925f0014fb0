"""Reading of a data set or a file of labels: detects the format and returns its claims."""

from collections.abc import Sequence
from pathlib import Path

from engine.damaged_data import DamagedData, decoding
from engine.exchange.formats.claims import LabelClaims
from engine.exchange.formats.class_folders import read_class_folders
from engine.exchange.formats.registry import FILE_READERS, FOLDER_READERS
from engine.exchange.formats.untrusted_files import display_name
from engine.exchange.unzip import unzip
from engine.images.class_set import ClassSet
from engine.jobs import Job
from engine.messages import Problem
from engine.temporaries import temporary_folder


def read_dataset(job: Job, path: Path, classes: ClassSet, order: Sequence[str] = ()) -> LabelClaims:
    """Read claims from a CSV, an npz, a folder or a zip of one; `order` names bare class numbers.

    A folder's format is recognised by its files. Nothing outside it is read. Raises `Problem`
    (`import.*`, `archive.*`) and `Cancelled`; whatever else a reader fails with means that the file is
    damaged.
    """
    try:
        with decoding():
            return _read(job, path, classes, order)
    except DamagedData as error:
        raise Problem("import.damaged", name=display_name(path)) from error


def _read(job: Job, path: Path, classes: ClassSet, order: Sequence[str]) -> LabelClaims:
    if path.is_dir():
        return _read_folder(job, path, classes, order)
    if path.suffix.lower() == ".zip":
        with temporary_folder("data-set") as temporary:
            return _read_folder(job, unzip(job, path, temporary / "new"), classes, order)
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
