"""Class folders: `[split/]class/file`, with `classes.txt` (class order) and `labels.csv` (all columns)."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from engine.atomic_files import atomic_write
from engine.exchange.export_row import ExportRow
from engine.exchange.formats.claims import (
    LabelClaim,
    LabelClaims,
    parse_class_order,
    parse_split,
)
from engine.exchange.formats.dataset_format import FolderFormat
from engine.exchange.formats.export_files import ExportedFile, check_folder_name
from engine.exchange.formats.labels_csv import read_labels, write_labels
from engine.exchange.formats.untrusted_files import display_name, file_sha256, read_text
from engine.images import folder_layout
from engine.images.class_set import ClassSet
from engine.images.record import ImageRecord
from engine.images.source import open_source
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.outputs import Output

_CLASSES_FILE = "classes.txt"
_LABELS_FILE = "labels.csv"


class ClassFolders(FolderFormat):
    """`[split/]class/file`, with `classes.txt` (class order) and `labels.csv` (all columns)."""

    id = "folder"

    def check_classes(self, classes: Sequence[str]) -> None:
        """Raise `Problem` for a class that is no folder name, names a split, or differs only in case."""
        folded = {name.casefold() for name in classes}
        for name in classes:
            check_folder_name(name)
            if parse_split(name) or len(folded) < len(classes):
                raise Problem("export.bad_class", label=name)

    def image_folder(self, row: ExportRow) -> str:
        """Return `[split/]class`."""
        return "/".join(part for part in (row.split, row.label) if part)

    def write_labels(
        self, folder: Path, files: Sequence[ExportedFile], classes: Sequence[str]
    ) -> None:
        """Write `classes.txt` and `labels.csv`, the latter without probabilities."""
        atomic_write(folder / _CLASSES_FILE, "".join(f"{name}\n" for name in classes).encode())
        rows = [
            replace(file.row, path=file.file, sha256=file.sha256, probabilities=())
            for file in files
        ]
        write_labels(Output(folder / _LABELS_FILE), rows, ())

    def read_folder(
        self, job: Job, folder: Path, classes: ClassSet, order: Sequence[str]
    ) -> LabelClaims | None:
        """Return the claims of `labels.csv`, None if the folder has no such file."""
        if not (folder / _LABELS_FILE).is_file():
            return None
        found = read_labels(folder / _LABELS_FILE)
        return LabelClaims(found.claims, _read_class_order(folder) or found.classes)


def read_class_folders(job: Job, folder: Path, classes: ClassSet) -> LabelClaims:
    """Return the claims made by the names of folders; raises `Problem` where no folder is a class."""
    order = _read_class_order(folder)
    source = open_source(folder, classes)
    records = [record for record in source.scan(job) if isinstance(record, ImageRecord)]
    class_of_folder = _class_of_folder(records, order, classes)
    claims = []
    for record in records:
        job.check()
        parts = record.path.split("/")[:-1]
        label = next((part for part in reversed(parts) if part in order), record.label)
        named = list(
            dict.fromkeys(class_of_folder[part] for part in parts if part in class_of_folder)
        )
        unusable = (
            Message("import.two_classes", {"outer": named[0], "inner": named[-1]})
            if len(named) > 1
            else None
        )
        claims.append(
            LabelClaim(
                record.path,
                file_sha256(folder / record.path),
                label,
                record.path,
                split=record.split,
                unusable_reason=unusable,
            )
        )
    if not any(claim.label for claim in claims):
        raise Problem("import.nothing", name=display_name(folder))
    return LabelClaims(tuple(claims), order)


def _class_of_folder(
    records: Sequence[ImageRecord], order: Sequence[str], classes: ClassSet
) -> dict[str, str]:
    """Return the class that each folder name means, without names that mean none.

    A folder name that gave an image its label means that class everywhere.
    """
    meaning: dict[str, str] = {}
    for record in records:
        parts = record.path.split("/")[:-1]
        for part in parts:
            if cell_class := classes.find(part):
                meaning[part] = cell_class.id
            elif part in order or part == record.label:
                meaning[part] = part
    # An unknown top folder that holds folders of classes, beside other classes, is a class as well.
    top_folders = {record.path.split("/", 1)[0] for record in records if "/" in record.path}
    for name, place in folder_layout.label_subfolders(
        folder_layout.FolderLabel(), top_folders, {}, classes
    ).items():
        if place.label:
            meaning.setdefault(name, place.label)
    return meaning


def _read_class_order(folder: Path) -> tuple[str, ...]:
    if not (folder / _CLASSES_FILE).is_file():
        return ()
    order = parse_class_order(read_text(folder / _CLASSES_FILE).splitlines())
    if order is None:
        raise Problem("import.damaged", name=_CLASSES_FILE)
    return order
