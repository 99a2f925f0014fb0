"""What tests of exchange do: small folders of images with labels, written, read back and matched."""

import hashlib
import io
from pathlib import Path

import numpy as np
from PIL import Image

from engine.exchange.formats.import_plan import Known, Plan, plan
from engine.exchange.formats.dataset_reader import read
from engine.exchange.formats.dataset_writer import write_dataset
from engine.exchange.export_row import Row
from engine.images.class_set import load_class_set
from engine.images.record import ImageRecord
from engine.images.source import open_source
from engine.jobs import Job

SET = load_class_set()


def png(number: int, edge: int = 8) -> bytes:
    """Return an image's file, of other content for each number."""
    out = io.BytesIO()
    pixels = np.random.default_rng(number).integers(0, 255, (edge, edge, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()


def find(label: str) -> str | None:
    """Return the class id of a label: those of the set, and any that begins with `own`."""
    known = SET.find(label)
    return known.id if known else label if label.startswith("own") else None


class Cells:
    """A folder of images: path to number of its content and label."""

    def __init__(self, root: Path, images: dict[str, tuple[int, str | None]], **more) -> None:
        self.root = root
        self.rows = []
        root.mkdir(parents=True, exist_ok=True)
        for path, (number, label) in images.items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(png(number))
            digest = hashlib.sha256(png(number)).hexdigest()
            self.rows.append(Row(path, digest, label, label, **more.get(path, {})))
        self.source = open_source(root)
        self.labels = {path: label for path, (_, label) in images.items() if label is not None}

    def write(self, kind: str, out: Path, order=SET.ids, **options):
        """Export all images; `order` is the order of classes."""
        images = [(ImageRecord(row.path, None, row.split, 0, 0), row) for row in self.rows]
        return write_dataset(Job(), self.source, images, order, kind, out, **options)

    def known(self, labels=None) -> list[Known]:
        """Return the images as an import sees them, without any label unless given."""
        return [Known(row.path, row.sha256, (labels or {}).get(row.path)) for row in self.rows]


def plan_of(path: Path, cells: Cells, **options) -> Plan:
    """Read what is at a path and match it with images."""
    return plan(read(Job(), path, SET, **options).claims, cells.known(), find)


def given(found: Plan) -> dict[str, str | None]:
    """Return the labels that a plan gives."""
    return {one.path: one.new for one in found.changes if one.field == "label"}
