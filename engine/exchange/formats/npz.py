"""MedMNIST's npz and the report's own (`data`, `labels`), with what they lack: names and identities."""

import os
import secrets
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.exchange.export_row import Row
from engine.exchange.formats.claims import Claim, Claims
from engine.exchange.formats.untrusted_files import as_written, is_sha256, shown
from engine.images import npz
from engine.images.archive_labels import read_class_names, parse_labels
from engine.images.record import ImageRecord
from engine.images.resize import square
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.outputs import check_is_free, move_into_place
from engine.writing import to_printable

_SPLITS = ("train", "val", "test")


def write_npz(
    job: Job,
    source: Source,
    images: Sequence[tuple[ImageRecord, Row]],
    classes: Sequence[str],
    out: Path,
    size: int,
    *,
    splits: bool,
    names: bool = True,
) -> list[tuple[str, Message]]:
    """Write `size` x `size` RGB images and their labels as numbers; returns which were left out.

    With `splits` as MedMNIST has it (`train_images` (n, s, s, 3) uint8, `train_labels` (n, 1) uint8,
    …; without a split: train), else `data` and `labels`. What both formats lack is added: `classes`
    (names in the order of the numbers) and, a split each, `sha256` and `paths`.
    """
    if len(classes) > 256:
        raise Problem("export.too_many_classes", count=len(classes))
    order = {name: number for number, name in enumerate(classes)}
    parts = (
        {split: [one for one in images if (one[1].split or "train") == split] for split in _SPLITS}
        if splits
        else {"": list(images)}
    )
    left_out: list[tuple[str, Message]] = []
    check_is_free(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_name(f".{out.name[:100]}.{secrets.token_hex(4)}.part")
    try:
        with zipfile.ZipFile(partial, "x", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            done = 0
            _put(archive, "classes", np.array(list(classes), np.str_))
            for split, members in parts.items():
                prefix = f"{split}_" if split else ""
                name = f"{prefix}images" if split else "data"
                kept = _write_images(
                    job, archive, name, source, members, size, (done, len(images)), left_out
                )
                done += len(members)
                labels = [order[row.label or ""] for row in kept]
                _put(archive, f"{prefix}labels", np.array(labels, np.uint8).reshape(-1, 1))
                _put(archive, f"{prefix}sha256", np.array([row.sha256 for row in kept], "U64"))
                if names:
                    paths = [to_printable(row.path) for row in kept]
                    _put(archive, f"{prefix}paths", np.array(paths, np.str_))
        move_into_place(partial, out)
    finally:
        partial.unlink(missing_ok=True)
    return left_out


def _write_images(
    job: Job,
    archive: zipfile.ZipFile,
    name: str,
    source: Source,
    images: Sequence[tuple[ImageRecord, Row]],
    size: int,
    progress: tuple[int, int],
    left_out: list[tuple[str, Message]],
) -> list[Row]:
    """Stream the images into the archive, one in memory at a time; returns those that could be read."""
    kept: list[Row] = []
    # The header says how many there are, so what cannot be read has to be known before.
    spool = Path(f"{archive.filename}.{name}")
    try:
        with spool.open("xb") as raw:
            for number, (record, row) in enumerate(images):
                job.progress(progress[0] + number, progress[1], Message("export.copying"))
                try:
                    raw.write(square(source.load(record).pixels, size).tobytes())
                except Problem as problem:
                    left_out.append((record.path, problem.message))
                    continue
                kept.append(row)
        with archive.open(f"{name}.npy", "w", force_zip64=True) as stream, spool.open("rb") as raw:
            shape = (len(kept), size, size, 3)
            np.lib.format.write_array_header_1_0(
                stream, {"descr": "|u1", "fortran_order": False, "shape": shape}
            )
            while chunk := raw.read(1 << 20):
                stream.write(chunk)
    finally:
        spool.unlink(missing_ok=True)
    return kept


def _put(archive: zipfile.ZipFile, name: str, array: npt.NDArray[Any]) -> None:
    with archive.open(f"{name}.npy", "w", force_zip64=True) as stream:
        np.lib.format.write_array(stream, array, allow_pickle=False)


def read_npz(path: Path, classes: Sequence[str] = ()) -> Claims:
    """Read labels of an npz that says which images it is of (`sha256` or `paths`, as ours does).

    `classes` names the numbers where the file does not. Raises `Problem` (`archive.*`, `import.*`).
    """
    found = npz.members(path)
    order = read_class_names(path, found) or tuple(classes)
    claims: list[Claim] = []
    for prefix in ("", *(f"{split}_" for split in _SPLITS)):
        if f"{prefix}labels" in found:
            claims += _claims(path, found, prefix, order)
    return Claims(tuple(claims), order)


def _claims(
    path: Path, found: dict[str, npz.Member], prefix: str, order: tuple[str, ...]
) -> list[Claim]:
    labels = parse_labels(npz.read(path, found[f"{prefix}labels"]), f"{prefix}labels")
    identities = _texts(path, found, f"{prefix}sha256") if f"{prefix}sha256" in found else []
    paths = _texts(path, found, f"{prefix}paths") if f"{prefix}paths" in found else []
    if not len(labels):
        return []
    if not (identities or paths):
        raise Problem("import.npz_no_names", name=shown(path))
    for texts in (identities, paths):
        if texts and len(texts) != len(labels):
            raise Problem("import.damaged", name=shown(path))
    claims = []
    for index, value in enumerate(labels):
        label, unclear = _label(value, order)
        sha256 = identities[index] if identities and is_sha256(identities[index]) else ""
        claims.append(
            Claim(
                path=as_written(paths[index]) if paths else "",
                sha256=sha256,
                label=label,
                where=f"{shown(path)}/{prefix}labels[{index}]",
                split=prefix.rstrip("_") or None,
                unclear=unclear,
            )
        )
    return claims


def _label(value: int | str, order: tuple[str, ...]) -> tuple[str | None, Message | None]:
    if isinstance(value, str):
        return value or None, None
    if 0 <= value < len(order):
        return order[value], None
    return None, Message("import.class_number", {"number": value})


def _texts(path: Path, found: dict[str, npz.Member], name: str) -> list[str]:
    values = npz.read(path, found[name])
    if values.dtype.kind != "U" or values.ndim != 1:
        raise Problem("import.damaged", name=shown(path))
    return [os.fspath(value) for value in values.tolist()]
