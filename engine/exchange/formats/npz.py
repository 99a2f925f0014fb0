"""npz archives in MedMNIST's layout and as `data` and `labels`, with image paths and hashes added."""

import json
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.exchange.export_row import ExportRow
from engine.exchange.formats.claims import LabelClaim, LabelClaims, parse_tags
from engine.exchange.formats.dataset_format import (
    DatasetFormat,
    ExportImage,
    ExportRequest,
    LeftOut,
)
from engine.exchange.formats.untrusted_files import (
    claimed_path,
    display_name,
    is_sha256,
    parse_json,
)
from engine.images import npz
from engine.images.archive_labels import parse_labels, read_class_names
from engine.images.resize import resize_to_square
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.outputs import check_is_free, move_into_place
from engine.temporaries import open_temporary_file
from engine.text import to_printable

_SPLITS = ("train", "val", "test")


class NpzArchive(DatasetFormat):
    """npz archive: id "npz" writes `data` and `labels`, "medmnist" the splits of MedMNIST.

    Both read both layouts.
    """

    suffix = ".npz"
    resizes_images = True

    def __init__(self, format_id: str) -> None:
        self.id = format_id
        self._has_splits = format_id == "medmnist"

    def write(self, job: Job, request: ExportRequest) -> list[LeftOut]:
        """Write square RGB images and their labels as numbers.

        MedMNIST's layout has `train_images` (n, s, s, 3) uint8, `train_labels` (n, 1) uint8, etc.;
        images without a split go to train. Both layouts get `classes` (names in the order of the
        numbers) and, for each split, `sha256` and `paths`.
        """
        return _write_npz(job, request, has_splits=self._has_splits)

    def read_file(self, job: Job, path: Path, order: Sequence[str]) -> LabelClaims | None:
        """Return the claims of an `.npz` file."""
        return read_npz(path, order) if path.suffix.lower() == ".npz" else None


def _write_npz(job: Job, request: ExportRequest, *, has_splits: bool) -> list[LeftOut]:
    images, classes, out = request.images, request.classes, request.out
    if len(classes) > 256:
        raise Problem("export.too_many_classes", count=len(classes))
    order = {name: number for number, name in enumerate(classes)}
    parts = (
        {
            split: [(record, row) for record, row in images if (row.split or "train") == split]
            for split in _SPLITS
        }
        if has_splits
        else {"": list(images)}
    )
    left_out: list[LeftOut] = []
    check_is_free(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    with open_temporary_file(out) as (partial, stream):
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            done = 0
            _put(archive, "classes", np.array(list(classes), np.str_))
            for split, members in parts.items():
                prefix = f"{split}_" if split else ""
                name = f"{prefix}images" if split else "data"
                written = _write_images(job, archive, name, request, members, done, left_out)
                done += len(members)
                labels = [order[row.label or ""] for row in written]
                _put(archive, f"{prefix}labels", np.array(labels, np.uint8).reshape(-1, 1))
                _put(archive, f"{prefix}sha256", np.array([row.sha256 for row in written], "U64"))
                _put_texts(archive, f"{prefix}tags", [list(row.tags) for row in written])
                _put_texts(archive, f"{prefix}notes", [row.note for row in written])
                if request.keep_names:
                    paths = [to_printable(row.path) for row in written]
                    _put(archive, f"{prefix}paths", np.array(paths, np.str_))
        stream.close()
        move_into_place(partial, out)
    return left_out


def _write_images(
    job: Job,
    archive: zipfile.ZipFile,
    name: str,
    request: ExportRequest,
    images: Sequence[ExportImage],
    done: int,
    left_out: list[LeftOut],
) -> list[ExportRow]:
    """Stream the images into the archive, one in memory at a time; return the rows of those written.

    `done` counts the images of earlier splits, for the progress.
    """
    size = request.size
    written: list[ExportRow] = []
    # The header holds the number of images, so unreadable ones have to be known before it is written.
    spool = Path(f"{archive.filename}.{name}")
    try:
        with spool.open("xb") as raw:
            for number, (record, row) in enumerate(images):
                job.progress(done + number, len(request.images), Message("export.copying"))
                try:
                    raw.write(resize_to_square(request.source.load(record).pixels, size).tobytes())
                except Problem as problem:
                    left_out.append((record.path, problem.message))
                    continue
                written.append(row)
        with archive.open(f"{name}.npy", "w", force_zip64=True) as stream, spool.open("rb") as raw:
            shape = (len(written), size, size, 3)
            np.lib.format.write_array_header_1_0(
                stream, {"descr": "|u1", "fortran_order": False, "shape": shape}
            )
            while chunk := raw.read(1 << 20):
                stream.write(chunk)
    finally:
        spool.unlink(missing_ok=True)
    return written


def _put(archive: zipfile.ZipFile, name: str, array: npt.NDArray[Any]) -> None:
    with archive.open(f"{name}.npy", "w", force_zip64=True) as stream:
        np.lib.format.write_array(stream, array, allow_pickle=False)


def _put_texts(
    archive: zipfile.ZipFile, name: str, texts: Sequence[str] | Sequence[list[str]]
) -> None:
    """Add texts by the numbers of their images, as JSON in bytes, if there are any.

    An array of texts would give each image the room of the longest.
    """
    if found := {str(number): text for number, text in enumerate(texts) if text}:
        data = json.dumps(found, ensure_ascii=False).encode("utf-8", "backslashreplace")
        _put(archive, name, np.frombuffer(data, np.uint8))


def read_npz(path: Path, classes: Sequence[str] = ()) -> LabelClaims:
    """Read the labels of an npz that identifies its images (`sha256` or `paths`, as ours does).

    `classes` names the class numbers if the file does not. Raises `Problem` (`archive.*`, `import.*`).
    """
    members = npz.list_members(path)
    order = read_class_names(path, members) or tuple(classes)
    claims: list[LabelClaim] = []
    for prefix in ("", *(f"{split}_" for split in _SPLITS)):
        if f"{prefix}labels" in members:
            claims += _claims(path, members, prefix, order)
    return LabelClaims(tuple(claims), order)


def _claims(
    path: Path, members: dict[str, npz.Member], prefix: str, order: tuple[str, ...]
) -> list[LabelClaim]:
    labels = parse_labels(npz.read_member(path, members[f"{prefix}labels"]), f"{prefix}labels")
    hashes = _texts(path, members, f"{prefix}sha256") if f"{prefix}sha256" in members else []
    paths = _texts(path, members, f"{prefix}paths") if f"{prefix}paths" in members else []
    all_tags = _read_tags(path, members, f"{prefix}tags")
    if not len(labels):
        return []
    if not (hashes or paths):
        raise Problem("import.npz_no_names", name=display_name(path))
    for texts in (hashes, paths):
        if texts and len(texts) != len(labels):
            raise Problem("import.damaged", name=display_name(path))
    claims = []
    for index, value in enumerate(labels):
        label, unusable = _label(value, order)
        sha256 = hashes[index] if hashes and is_sha256(hashes[index]) else ""
        tags, tag_problem = parse_tags(all_tags.get(str(index)))
        claims.append(
            LabelClaim(
                path=claimed_path(paths[index]) if paths else "",
                sha256=sha256,
                label=label,
                location=f"{display_name(path)}/{prefix}labels[{index}]",
                split=prefix.rstrip("_") or None,
                tags=tags,
                tag_problem=tag_problem,
                unusable_reason=unusable,
            )
        )
    return claims


def _label(value: int | str, order: tuple[str, ...]) -> tuple[str | None, Message | None]:
    if isinstance(value, str):
        return value or None, None
    if 0 <= value < len(order):
        return order[value], None
    return None, Message("import.class_number", {"number": value})


def _read_tags(path: Path, members: dict[str, npz.Member], name: str) -> dict[str, Any]:
    """Return the tags by the number of their image; none where another program means something else."""
    if name not in members:
        return {}
    values = npz.read_member(path, members[name])
    if values.dtype != np.uint8 or values.ndim != 1:
        return {}
    plain = parse_json(values.tobytes(), display_name(path))
    return plain if isinstance(plain, dict) else {}


def _texts(path: Path, members: dict[str, npz.Member], name: str) -> list[str]:
    values = npz.read_member(path, members[name])
    if values.dtype.kind != "U" or values.ndim != 1:
        raise Problem("import.damaged", name=display_name(path))
    return [os.fspath(value) for value in values.tolist()]
