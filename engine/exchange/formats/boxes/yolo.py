"""YOLO boxes: a text file for each field, with centres and sizes as fractions of the field."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from engine.exchange.formats.boxes.box_format import BoxClaim, BoxedField, BoxFormat
from engine.exchange.formats.dataset_format import walk_files
from engine.exchange.formats.untrusted_files import display_name, read_text
from engine.jobs import Job
from engine.messages import Problem

_CLASSES_FILE = "classes.txt"
_LABELS_FOLDER = "labels"


class Yolo(BoxFormat):
    """YOLO: `labels/FIELD.txt` with `class centre_x centre_y width height`, and `classes.txt`."""

    id = "yolo"

    def files(self, fields: Sequence[BoxedField], classes: Sequence[str]) -> Mapping[str, bytes]:
        """Return a text file for each field, and the classes in the order of their numbers."""
        numbers = {name: number for number, name in enumerate(classes)}
        files = {_CLASSES_FILE: "".join(f"{name}\n" for name in classes).encode()}
        for field in fields:
            lines = []
            for box, label in zip(field.boxes, field.labels, strict=True):
                x, y = box.centre
                shares = (
                    x / field.width,
                    y / field.height,
                    box.width / field.width,
                    box.height / field.height,
                )
                lines.append(" ".join([str(numbers[label]), *(f"{share:.8f}" for share in shares)]))
            text = "".join(f"{line}\n" for line in lines)
            files[f"{_LABELS_FOLDER}/{field.stem_path}.txt"] = text.encode()
        return files

    def read(self, job: Job, path: Path) -> list[BoxClaim] | None:
        """Return the boxes of a folder with `classes.txt`."""
        if not (path / _CLASSES_FILE).is_file():
            return None
        names = [line.strip() for line in read_text(path / _CLASSES_FILE).splitlines()]
        root = path / _LABELS_FOLDER if (path / _LABELS_FOLDER).is_dir() else path
        claims = []
        for file in walk_files(job, root):
            if file.suffix.lower() != ".txt" or file == path / _CLASSES_FILE:
                continue
            stem = file.relative_to(root).with_suffix("").as_posix()
            try:
                claims += [
                    _claim(stem, line, names)
                    for line in read_text(file).splitlines()
                    if line.strip()
                ]
            except (ValueError, IndexError) as error:
                raise Problem("import.damaged", name=display_name(file)) from error
        return claims


def _claim(stem: str, line: str, names: Sequence[str]) -> BoxClaim:
    number, *values = line.split()
    x, y, width, height = map(float, values[:4])
    index = int(number)
    if index < 0:
        raise ValueError(line)
    sides = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
    return BoxClaim(stem, *sides, names[index], relative=True)
