"""Reading a data set or a file of labels: which format it is, and what it claims."""

import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from engine.exchange.formats.claims import Claim, Claims, check_order, split_of
from engine.exchange.formats.label_tables import LABELS, PATHS, column, no_columns, read_table
from engine.exchange.formats.labels_csv import read_labels
from engine.exchange.formats.layouts import CLASSES
from engine.exchange.formats.npz import read_npz
from engine.exchange.formats.untrusted_files import (
    as_written,
    inside,
    parse_json,
    read_json,
    read_text,
    relative,
    sha256_of,
    shown,
)
from engine.exchange.unzip import unzip
from engine.images import folder_layout
from engine.images.class_set import ClassSet
from engine.images.record import ImageRecord
from engine.images.source import open_source
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.writing import original_path, original_text

_METADATA = ("metadata.csv", "metadata.jsonl")
_MAX_FILES = 1_000_000
_CARD_NAME = re.compile(r"""^\s+['"]?(\d+)['"]?:\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S.*?))\s*$""")


def read(job: Job, path: Path, classes: ClassSet, order: Sequence[str] = ()) -> Claims:
    """Read claims from a CSV, an npz, a folder or a zip of one; `order` names bare numbers.

    Which format a folder has is seen by its files. Nothing outside it is read. Raises `Problem`
    (`import.*`, `archive.*`) and `Cancelled`.
    """
    if path.is_dir():
        return _read_folder(job, path, classes, order)
    suffix = path.suffix.lower()
    if suffix == ".npz":
        return read_npz(path, order)
    if suffix == ".zip":
        with tempfile.TemporaryDirectory(prefix="bloodbench-") as name:
            return _read_folder(job, unzip(job, path, Path(name) / "new"), classes, order)
    if suffix in (".csv", ".tsv", ".txt"):
        return read_labels(path)
    if suffix == ".jsonl":
        return Claims(tuple(_metadata(job, path.parent, path, order)), tuple(order))
    if not path.exists():
        raise Problem("import.missing", name=shown(path))
    raise Problem("import.unknown", name=shown(path))


def _read_folder(job: Job, folder: Path, classes: ClassSet, order: Sequence[str]) -> Claims:
    if (folder / "labels.json").is_file() and (found := _fifty_one(job, folder)):
        return found
    if (folder / "labels.csv").is_file():
        found = read_labels(folder / "labels.csv")
        return Claims(found.claims, _class_file(folder) or found.classes)
    if metadata := [file for file in _walk(job, folder) if file.name in _METADATA]:
        names = _data_card(folder) or tuple(order)
        claims = [one for file in metadata for one in _metadata(job, folder, file, names)]
        return Claims(tuple(claims), names)
    if (folder / "flags.txt").is_file() or _has_flags(job, folder):
        return _labelme(job, folder)
    return _image_folder(job, folder, classes)


def _walk(job: Job, folder: Path) -> Iterator[Path]:
    count = 0
    for name, folders, files in os.walk(folder):
        folders.sort()
        for file in sorted(files):
            job.check()
            count += 1
            if count > _MAX_FILES:
                raise Problem("import.too_many", name=shown(folder), limit=_MAX_FILES)
            yield Path(name) / file


def _image_folder(job: Job, folder: Path, classes: ClassSet) -> Claims:
    order = _class_file(folder)
    source = open_source(folder, classes)
    records = [found for found in source.scan(job) if isinstance(found, ImageRecord)]
    meant = _folder_classes(records, order, classes)
    claims = []
    for record in records:
        job.check()
        parts = record.path.split("/")[:-1]
        label = next((part for part in reversed(parts) if part in order), record.label)
        named = list(dict.fromkeys(meant[part] for part in parts if part in meant))
        says = {"outer": named[0], "inner": named[-1]} if len(named) > 1 else {}
        unclear = Message("import.two_classes", says) if says else None
        digest = sha256_of(folder / record.path)
        claims.append(
            Claim(record.path, digest, label, record.path, split=record.split, unclear=unclear)
        )
    if not any(claim.label for claim in claims):
        raise Problem("import.nothing", name=shown(folder))
    return Claims(tuple(claims), order)


def _folder_classes(
    records: Sequence[ImageRecord], order: Sequence[str], classes: ClassSet
) -> dict[str, str]:
    """Return the class that each name of a folder means, without those that mean none.

    A folder that gave an image its label is a class of that name anywhere.
    """
    meant: dict[str, str] = {}
    for record in records:
        parts = record.path.split("/")[:-1]
        for part in parts:
            if known := classes.find(part):
                meant[part] = known.id
            elif part in order or part == record.label:
                meant[part] = part
    # An unknown folder that holds folders of classes, beside other classes, is one as well.
    outer = {record.path.split("/", 1)[0] for record in records if "/" in record.path}
    for name, place in folder_layout.places(folder_layout.Place(), outer, {}, classes).items():
        if place.label:
            meant.setdefault(name, place.label)
    return meant


def _class_file(folder: Path) -> tuple[str, ...]:
    if not (folder / CLASSES).is_file():
        return ()
    order = check_order(read_text(folder / CLASSES).splitlines())
    if order is None:
        raise Problem("import.damaged", name=CLASSES)
    return order


def _fifty_one(job: Job, folder: Path) -> Claims | None:
    """Return what FiftyOne's labels say; None where the file of that name is of something else."""
    plain = read_json(folder / "labels.json")
    labels = plain.get("labels") if isinstance(plain, dict) else None
    if not isinstance(labels, dict) or "classes" not in plain:
        if (folder / "data").is_dir():
            raise Problem("import.damaged", name="labels.json")
        return None
    classes = plain.get("classes")
    order = check_order(classes) if isinstance(classes, list) else ()
    if order is None:
        raise Problem("import.damaged", name="labels.json")
    data = folder / "data"
    by_stem: dict[str, list[Path]] = {}
    for file in _walk(job, data):
        stem = file.relative_to(data).with_suffix("").as_posix()
        by_stem.setdefault(stem, []).append(file)
    claims = []
    for stem, given in labels.items():
        job.check()
        value = given.get("label") if isinstance(given, dict) else given
        if value is None:
            continue
        label, unclear = _named(value, order)
        files = by_stem.get(stem, [])
        if len(files) > 1:
            unclear = Message("import.ambiguous", {"count": len(files)})
        digest = sha256_of(files[0]) if len(files) == 1 else ""
        claims.append(Claim("", digest, label, f"labels.json: {stem}", unclear=unclear))
    return Claims(tuple(claims), order)


def _metadata(job: Job, folder: Path, file: Path, order: Sequence[str]) -> Iterator[Claim]:
    split = split_of(file.parent.name) if file.parent != folder else None
    rows = _csv_rows(file) if file.suffix == ".csv" else _json_rows(file)
    for where, name, value in rows:
        job.check()
        if value is None or value == "":
            continue
        label, unclear = _named(value, order)
        # Beside it lie the images that are meant: what leads elsewhere is not followed.
        image = name if inside(file.parent, name) else name.replace("\\", "/")
        path = _below(file.parent, folder, image)
        digest = sha256_of(inside(file.parent, image))
        yield Claim(path, digest, label, where, split=split, unclear=unclear)


def _below(parent: Path, folder: Path, name: str) -> str:
    """Return the path in `folder` that a name in `parent` means; nothing where it leads elsewhere."""
    plain = relative(name)
    return (parent.relative_to(folder) / plain).as_posix() if plain else ""


def _csv_rows(file: Path) -> Iterator[tuple[str, str, str]]:
    columns, rows = read_table(file)
    named, label = column(columns, ("file_name", *PATHS)), column(columns, LABELS)
    if named is None or label is None:
        raise no_columns(file, columns)
    for row in rows:
        if name := original_path(row.get(named)):
            yield row.where, name, original_text(row.get(label)).strip()


def _json_rows(file: Path) -> Iterator[tuple[str, str, Any]]:
    rows = []
    for number, line in enumerate(read_text(file).split("\n"), 1):
        if line.strip():
            plain = parse_json(line, shown(file))
            if isinstance(plain, dict):
                rows.append((f"{shown(file)}:{number}", plain))
    columns = tuple(dict.fromkeys(str(key) for _, row in rows for key in row))
    named, label = column(columns, ("file_name", *PATHS)), column(columns, LABELS)
    if rows and (named is None or label is None):
        raise no_columns(file, columns)
    for where, row in rows:
        if isinstance(name := row.get(named), str) and name:
            yield where, name, row.get(label)


def _named(value: object, order: Sequence[str]) -> tuple[str | None, Message | None]:
    """Return a label given as text, or as a number of an explicit order."""
    if isinstance(value, str) and not (order and value.isdecimal() and value not in order):
        return value, None
    if isinstance(value, str):
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(order):
        return order[value], None
    return None, Message("import.class_number", {"number": str(value)[:40]})


def _data_card(folder: Path) -> tuple[str, ...]:
    """Return the order of classes that a Hugging Face data card gives, or nothing."""
    if not (folder / "README.md").is_file():
        return ()
    head = read_text(folder / "README.md").split("\n---")[0]
    _, found, below = head.partition("class_label:")
    if not found:
        return ()
    names: dict[int, str] = {}
    for line in below.splitlines()[1:]:
        if line.strip() == "names:":
            continue
        match = _CARD_NAME.match(line)
        if not match:
            break
        number, double, single, bare = match.groups()
        text = parse_json(f'"{double}"', "README.md") if double is not None else single or bare
        names[int(number)] = str(text)
    ordered = [names[number] for number in range(len(names)) if number in names]
    return check_order(ordered) or () if len(ordered) == len(names) else ()


def _has_flags(job: Job, folder: Path) -> bool:
    return any(
        _flags(file) is not None for file in _walk(job, folder) if file.suffix.lower() == ".json"
    )


def _flags(file: Path) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Return a labelme file and its flags, or None where it is none: each file is judged by itself."""
    try:
        plain = read_json(file)
    except Problem:
        return None
    if not isinstance(plain, dict) or "imagePath" not in plain:
        return None
    flags = plain.get("flags")
    return (plain, flags) if isinstance(flags, dict) else None


def _labelme(job: Job, folder: Path) -> Claims:
    claims = []
    for file in _walk(job, folder):
        if file.suffix.lower() != ".json":
            continue
        where = file.relative_to(folder).as_posix()
        found = _flags(file)
        if found is None:
            claims.append(Claim("", "", None, where, unclear=Message("import.no_labels_here")))
            continue
        plain, flags = found
        chosen = [name for name, value in flags.items() if value is True]
        if not chosen:
            continue
        image = plain.get("imagePath")
        # X-AnyLabeling and labelme on Windows write the paths of Windows.
        named = image.replace("\\", "/") if isinstance(image, str) else ""
        path = _below(file.parent, folder, named) or as_written(named)
        digest = sha256_of(inside(file.parent, named))
        several = Message("import.several_flags", {"count": len(chosen)})
        unclear = several if len(chosen) > 1 else None
        claims.append(Claim(path, digest, chosen[0], where, unclear=unclear))
    order = read_text(folder / "flags.txt").splitlines() if (folder / "flags.txt").is_file() else []
    return Claims(tuple(claims), check_order([name for name in order if name]) or ())
