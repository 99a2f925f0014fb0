"""COCO boxes: one JSON file for all fields."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.exchange.formats.boxes.box_format import BoxClaim, BoxedField, BoxFormat
from engine.exchange.formats.untrusted_files import display_name, read_json
from engine.jobs import Job
from engine.messages import Problem
from engine.text import to_printable

_FILE = "instances.json"


class Coco(BoxFormat):
    """COCO: `instances.json` with images, annotations and categories."""

    id = "coco"

    def files(self, fields: Sequence[BoxedField], classes: Sequence[str]) -> Mapping[str, bytes]:
        """Return the JSON file."""
        category_ids = {name: number for number, name in enumerate(classes, 1)}
        images: list[dict[str, object]] = []
        annotations: list[dict[str, object]] = []
        for number, field in enumerate(fields, 1):
            images.append(
                {
                    "id": number,
                    "file_name": to_printable(field.path),
                    "width": field.width,
                    "height": field.height,
                }
            )
            for box, label in zip(field.boxes, field.labels, strict=True):
                annotations.append(
                    {
                        "id": len(annotations) + 1,
                        "image_id": number,
                        "category_id": category_ids[label],
                        "bbox": [box.x, box.y, box.width, box.height],
                        "area": box.width * box.height,
                        "iscrowd": 0,
                    }
                )
        content = {
            "images": images,
            "annotations": annotations,
            "categories": [{"id": number, "name": name} for name, number in category_ids.items()],
        }
        return {_FILE: json.dumps(content, ensure_ascii=False, indent=1).encode()}

    def read(self, job: Job, path: Path) -> list[BoxClaim] | None:
        """Return the boxes of a JSON file, or of `instances.json` in a folder."""
        file = path if path.is_file() else path / _FILE
        if file.suffix.lower() != ".json" or not file.is_file():
            return None
        plain = read_json(file)
        if not isinstance(plain, dict) or not {"images", "annotations"} <= plain.keys():
            return None
        try:
            names = {image["id"]: str(image["file_name"]) for image in plain["images"]}
            labels = {c["id"]: str(c["name"]) for c in plain.get("categories", ())}
            return [_claim(item, names, labels) for item in plain["annotations"] if "bbox" in item]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise Problem("import.damaged", name=display_name(file)) from error


def _claim(item: Any, names: Mapping[Any, str], labels: Mapping[Any, str]) -> BoxClaim:
    left, top, width, height = map(float, item["bbox"])
    label = labels.get(item.get("category_id"), "")
    return BoxClaim(names[item["image_id"]], left, top, left + width, top + height, label)
