"""labelme flags (also X-AnyLabeling): a JSON file beside each image, one flag a class."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.atomic_files import atomic_write
from engine.exchange.export_row import ExportRow
from engine.exchange.formats.claims import (
    LabelClaim,
    LabelClaims,
    parse_class_order,
    parse_tags,
)
from engine.exchange.formats.dataset_format import FolderFormat, walk_files
from engine.exchange.formats.export_files import ExportedFile
from engine.exchange.formats.untrusted_files import (
    claimed_path,
    file_sha256,
    path_in_folder,
    read_json,
    read_text,
    resolve_inside,
)
from engine.images.class_set import ClassSet
from engine.jobs import Job
from engine.messages import Message, Problem

_FLAGS_FILE = "flags.txt"
_LABELME_VERSION = "5.5.0"


class LabelmeFolder(FolderFormat):
    """labelme and X-AnyLabeling: a JSON file beside each image with the flag of its class set."""

    id = "labelme"

    def check_classes(self, classes: Sequence[str]) -> None:
        """Raise `Problem` for a class that is not one line without surrounding spaces."""
        for name in classes:
            if len(name.splitlines()) != 1 or name != name.strip():
                raise Problem("export.bad_class", label=name)

    def image_folder(self, row: ExportRow) -> str:
        """Return the export itself."""
        return ""

    def write_labels(
        self, folder: Path, files: Sequence[ExportedFile], classes: Sequence[str]
    ) -> None:
        """Write `flags.txt` and a JSON file for each image."""
        atomic_write(folder / _FLAGS_FILE, "".join(f"{name}\n" for name in classes).encode())
        for file in files:
            width, height = file.size
            plain: dict[str, object] = {
                "version": _LABELME_VERSION,
                "flags": {name: name == file.row.label for name in classes},
                "shapes": [],
                "imagePath": file.name,
                "imageData": None,
                "imageHeight": height,
                "imageWidth": width,
            }
            # labelme keeps keys that it does not know.
            if file.row.tags:
                plain["tags"] = list(file.row.tags)
            if file.row.note:
                plain["note"] = file.row.note
            text = json.dumps(plain, ensure_ascii=False, indent=2)
            atomic_write((folder / file.file).with_suffix(".json"), text.encode())

    def read_folder(
        self, job: Job, folder: Path, classes: ClassSet, order: Sequence[str]
    ) -> LabelClaims | None:
        """Return the claims of the JSON files, None without `flags.txt` or any file with flags."""
        if not (folder / _FLAGS_FILE).is_file() and not _has_flags(job, folder):
            return None
        claims = []
        for file in _json_files(job, folder):
            location = file.relative_to(folder).as_posix()
            labelme_file = _read_flags(file)
            if labelme_file is None:
                reason = Message("import.no_labels_here")
                claims.append(LabelClaim("", "", None, location, unusable_reason=reason))
                continue
            plain, flags = labelme_file
            set_flags = [name for name, value in flags.items() if value is True]
            if not set_flags:
                continue
            image = plain.get("imagePath")
            # X-AnyLabeling and labelme on Windows write Windows paths.
            name = image.replace("\\", "/") if isinstance(image, str) else ""
            path = path_in_folder(file.parent, folder, name) or claimed_path(name)
            digest = file_sha256(resolve_inside(file.parent, name))
            unusable = (
                Message("import.several_flags", {"count": len(set_flags)})
                if len(set_flags) > 1
                else None
            )
            tags, tag_problem = parse_tags(plain.get("tags"))
            claims.append(
                LabelClaim(
                    path, digest, set_flags[0], location,
                    tags=tags, tag_problem=tag_problem, unusable_reason=unusable,
                )
            )  # fmt: skip
        return LabelClaims(tuple(claims), _read_flag_order(folder))


def _json_files(job: Job, folder: Path) -> "list[Path]":
    return [file for file in walk_files(job, folder) if file.suffix.lower() == ".json"]


def _has_flags(job: Job, folder: Path) -> bool:
    return any(_read_flags(file) is not None for file in _json_files(job, folder))


def _read_flags(file: Path) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Return a labelme file and its flags, None if the file is not labelme's."""
    try:
        plain = read_json(file)
    except Problem:
        return None
    if not isinstance(plain, dict) or "imagePath" not in plain:
        return None
    flags = plain.get("flags")
    return (plain, flags) if isinstance(flags, dict) else None


def _read_flag_order(folder: Path) -> tuple[str, ...]:
    if not (folder / _FLAGS_FILE).is_file():
        return ()
    lines = read_text(folder / _FLAGS_FILE).splitlines()
    return parse_class_order([name for name in lines if name]) or ()
