"""Writing of a data set: the labelled images of a source in one of the formats, completely or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from engine.exchange.formats.dataset_format import ExportImage, ExportRequest, LeftOut
from engine.exchange.formats.registry import FORMATS
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.output_places import check_images_outside


@dataclass(frozen=True, slots=True)
class ExportedDataset:
    """Outcome of an export: number of images, and those left out with the reason."""

    images: int
    left_out: tuple[LeftOut, ...]


def check_export_place(source: Source, kind: str, out: Path) -> None:
    """Raise `Problem` if the export of a scanned source to `out` would be read as images of the source."""
    if FORMATS[kind].writes_images:
        check_images_outside(out, source.folders)


def write_dataset(
    job: Job,
    source: Source,
    images: Sequence[ExportImage],
    classes: Sequence[str],
    kind: str,
    out: Path,
    *,
    size: int = 96,
    names: bool = True,
) -> ExportedDataset:
    """Write images with a label in the format `kind` (an id in `FORMATS`), classes in this order.

    Images that are removed, not classed or unlabelled are left out, as is one that changed since it
    was hashed; the table of labels lists every image. `out` must be new or an empty folder (a new file for
    npz and CSV) that passed `check_export_place` before the images were hashed. `size` is the edge of npz
    images in pixels. Without `names` files are named after their content, and notes and tags are left out,
    which may name patients. Raises `Problem`, `OSError` and `Cancelled`, and then leaves nothing.
    """
    dataset_format = FORMATS[kind]
    chosen, left_out = list(images), list[LeftOut]()
    if not dataset_format.takes_unlabelled:
        chosen, left_out = _select_labelled(images)
        if not chosen:
            raise Problem("export.nothing")
    if not names:
        chosen = [(record, replace(row, note="", tags=())) for record, row in chosen]
    order = tuple(dict.fromkeys([*classes, *_further_classes(images, classes)]))
    failed = dataset_format.write(job, ExportRequest(source, chosen, order, out, size, names))
    return ExportedDataset(len(chosen) - len(failed), (*left_out, *failed))


def _select_labelled(
    images: Sequence[ExportImage],
) -> tuple[list[ExportImage], list[LeftOut]]:
    chosen: list[ExportImage] = []
    left_out: list[LeftOut] = []
    for record, row in images:
        if row.status in ("removed", "not_classed", "unread"):
            left_out.append((record.path, Message(f"export.{row.status}")))
        elif row.label is None:
            left_out.append((record.path, Message("export.no_label")))
        else:
            chosen.append((record, row))
    return chosen, left_out


def _further_classes(images: Sequence[ExportImage], classes: Sequence[str]) -> list[str]:
    return sorted({row.label for _, row in images if row.label} - set(classes))
