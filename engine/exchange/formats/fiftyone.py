"""FiftyOne image classification: `data/` with the images, and `labels.json` keyed by file stem."""

import json
from collections.abc import Sequence
from pathlib import Path

from engine.atomic_files import atomic_write
from engine.exchange.export_row import ExportRow
from engine.exchange.formats.claims import (
    LabelClaim,
    LabelClaims,
    parse_class_order,
    parse_label,
    parse_tags,
)
from engine.exchange.formats.dataset_format import FolderFormat, walk_files
from engine.exchange.formats.export_files import ExportedFile
from engine.exchange.formats.untrusted_files import file_sha256, read_json
from engine.images.class_set import ClassSet
from engine.jobs import Job
from engine.messages import Message, Problem

_DATA_FOLDER = "data"
_LABELS_FILE = "labels.json"


class FiftyOneFolder(FolderFormat):
    """FiftyOne image classification data set: `data/` and `labels.json`."""

    id = "fiftyone"

    def image_folder(self, row: ExportRow) -> str:
        """Return `data`."""
        return _DATA_FOLDER

    def write_labels(
        self, folder: Path, files: Sequence[ExportedFile], classes: Sequence[str]
    ) -> None:
        """Write `labels.json`, with labels as numbers in the order of classes."""
        order = {name: number for number, name in enumerate(classes)}
        labels = {file.stem: order[file.row.label or ""] for file in files}
        plain: dict[str, object] = {"classes": list(classes), "labels": labels}
        # FiftyOne ignores keys that it does not know.
        if tags := {file.stem: list(file.row.tags) for file in files if file.row.tags}:
            plain["tags"] = tags
        if notes := {file.stem: file.row.note for file in files if file.row.note}:
            plain["notes"] = notes
        text = json.dumps(plain, ensure_ascii=False, indent=1)
        atomic_write(folder / _LABELS_FILE, text.encode())

    def read_folder(
        self, job: Job, folder: Path, classes: ClassSet, order: Sequence[str]
    ) -> LabelClaims | None:
        """Return the claims of `labels.json`, None if it is missing or belongs to another program."""
        if not (folder / _LABELS_FILE).is_file():
            return None
        plain = read_json(folder / _LABELS_FILE)
        data = folder / _DATA_FOLDER
        labels = plain.get("labels") if isinstance(plain, dict) else None
        if not isinstance(labels, dict) or "classes" not in plain:
            if data.is_dir():
                raise Problem("import.damaged", name=_LABELS_FILE)
            return None
        names = plain.get("classes")
        class_order = parse_class_order(names) if isinstance(names, list) else ()
        if class_order is None:
            raise Problem("import.damaged", name=_LABELS_FILE)
        all_tags = plain.get("tags")
        by_stem: dict[str, list[Path]] = {}
        for file in walk_files(job, data):
            stem = file.relative_to(data).with_suffix("").as_posix()
            by_stem.setdefault(stem, []).append(file)
        claims = []
        for stem, entry in labels.items():
            job.check()
            value = entry.get("label") if isinstance(entry, dict) else entry
            if value is None:
                continue
            label, unusable = parse_label(value, class_order)
            files = by_stem.get(stem, [])
            if len(files) > 1:
                unusable = Message("import.ambiguous", {"count": len(files)})
            tags, tag_problem = parse_tags(
                all_tags.get(stem) if isinstance(all_tags, dict) else None
            )
            digest = file_sha256(files[0]) if len(files) == 1 else ""
            location = f"{_LABELS_FILE}: {stem}"
            claims.append(
                LabelClaim(
                    "",
                    digest,
                    label,
                    location,
                    tags=tags,
                    tag_problem=tag_problem,
                    unusable_reason=unusable,
                )
            )
        return LabelClaims(tuple(claims), class_order)
