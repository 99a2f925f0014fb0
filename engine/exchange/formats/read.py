"""Reading a data set or a file of labels: which format it is, and what it claims."""

import csv
import io
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from engine.exchange.formats.claims import Claim, Claims, check_order, split_of
from engine.exchange.formats.labels_csv import read_labels
from engine.exchange.formats.layouts import CLASSES
from engine.exchange.formats.npz import read_npz
from engine.exchange.formats.reading import (
    inside,
    parse_json,
    read_json,
    read_text,
    relative,
    sha256_of,
    shown,
)
from engine.exchange.unzip import unzip
from engine.images.classes import ClassSet
from engine.images.record import ImageRecord
from engine.images.source import open_source
from engine.jobs import Job
from engine.messages import Message, Problem

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
    if (folder / "labels.json").is_file():
        return _fifty_one(job, folder)
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
    claims = []
    for one in source.scan(job):
        if isinstance(one, ImageRecord):
            parts = one.path.split("/")[:-1]
            label = next((part for part in reversed(parts) if part in order), one.label)
            digest = sha256_of(folder / one.path)
            claims.append(Claim(one.path, digest, label, one.path, split=one.split))
    if not any(claim.label for claim in claims):
        raise Problem("import.nothing", name=shown(folder))
    return Claims(tuple(claims), order)


def _class_file(folder: Path) -> tuple[str, ...]:
    if not (folder / CLASSES).is_file():
        return ()
    order = check_order(read_text(folder / CLASSES).splitlines())
    if order is None:
        raise Problem("import.damaged", name=CLASSES)
    return order


def _fifty_one(job: Job, folder: Path) -> Claims:
    plain = read_json(folder / "labels.json")
    labels = plain.get("labels") if isinstance(plain, dict) else None
    if not isinstance(labels, dict):
        raise Problem("import.damaged", name="labels.json")
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
    for where, name, value in _metadata_rows(file):
        job.check()
        if value is None or value == "":
            continue
        label, unclear = _named(value, order)
        image = inside(file.parent, name)
        plain = relative(name)
        path = (file.parent.relative_to(folder) / plain).as_posix() if plain else ""
        yield Claim(path, sha256_of(image), label, where, split=split, unclear=unclear)


def _metadata_rows(file: Path) -> Iterator[tuple[str, str, Any]]:
    text = read_text(file)
    if file.suffix == ".csv":
        try:
            for number, row in enumerate(
                csv.DictReader(io.StringIO(text, newline=""), strict=True), 2
            ):
                if row.get("file_name"):
                    yield f"{shown(file)}:{number}", row["file_name"], row.get("label")
        except csv.Error as error:
            raise Problem("import.damaged", name=shown(file)) from error
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            plain = parse_json(line, shown(file))
            if isinstance(plain, dict) and isinstance(plain.get("file_name"), str):
                yield f"{shown(file)}:{number}", plain["file_name"], plain.get("label")


def _named(value: object, order: Sequence[str]) -> tuple[str | None, Message | None]:
    """Return a label given as text, or as a number of an explicit order."""
    if isinstance(value, str):
        return value, None
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
    for file in _walk(job, folder):
        if file.suffix.lower() == ".json":
            plain = read_json(file)
            return isinstance(plain, dict) and "flags" in plain and "imagePath" in plain
    return False


def _labelme(job: Job, folder: Path) -> Claims:
    claims = []
    for file in _walk(job, folder):
        if file.suffix.lower() != ".json":
            continue
        plain = read_json(file)
        if not isinstance(plain, dict) or not isinstance(flags := plain.get("flags"), dict):
            continue
        chosen = [name for name, value in flags.items() if value is True]
        if not chosen:
            continue
        image = plain.get("imagePath")
        # X-AnyLabeling and labelme on Windows write the paths of Windows.
        named = relative(image.replace("\\", "/")) if isinstance(image, str) else None
        where = file.relative_to(folder).as_posix()
        path = (file.parent.relative_to(folder) / named).as_posix() if named else ""
        digest = sha256_of(inside(file.parent, named)) if named else ""
        several = Message("import.several_flags", {"count": len(chosen)})
        unclear = several if len(chosen) > 1 else None
        claims.append(Claim(path, digest, chosen[0], where, unclear=unclear))
    order = read_text(folder / "flags.txt").splitlines() if (folder / "flags.txt").is_file() else []
    return Claims(tuple(claims), check_order([name for name in order if name]) or ())
