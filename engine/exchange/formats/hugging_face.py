"""Hugging Face imagefolder: `metadata.csv` or `metadata.jsonl` beside the images of each split."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from engine.atomic_files import atomic_write
from engine.csv_files import write_csv
from engine.exchange.export_row import ExportRow
from engine.exchange.formats.claims import (
    LabelClaim,
    LabelClaims,
    parse_class_order,
    parse_label,
    parse_split,
    parse_tags,
)
from engine.exchange.formats.dataset_format import FolderFormat, walk_files
from engine.exchange.formats.export_files import ExportedFile
from engine.exchange.formats.label_tables import (
    LABEL_COLUMNS,
    PATH_COLUMNS,
    find_column,
    missing_columns_problem,
    read_table,
)
from engine.exchange.formats.untrusted_files import (
    display_name,
    file_sha256,
    parse_json,
    path_in_folder,
    read_text,
    resolve_inside,
)
from engine.images.class_set import ClassSet
from engine.jobs import Job
from engine.messages import Problem
from engine.project.tags import join_tags
from engine.text import (
    collapse_whitespace,
    formula_safe_path,
    formula_safe_text,
    original_path,
    original_text,
)

_SPLIT_FOLDERS = {"train": "train", "val": "validation", "test": "test"}
_METADATA_FILES = ("metadata.csv", "metadata.jsonl")
_DATA_CARD = "README.md"
_CARD_NAME = re.compile(
    r"""^\s+['"]?(\d{1,9})['"]?:\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S.*?))\s*$"""
)


_TEXT_COLUMNS = ("tags", "note")
_NO_TEXT = " "
"""Cell without text in a split where no image has any: a column of empty cells would be read as numbers."""


class HuggingFaceFolder(FolderFormat):
    """Hugging Face imagefolder with `metadata.csv` (kind "csv") or `metadata.jsonl` (kind "jsonl").

    Both kinds read both files.
    """

    def __init__(self, kind: str) -> None:
        self.id = f"hf-{kind}"
        self._kind = kind

    def check_classes(self, classes: Sequence[str]) -> None:
        """Raise `Problem` for a class that a spreadsheet would take for a formula."""
        # Readers of the format do not strip a guard, so such a class cannot be written.
        for name in classes:
            if formula_safe_text(name) != name:
                raise Problem("export.bad_class", label=name)

    def image_folder(self, row: ExportRow) -> str:
        """Return the folder of the image's split, `train` where it has none."""
        return _SPLIT_FOLDERS.get(row.split or "", "train")

    def write_labels(
        self, folder: Path, files: Sequence[ExportedFile], classes: Sequence[str]
    ) -> None:
        """Write the metadata of each split, and a data card with the order of classes."""
        by_split: dict[str, list[ExportedFile]] = defaultdict(list)
        for file in files:
            by_split[file.file.partition("/")[0]].append(file)
        # Only where there are any: other exports stay as they are.
        texts = [name for name in _TEXT_COLUMNS if any(getattr(file.row, name) for file in files)]
        for split, members in by_split.items():
            columns = {name: _text_cells(members, name) for name in texts}
            if self._kind == "csv":
                rows = [
                    [
                        formula_safe_path(file.name),
                        file.row.label or "",
                        *(formula_safe_text(columns[name][number]) for name in texts),
                    ]
                    for number, file in enumerate(members)
                ]
                write_csv(folder / split / "metadata.csv", ["file_name", "label", *texts], rows)
            else:
                lines = (
                    json.dumps(
                        {"file_name": file.name, "label": file.row.label}
                        | {name: columns[name][number] for name in texts},
                        ensure_ascii=False,
                    )
                    for number, file in enumerate(members)
                )
                text = "".join(f"{line}\n" for line in lines)
                atomic_write(folder / split / "metadata.jsonl", text.encode())
        card = _data_card(classes, texts)
        atomic_write(folder / _DATA_CARD, card.encode())

    def read_file(self, job: Job, path: Path, order: Sequence[str]) -> LabelClaims | None:
        """Return the claims of a `.jsonl` file."""
        if path.suffix.lower() != ".jsonl":
            return None
        return LabelClaims(tuple(_read_metadata(job, path.parent, path, order)), tuple(order))

    def read_folder(
        self, job: Job, folder: Path, classes: ClassSet, order: Sequence[str]
    ) -> LabelClaims | None:
        """Return the claims of all metadata files, None if there are none."""
        metadata = [file for file in walk_files(job, folder) if file.name in _METADATA_FILES]
        if not metadata:
            return None
        names = _read_data_card(folder) or tuple(order)
        claims = [claim for file in metadata for claim in _read_metadata(job, folder, file, names)]
        return LabelClaims(tuple(claims), names)


def _text_cells(files: Sequence[ExportedFile], name: str) -> list[str]:
    """Return the texts of one column in the rows of a split, each on one line."""
    cells = [
        join_tags(file.row.tags) if name == "tags" else collapse_whitespace(file.row.note)
        for file in files
    ]
    return cells if any(cells) else [_NO_TEXT] * len(cells)


def _data_card(classes: Sequence[str], text_columns: Sequence[str]) -> str:
    texts = "".join(f"  - name: {name}\n    dtype: string\n" for name in text_columns)
    # JSON strings are valid YAML. The names fix the order of classes for `load_dataset`.
    names = "".join(
        f"          {json.dumps(str(number))}: {json.dumps(name)}\n"
        for number, name in enumerate(classes)
    )
    return (
        "---\ntask_categories:\n- image-classification\nconfigs:\n- config_name: default\n"
        "  features:\n  - name: image\n    dtype: image\n  - name: label\n    dtype:\n"
        f"      class_label:\n        names:\n{names}{texts}---\n"
    )


def _read_data_card(folder: Path) -> tuple[str, ...]:
    """Return the order of classes of a data card, empty where it gives none."""
    if not (folder / _DATA_CARD).is_file():
        return ()
    front_matter = read_text(folder / _DATA_CARD).split("\n---")[0]
    _, found, below = front_matter.partition("class_label:")
    if not found:
        return ()
    names: dict[int, str] = {}
    for line in below.splitlines()[1:]:
        if line.strip() == "names:":
            continue
        match = _CARD_NAME.match(line)
        if not match:
            break
        number, double, single, bare = match.groups()
        text = parse_json(f'"{double}"', _DATA_CARD) if double is not None else single or bare
        names[int(number)] = str(text)
    ordered = [names[number] for number in range(len(names)) if number in names]
    return parse_class_order(ordered) or () if len(ordered) == len(names) else ()


def _read_metadata(
    job: Job, folder: Path, file: Path, order: Sequence[str]
) -> Iterator[LabelClaim]:
    split = parse_split(file.parent.name) if file.parent != folder else None
    rows = _csv_rows(file) if file.suffix == ".csv" else _json_rows(file)
    for location, name, value, all_tags in rows:
        job.check()
        if value is None or value == "":
            continue
        label, unusable = parse_label(value, order)
        tags, tag_problem = parse_tags(all_tags)
        # The images lie beside the file; paths that lead elsewhere are not followed.
        image = name if resolve_inside(file.parent, name) else name.replace("\\", "/")
        path = path_in_folder(file.parent, folder, image)
        digest = file_sha256(resolve_inside(file.parent, image))
        yield LabelClaim(
            path, digest, label, location,
            split=split, tags=tags, tag_problem=tag_problem, unusable_reason=unusable,
        )  # fmt: skip


def _csv_rows(file: Path) -> Iterator[tuple[str, str, str, str]]:
    columns, rows = read_table(file)
    path_column = find_column(columns, ("file_name", *PATH_COLUMNS))
    label_column = find_column(columns, LABEL_COLUMNS)
    if path_column is None or label_column is None:
        raise missing_columns_problem(file, columns)
    for row in rows:
        if name := original_path(row.get(path_column)):
            label = original_text(row.get(label_column)).strip()
            yield row.location, name, label, original_text(row.get("tags"))


def _json_rows(file: Path) -> Iterator[tuple[str, str, Any, Any]]:
    rows = []
    for number, line in enumerate(read_text(file).split("\n"), 1):
        if line.strip():
            plain = parse_json(line, display_name(file))
            if isinstance(plain, dict):
                rows.append((f"{display_name(file)}:{number}", plain))
    columns = tuple(dict.fromkeys(str(key) for _, row in rows for key in row))
    path_column = find_column(columns, ("file_name", *PATH_COLUMNS))
    label_column = find_column(columns, LABEL_COLUMNS)
    if rows and (path_column is None or label_column is None):
        raise missing_columns_problem(file, columns)
    for location, row in rows:
        if isinstance(name := row.get(path_column), str) and name:
            yield location, name, row.get(label_column), row.get("tags")
