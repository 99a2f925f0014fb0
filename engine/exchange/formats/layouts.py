"""The folder formats that are written: where an image lies, and which files say what it is."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from engine.exchange.export_row import Row
from engine.exchange.formats.claims import split_of
from engine.exchange.formats.export_files import Placed, check_folder_name
from engine.exchange.formats.labels_csv import write_labels
from engine.messages import Problem
from engine.outputs import Output
from engine.writing import atomic_write, formula_safe_path, formula_safe_text, write_csv

CLASSES = "classes.txt"
_HUGGING_SPLITS = {"train": "train", "val": "validation", "test": "test"}


@dataclass(frozen=True, slots=True)
class Layout:
    """One folder format.

    `place` gives the folder of an image, relative to the export; `finish` writes the files of labels,
    in the order of `classes`. `check` raises `Problem` for a class that the format cannot hold.
    """

    place: Callable[[Row], str]
    finish: Callable[[Path, Sequence[Placed], Sequence[str]], None]
    check: Callable[[Sequence[str]], None]


def image_folder() -> Layout:
    """`[split/]class/file`, with `classes.txt` (the order) and `labels.csv` (all that is known)."""

    def place(row: Row) -> str:
        return "/".join(part for part in (row.split, row.label) if part)

    def finish(folder: Path, placed: Sequence[Placed], classes: Sequence[str]) -> None:
        atomic_write(folder / CLASSES, "".join(f"{name}\n" for name in classes).encode())
        # Probabilities are in the model's order and stay behind: a data set is labels.
        rows = [
            replace(one.row, path=one.file, sha256=one.sha256, probabilities=()) for one in placed
        ]
        write_labels(Output(folder / "labels.csv"), rows, ())

    return Layout(place, finish, _check_folders)


def hugging_face(kind: str) -> Layout:
    """Hugging Face's imagefolder: `metadata.csv` or `.jsonl` beside the images of each split."""

    def place(row: Row) -> str:
        return _HUGGING_SPLITS.get(row.split or "", "train")

    def finish(folder: Path, placed: Sequence[Placed], classes: Sequence[str]) -> None:
        by_split: dict[str, list[Placed]] = defaultdict(list)
        for one in placed:
            by_split[one.file.partition("/")[0]].append(one)
        for split, members in by_split.items():
            rows = [(formula_safe_path(one.name), one.row.label or "") for one in members]
            if kind == "csv":
                write_csv(folder / split / "metadata.csv", ["file_name", "label"], map(list, rows))
            else:
                lines = (
                    json.dumps({"file_name": one.name, "label": one.row.label}, ensure_ascii=False)
                    for one in members
                )
                text = "".join(f"{line}\n" for line in lines)
                atomic_write(folder / split / "metadata.jsonl", text.encode())
        atomic_write(folder / "README.md", _data_card(classes).encode())

    return Layout(place, finish, _check_cells)


def _data_card(classes: Sequence[str]) -> str:
    # JSON strings are YAML strings too. The names fix the order of classes for whoever loads it.
    names = "".join(
        f"          {json.dumps(str(number))}: {json.dumps(name)}\n"
        for number, name in enumerate(classes)
    )
    return (
        "---\ntask_categories:\n- image-classification\nconfigs:\n- config_name: default\n"
        "  features:\n  - name: image\n    dtype: image\n  - name: label\n    dtype:\n"
        f"      class_label:\n        names:\n{names}---\n"
    )


def fifty_one() -> Layout:
    """FiftyOne's image classification data set: `data/` and `labels.json`, keyed by stem."""

    def finish(folder: Path, placed: Sequence[Placed], classes: Sequence[str]) -> None:
        order = {name: number for number, name in enumerate(classes)}
        labels = {one.stem: order[one.row.label or ""] for one in placed}
        text = json.dumps(
            {"classes": list(classes), "labels": labels}, ensure_ascii=False, indent=1
        )
        atomic_write(folder / "labels.json", text.encode())

    return Layout(lambda row: "data", finish, lambda classes: None)


def labelme() -> Layout:
    """labelme's and X-AnyLabeling's: a JSON beside each image with a flag a class, one of them set."""

    def finish(folder: Path, placed: Sequence[Placed], classes: Sequence[str]) -> None:
        atomic_write(folder / "flags.txt", "".join(f"{name}\n" for name in classes).encode())
        for one in placed:
            width, height = one.size
            plain: dict[str, object] = {
                "version": "5.5.0",
                "flags": {name: name == one.row.label for name in classes},
                "shapes": [],
                "imagePath": one.name,
                "imageData": None,
                "imageHeight": height,
                "imageWidth": width,
            }
            text = json.dumps(plain, ensure_ascii=False, indent=2)
            atomic_write((folder / one.file).with_suffix(".json"), text.encode())

    return Layout(lambda row: "", finish, _check_lines)


def _check_folders(classes: Sequence[str]) -> None:
    folded = {name.casefold() for name in classes}
    for name in classes:
        check_folder_name(name)
        if split_of(name) or len(folded) < len(classes):
            raise Problem("export.bad_class", label=name)


def _check_cells(classes: Sequence[str]) -> None:
    # Its readers know no mark against formulas, so what would need one cannot be written.
    for name in classes:
        if formula_safe_text(name) != name:
            raise Problem("export.bad_class", label=name)


def _check_lines(classes: Sequence[str]) -> None:
    for name in classes:
        if len(name.splitlines()) != 1 or name != name.strip():
            raise Problem("export.bad_class", label=name)


LAYOUTS: dict[str, Callable[[], Layout]] = {
    "folder": image_folder,
    "hf-csv": lambda: hugging_face("csv"),
    "hf-jsonl": lambda: hugging_face("jsonl"),
    "fiftyone": fifty_one,
    "labelme": labelme,
}
