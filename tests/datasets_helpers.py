"""Helpers for tests of exchange: small labelled folders, exported, read back and matched."""

import hashlib
import io
from pathlib import Path

import numpy as np
from PIL import Image

from engine.exchange.export_row import ExportRow
from engine.exchange.formats.dataset_reader import read_dataset
from engine.exchange.formats.dataset_writer import write_dataset
from engine.exchange.formats.import_plan import ImportPlan, KnownImage, match_claims
from engine.images.class_set import load_class_set
from engine.images.record import ImageRecord
from engine.images.source import open_source
from engine.jobs import Job

SET = load_class_set()


def png_bytes(number: int, edge: int = 8) -> bytes:
    """Return the content of a PNG file that differs for each number."""
    out = io.BytesIO()
    pixels = np.random.default_rng(number).integers(0, 255, (edge, edge, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()


def find_class_id(label: str) -> str | None:
    """Return the class id of a label: a class of the set, or any label that begins with `own`."""
    cell_class = SET.find(label)
    return cell_class.id if cell_class else label if label.startswith("own") else None


class LabelledCells:
    """A folder of images, given as path -> (content number, label)."""

    def __init__(self, root: Path, images: dict[str, tuple[int, str | None]], **more) -> None:
        self.root = root
        self.rows = []
        root.mkdir(parents=True, exist_ok=True)
        for path, (number, label) in images.items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(png_bytes(number))
            digest = hashlib.sha256(png_bytes(number)).hexdigest()
            self.rows.append(ExportRow(path, digest, label, label, **more.get(path, {})))
        self.source = open_source(root)
        self.labels = {path: label for path, (_, label) in images.items() if label is not None}

    def write(self, kind: str, out: Path, order=SET.ids, **options):
        """Export all images; `order` is the order of classes."""
        images = [(ImageRecord(row.path, None, row.split, 0, 0), row) for row in self.rows]
        return write_dataset(Job(), self.source, images, order, kind, out, **options)

    def known(self, labels=None) -> list[KnownImage]:
        """Return the images as an import sees them, without labels unless given."""
        return [KnownImage(row.path, row.sha256, (labels or {}).get(row.path)) for row in self.rows]


def make_plan(path: Path, cells: LabelledCells, **options) -> ImportPlan:
    """Read the labels at a path and match them with images."""
    return match_claims(
        read_dataset(Job(), path, SET, **options).claims, cells.known(), find_class_id
    )


def planned_labels(plan: ImportPlan) -> dict[str, str | None]:
    """Return the labels that a plan gives."""
    return {change.path: change.new for change in plan.changes if change.field == "label"}
