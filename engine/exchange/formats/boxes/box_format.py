"""Box formats: the interface of a format of boxes, and what is read from and written to one."""

import math
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from engine.exchange.formats.untrusted_files import display_name
from engine.fields.cell_box import BoxKind, CellBox
from engine.images.class_set import ClassSet
from engine.images.path_matching import PathFinder
from engine.jobs import Job
from engine.messages import Problem
from engine.outputs import check_is_free, move_into_place, staging_folder

_RED_CELLS = frozenset(("rbc", "red blood cell", "red cell", "erythrocyte"))


@dataclass(frozen=True, slots=True)
class BoxedField:
    """A field with its cells to be written; `labels` are the classes of the boxes."""

    path: str
    width: int
    height: int
    boxes: Sequence[CellBox]
    labels: Sequence[str]

    @property
    def name(self) -> str:
        """The file's name without its folders."""
        return PurePosixPath(self.path).name

    @property
    def stem_path(self) -> str:
        """The path without its suffix, which names the field's file in formats of one file a field."""
        return _without_suffix(self.path)


@dataclass(frozen=True, slots=True)
class BoxClaim:
    """A box in a file, in pixels or (`relative`) fractions of the field at `path`, with or without a suffix."""

    path: str
    left: float
    top: float
    right: float
    bottom: float
    label: str
    relative: bool = False

    def to_box(self, width: int, height: int, kind: BoxKind) -> CellBox | None:
        """Return the box within a field of this size, None if it lies outside or is empty."""
        across, down = (width, height) if self.relative else (1, 1)
        values = (self.left * across, self.top * down, self.right * across, self.bottom * down)
        if not all(math.isfinite(value) for value in values):
            return None
        left, top = max(0, round(values[0])), max(0, round(values[1]))
        right, bottom = min(width, round(values[2])), min(height, round(values[3]))
        if right <= left or bottom <= top:
            return None
        return CellBox(left, top, right - left, bottom - top, kind)


class BoxFormat(ABC):
    """One format of boxes, in both directions; images are not copied."""

    id: str
    """Name of the format on the command line."""

    @abstractmethod
    def files(self, fields: Sequence[BoxedField], classes: Sequence[str]) -> Mapping[str, bytes]:
        """Return the files to write, by path relative to the export."""

    @abstractmethod
    def read(self, job: Job, path: Path) -> list[BoxClaim] | None:
        """Return the boxes of a file or folder, None if it is not of this format.

        Raises `Problem` (`import.*`) and `Cancelled`.
        """


def check_names(paths: Iterable[str]) -> None:
    """Raise `Problem` if two fields differ only in their suffix: their boxes would get the same file."""
    seen: dict[str, str] = {}
    for path in paths:
        stem = _without_suffix(path).casefold()
        if stem in seen:
            raise Problem("boxes.same_name", first=seen[stem], second=path)
        seen[stem] = path


def write_boxes(
    box_format: BoxFormat, fields: Sequence[BoxedField], classes: Sequence[str], out: Path
) -> None:
    """Write boxes into a new folder, completely or not at all; raises `Problem` and `OSError`."""
    check_is_free(out)
    with staging_folder(out) as temporary:
        folder = temporary / "new"
        folder.mkdir()
        for name, data in box_format.files(fields, classes).items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        move_into_place(folder, out)


@dataclass(frozen=True, slots=True)
class GivenBoxes:
    """Boxes that were read, by the field that they belong to, and how many belong to none."""

    by_field: Mapping[str, Sequence[BoxClaim]]
    unmatched: int

    def boxes_of(self, path: str, width: int, height: int, classes: ClassSet) -> list[CellBox]:
        """Return the white cells and platelets of a field of this size; red cells are left out."""
        boxes = []
        for claim in self.by_field.get(path, ()):
            kind = _kind_of(claim.label, classes)
            box = claim.to_box(width, height, kind) if kind else None
            if box is not None:
                boxes.append(box)
        return sorted(boxes, key=lambda box: (box.y, box.x))


def match_boxes(claims: Iterable[BoxClaim], paths: Sequence[str], origin: Path) -> GivenBoxes:
    """Find the fields that boxes belong to; raises `Problem` if there are none.

    A bare name means the one field of that name, in whatever folder.
    """
    whole = PathFinder(paths)
    by_name: dict[str, list[str]] = {}
    by_stem: dict[str, list[str]] = {}
    for path in paths:
        by_stem.setdefault(_without_suffix(path), []).append(path)
        for name in {PurePosixPath(path).name, PurePosixPath(path).stem}:
            by_name.setdefault(name, []).append(path)
    stems = PathFinder(by_stem)
    by_field: dict[str, list[BoxClaim]] = {}
    found_paths: dict[str, str | None] = {}
    unmatched = 0
    for claim in claims:
        if claim.path not in found_paths:
            found: Sequence[str] = whole.find(claim.path).paths
            if not found:
                found = [path for stem in stems.find(claim.path).paths for path in by_stem[stem]]
            found = found or by_name.get(claim.path, ())
            found_paths[claim.path] = found[0] if len(found) == 1 else None
        target = found_paths[claim.path]
        if target is None:
            unmatched += 1
        else:
            by_field.setdefault(target, []).append(claim)
    if not by_field:
        raise Problem("boxes.none_fits", name=display_name(origin), count=unmatched)
    return GivenBoxes(by_field, unmatched)


def _without_suffix(path: str) -> str:
    return str(PurePosixPath(path).with_suffix(""))


def _kind_of(label: str, classes: ClassSet) -> BoxKind | None:
    if label.strip().casefold().removesuffix("s") in _RED_CELLS:
        return None
    cell_class = classes.find(label)
    return "platelet" if cell_class and cell_class.group == "platelet" else "white_cell"
