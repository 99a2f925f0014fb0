"""Image archives: .npz files with `images` or `data` and `labels`, and those of MedMNIST."""

import hashlib
import math
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.damaged_data import DamagedData, decoding
from engine.images import npz
from engine.images.archive_labels import parse_labels, read_class_names
from engine.images.bit_depth import find_bit_depth, scale_to_8_bits
from engine.images.budget import check_budget, image_budget, reserve_memory
from engine.images.class_set import ClassSet
from engine.images.decoder import MAX_PIXELS
from engine.images.npz import Member
from engine.images.record import BadFile, ImageRecord, LoadedImage, Pixels
from engine.images.transparency import blend_on_white
from engine.jobs import Job
from engine.messages import Message, Problem

_ARRAY_NAME = re.compile(
    r"(?:(train|val|test)_)?(images|image|data|x|labels|label|y)", re.IGNORECASE
)
_IMAGE_ARRAYS = ("images", "image", "data", "x")
_LABEL_ARRAYS = ("labels", "label", "y")
_REPORT_EVERY = 256
_MEASURED_AT_ONCE = 16 * 1024**2
_MAX_VALUES = 4 * MAX_PIXELS  # four channels


@dataclass(frozen=True, slots=True)
class ArchivePart:
    """The images of one split (None: no split) and their labels."""

    split: str | None
    images: Member
    labels: tuple[str | None, ...] | None

    @property
    def count(self) -> int:
        """Number of images in the part."""
        return self.images.shape[0]


class ArchiveSource:
    """Images of an .npz archive; a record's path is `name.npz/[split/]00012`, counted from 0.

    Images are (n, h, w), (n, h, w, 1|3|4) or (n, 1|3, h, w); integers up to 16 bits, or floats
    from 0 to 1 or to 255. More than 8 bits are scaled by the archive's brightest pixel. Labels are
    indices into the archive's own `classes` (else into the class set), one-hot rows, or names;
    indices outside both stay numbers.
    """

    def __init__(self, path: Path, classes: ClassSet) -> None:
        """Read the headers and the labels; raises `Problem` (`archive.*`)."""
        self.root = path.parent
        self.folders: Sequence[Path] = ()
        self._path = path
        self._mtime_ns = path.stat().st_mtime_ns
        self._class_ids = frozenset(classes.ids)
        try:
            with decoding():
                self._parts = {part.split: part for part in _read_parts(path, classes)}
        except DamagedData as error:
            raise Problem("archive.damaged", name=path.name) from error
        self._arrays: dict[str | None, tuple[npt.NDArray[Any], int | None]] = {}
        self._lock = threading.Lock()

    def scan(self, job: Job) -> Iterator[ImageRecord | BadFile]:
        """Unpack the arrays if necessary, with progress in bytes; then yield every image."""
        for part in self._parts.values():
            self._open_array(part, job)
        total = sum(part.count for part in self._parts.values())
        done = 0
        mtime_ns = self._mtime_ns
        for part in self._parts.values():
            size = math.prod(part.images.shape[1:]) * part.images.dtype.itemsize
            folder = "/".join(filter(None, (self._path.name, part.split)))
            for index in range(part.count):
                job.check()
                if done % _REPORT_EVERY == 0:
                    job.progress(done, total)
                done += 1
                label = part.labels[index] if part.labels else None
                yield ImageRecord(
                    f"{folder}/{index:05}",
                    label,
                    part.split,
                    size,
                    mtime_ns,
                    checksum=part.images.checksum,
                    folder_names=(label,) if label and label not in self._class_ids else (),
                )
        job.progress(done, total)

    def load(self, record: ImageRecord) -> LoadedImage:
        """Return one image and the hash of its pixels; raises `Problem` (`image.*`)."""
        with image_budget(), reserve_memory(pixels=record.size // 3):
            pixels, notes, dropped = self._pixels(record)
        return LoadedImage(pixels, _content_hash(pixels, dropped), notes, dropped)

    def digest(self, record: ImageRecord) -> str:
        """Return the hash of one image's pixels; raises `Problem` (`image.*`)."""
        pixels, _, dropped = self._pixels(record)
        return _content_hash(pixels, dropped)

    def preview(self, record: ImageRecord, edge: int) -> Pixels:
        """Return one image; raises `Problem` (`image.*`)."""
        return self._pixels(record)[0]

    def _pixels(self, record: ImageRecord) -> tuple[Pixels, tuple[Message, ...], str]:
        """Return pixels, notes, and the hash of lost values (`DecodedImage.dropped_hash`)."""
        part = self._parts.get(record.split)
        index = int(record.path.rpartition("/")[2])
        if part is None or index >= part.count:
            raise Problem("image.gone")
        array, bits = self._open_array(part, Job())
        # A copy: a view would keep the file open, which the cache may delete.
        values = stored = np.array(array[index])
        if values.ndim == 3 and values.shape[0] in (1, 3) and values.shape[2] not in (1, 3, 4):
            values = values.transpose(1, 2, 0)
        try:
            values, notes = (
                (values, ()) if values.dtype == np.uint8 else scale_to_8_bits(values, bits)
            )
        except ValueError as error:
            raise Problem("image.depth") from error
        if values.ndim == 2:
            values = values[..., None]
        if values.shape[2] == 1:
            values = np.repeat(values, 3, axis=2)
        elif values.shape[2] == 4:
            values, alpha_notes = blend_on_white(values)
            notes += alpha_notes
        dropped = hashlib.sha256(np.ascontiguousarray(stored).data).hexdigest() if notes else ""
        return np.ascontiguousarray(values), notes, dropped

    def _open_array(self, part: ArchivePart, job: Job) -> tuple[npt.NDArray[Any], int | None]:
        with self._lock:
            if part.split not in self._arrays:
                array = npz.map_member(self._path, part.images, job)
                self._arrays[part.split] = (array, _archive_bit_depth(array, job))
            return self._arrays[part.split]


def _content_hash(pixels: Pixels, dropped: str) -> str:
    content = hashlib.sha256(f"{pixels.shape[1]}x{pixels.shape[0]};".encode())
    content.update(pixels.data)
    content.update(dropped.encode())
    return content.hexdigest()


def _read_parts(path: Path, classes: ClassSet) -> list[ArchivePart]:
    members = npz.list_members(path)
    names = read_class_names(path, members)
    arrays: dict[str | None, dict[str, Member]] = {}
    for name, member in members.items():
        if match := _ARRAY_NAME.fullmatch(name):
            split = match[1].lower() if match[1] else None
            arrays.setdefault(split, {})[match[2].lower()] = member
    parts = []
    for split in (None, "train", "val", "test"):
        by_name = arrays.get(split, {})
        images = next((by_name[name] for name in _IMAGE_ARRAYS if name in by_name), None)
        if images is None:
            continue
        _check_image_array(images)
        label_member = next((by_name[name] for name in _LABEL_ARRAYS if name in by_name), None)
        labels = None
        if label_member:
            values = parse_labels(npz.read_member(path, label_member), label_member.name)
            labels = _class_labels(values, images, names, classes)
        parts.append(ArchivePart(split, images, labels))
    if not parts:
        raise Problem("archive.layout", name=path.name, found=", ".join(sorted(members)) or "-")
    return parts


def _check_image_array(images: Member) -> None:
    shape, kind = images.shape, images.dtype.kind
    is_integer = images.dtype in (np.dtype(np.uint8), np.dtype(np.uint16)) or kind in "iu"
    if not (is_integer or (kind == "f" and images.dtype.itemsize <= 8)):
        raise Problem("archive.dtype", name=images.name, dtype=str(images.dtype))
    if math.prod(shape[1:]) > _MAX_VALUES:
        raise Problem("image.too_many_pixels", limit=MAX_PIXELS // 1_000_000)
    is_grey = len(shape) == 3
    is_colour = len(shape) == 4 and (shape[3] in (1, 3, 4) or shape[1] in (1, 3))
    if not (is_grey or is_colour) or 0 in shape[1:]:
        raise Problem("archive.shape", name=images.name, shape=str(shape))


def _archive_bit_depth(array: npt.NDArray[Any], job: Job) -> int | None:
    # One scale for the whole archive: a dark image among bright ones stays dark.
    if array.dtype == np.uint8 or not len(array):
        return None
    brightest = 0.0
    step = max(1, _MEASURED_AT_ONCE // max(1, array[0].nbytes))
    for start in range(0, len(array), step):
        job.check()
        check_budget()
        brightest = max(brightest, float(np.nanmax(array[start : start + step])))
    try:
        return find_bit_depth(brightest, is_float=array.dtype.kind == "f")
    except ValueError:
        return None  # Every invalid image is reported by itself.


def _class_labels(
    values: Sequence[int | str], images: Member, names: tuple[str, ...], classes: ClassSet
) -> tuple[str | None, ...]:
    if len(values) != images.shape[0]:
        raise Problem("archive.lengths", images=images.shape[0], labels=len(values))
    numbers = [value for value in values if isinstance(value, int)]
    # Indices beyond the class set belong to another set, so none of them is resolved.
    order = names or (classes.ids if max(numbers, default=0) < len(classes.ids) else ())
    return tuple(_class_label(value, order, classes) for value in values)


def _class_label(value: int | str, order: tuple[str, ...], classes: ClassSet) -> str | None:
    if isinstance(value, int):
        if value < 0:
            return None
        value = order[value] if value < len(order) else str(value)
    cell_class = classes.find(value)
    return cell_class.id if cell_class else value or None
