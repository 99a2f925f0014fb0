"""Registry of box formats: a new format is one class, added here."""

from pathlib import Path

from engine.exchange.formats.boxes.box_format import BoxClaim, BoxFormat
from engine.exchange.formats.boxes.coco import Coco
from engine.exchange.formats.boxes.pascal_voc import PascalVoc
from engine.exchange.formats.boxes.yolo import Yolo
from engine.exchange.formats.untrusted_files import display_name
from engine.jobs import Job
from engine.messages import Problem

BOX_FORMATS: dict[str, BoxFormat] = {
    box_format.id: box_format for box_format in (PascalVoc(), Coco(), Yolo())
}
"""All formats by id, in the order in which they are tried on a file or folder."""


def read_boxes(job: Job, path: Path) -> list[BoxClaim]:
    """Return the boxes of a file or folder of any of the formats; raises `Problem` and `Cancelled`."""
    if not path.exists():
        raise Problem("import.missing", name=display_name(path))
    for box_format in BOX_FORMATS.values():
        claims = box_format.read(job, path)
        if claims is not None:
            return claims
    raise Problem("boxes.unknown", name=display_name(path))
