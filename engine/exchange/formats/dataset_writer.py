"""Writing a data set: the labelled images of a source, in one of the formats, whole or not at all."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.exchange.export_row import Row
from engine.exchange.formats.export_files import Names, Placed, content, digest_of
from engine.exchange.formats.labels_csv import write_labels
from engine.exchange.formats.layouts import LAYOUTS
from engine.exchange.formats.npz import write_npz
from engine.images.record import ImageRecord
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.outputs import Output, check_is_free, move_into_place

FORMATS = (*LAYOUTS, "npz", "medmnist", "csv")

Labelled = tuple[ImageRecord, Row]


@dataclass(frozen=True, slots=True)
class Written:
    """What an export holds: how many images, and which were left out, with the reason."""

    images: int
    left_out: tuple[tuple[str, Message], ...]


def write_dataset(
    job: Job,
    source: Source,
    images: Sequence[Labelled],
    classes: Sequence[str],
    kind: str,
    out: Path,
    *,
    size: int = 96,
    names: bool = True,
) -> Written:
    """Write images with a label as the format `kind` (`FORMATS`); `classes` is the order of classes.

    Images that are removed, not classed or without a label are left out, as is one that changed since
    it was hashed. `out` must be new or an empty folder (a new file for npz and CSV). `size` is the
    edge of npz images in pixels. Without `names` files are called by their content. Raises
    `Problem`, `OSError`, `Cancelled`, and then leaves nothing.
    """
    order = tuple(dict.fromkeys([*classes, *_more(images, classes)]))
    chosen, left_out = _choose(images)
    if not (chosen or kind == "csv"):
        raise Problem("export.nothing")
    if kind == "csv":
        write_labels(Output(out), [row for _, row in images], ())
        return Written(len(images), ())
    if kind in ("npz", "medmnist"):
        splits = kind == "medmnist"
        bad = write_npz(job, source, chosen, order, out, size, splits=splits, names=names)
    else:
        bad = _write_folder(job, source, chosen, order, kind, out, names=names)
    return Written(len(chosen) - len(bad), (*left_out, *bad))


def _choose(images: Sequence[Labelled]) -> tuple[list[Labelled], list[tuple[str, Message]]]:
    chosen: list[Labelled] = []
    left_out: list[tuple[str, Message]] = []
    for record, row in images:
        if row.status in ("removed", "not_classed", "unread"):
            left_out.append((record.path, Message(f"export.{row.status}")))
        elif row.label is None:
            left_out.append((record.path, Message("export.no_label")))
        else:
            chosen.append((record, row))
    return chosen, left_out


def _more(images: Sequence[Labelled], classes: Sequence[str]) -> list[str]:
    return sorted({row.label for _, row in images if row.label} - set(classes))


def _write_folder(
    job: Job,
    source: Source,
    images: Sequence[Labelled],
    classes: Sequence[str],
    kind: str,
    out: Path,
    *,
    names: bool,
) -> list[tuple[str, Message]]:
    layout = LAYOUTS[kind]()
    layout.check(classes)
    check_is_free(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    given = Names()
    placed: list[Placed] = []
    left_out: list[tuple[str, Message]] = []
    with tempfile.TemporaryDirectory(prefix=".export-", dir=out.parent) as folder:
        made = Path(folder) / "new"
        made.mkdir()
        for number, (record, row) in enumerate(images):
            job.progress(number, len(images), Message("export.copying"))
            try:
                data, suffix = content(source, record)
                size = _size(data)
            except Problem as problem:
                left_out.append((record.path, problem.message))
                continue
            digest = digest_of(data)
            if row.sha256 and (source.root / record.path).is_file() and row.sha256 != digest:
                left_out.append((record.path, Message("image.changed")))
                continue
            file = given.give(layout.place(row), row.path if names else "", suffix, digest)
            (made / file).parent.mkdir(parents=True, exist_ok=True)
            (made / file).write_bytes(data)
            placed.append(Placed(row, file, digest, size))
        layout.finish(made, placed, classes)
        move_into_place(made, out)
    return left_out


def _size(data: bytes) -> tuple[int, int]:
    """Return width and height as stored; raises `Problem` where it is no image."""
    import io

    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as image:
            return image.size
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise Problem("image.damaged") from error
