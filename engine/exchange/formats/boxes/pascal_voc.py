"""Pascal VOC boxes: an XML file for each field."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from engine.exchange.formats.boxes.box_format import BoxClaim, BoxedField, BoxFormat
from engine.exchange.formats.dataset_format import walk_files
from engine.exchange.formats.untrusted_files import display_name, read_bytes
from engine.jobs import Job
from engine.messages import Problem
from engine.text import to_printable

_SIDES = ("xmin", "ymin", "xmax", "ymax")


class PascalVoc(BoxFormat):
    """Pascal VOC: an XML file for each field, at the field's path; labelImg and CVAT read the same."""

    id = "voc"

    def files(self, fields: Sequence[BoxedField], classes: Sequence[str]) -> Mapping[str, bytes]:
        """Return an XML file for each field."""
        return {f"{field.stem_path}.xml": _field_xml(field) for field in fields}

    def read(self, job: Job, path: Path) -> list[BoxClaim] | None:
        """Return the boxes of the XML files of a folder, or of one file."""
        if path.is_file():
            files = [path] if path.suffix.lower() == ".xml" else []
        else:
            files = [file for file in walk_files(job, path) if file.suffix.lower() == ".xml"]
        if not files:
            return None
        claims = []
        for file in files:
            job.check()
            claims += _read_claims(file, path if path.is_dir() else path.parent)
        return claims


def _field_xml(field: BoxedField) -> bytes:
    root = ET.Element("annotation")
    folder = PurePosixPath(field.path).parent
    _add(root, "folder", "" if str(folder) == "." else str(folder))
    _add(root, "filename", field.name)
    size = ET.SubElement(root, "size")
    for tag, value in (("width", field.width), ("height", field.height), ("depth", 3)):
        _add(size, tag, str(value))
    for box, label in zip(field.boxes, field.labels, strict=True):
        item = ET.SubElement(root, "object")
        _add(item, "name", label)
        _add(item, "truncated", str(int("border" in box.flags)))
        _add(item, "difficult", str(int(bool(set(box.flags) - {"border"}))))
        corners = ET.SubElement(item, "bndbox")
        values = (box.x, box.y, box.x + box.width, box.y + box.height)
        for tag, value in zip(_SIDES, values, strict=True):
            _add(corners, tag, str(value))
    ET.indent(root)
    return bytes(ET.tostring(root, "utf-8", xml_declaration=True))


def _add(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = to_printable(text)


def _read_claims(file: Path, folder: Path) -> list[BoxClaim]:
    data = read_bytes(file)
    # No annotation needs a document type, and entities in one can grow without bound.
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Problem("import.damaged", name=display_name(file))
    try:
        root = ET.fromstring(data)
        if root.tag != "annotation":
            return []
        # The place of the file counts: the element “folder” names that of the person who drew the boxes.
        name = (root.findtext("filename") or file.stem).replace("\\", "/").rpartition("/")[2]
        inner = file.parent.relative_to(folder).as_posix()
        path = name if inner == "." else f"{inner}/{name}"
        return [
            BoxClaim(path, *_corners(item), (item.findtext("name") or "").strip())
            for item in root.iter("object")
        ]
    except (ET.ParseError, ValueError, TypeError) as error:
        raise Problem("import.damaged", name=display_name(file)) from error


def _corners(item: ET.Element) -> tuple[float, float, float, float]:
    left, top, right, bottom = (float(item.findtext(f"bndbox/{side}") or "") for side in _SIDES)
    return left, top, right, bottom
