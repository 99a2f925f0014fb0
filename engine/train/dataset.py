"""Training dataset: labelled images, decoded and resized once into an array on disk."""

import hashlib
import os
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine.images.budget import stopped_by
from engine.images.class_set import ClassSet
from engine.images.perceptual_hash import Hashes, compute_hash
from engine.images.record import BadFile, ImageRecord, Pixels
from engine.images.resize import resize_to_square
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.ordered_work import work_in_order
from engine.train.image_store import MAX_ARRAY_BYTES, ImageWriter

_IMAGES_AHEAD = 64  # in memory at once
_HASHED_EDGE = 128


@dataclass(frozen=True, slots=True)
class Dataset:
    """Labelled images, ready for training.

    `images` is a file for `engine.train.image_store.open_images`, uint8 (n, size, size, 3); `labels` (n,)
    are indices into `classes`; `groups` (n,) are equal for identical pixels; `keys` (n,) are perceptual
    hashes (`engine.images.perceptual_hash`); `paths` (n,) are relative to the source. `left_out` are files
    that cannot be read or have no known label.
    """

    images: Path
    labels: npt.NDArray[np.intp]
    groups: tuple[str, ...]
    keys: Hashes
    paths: tuple[str, ...]
    classes: tuple[str, ...]
    left_out: tuple[BadFile, ...]

    @property
    def per_class(self) -> dict[str, int]:
        """Number of images of each class."""
        counts = np.bincount(self.labels, minlength=len(self.classes))
        return {name: int(count) for name, count in zip(self.classes, counts, strict=True)}

    @property
    def fingerprint(self) -> str:
        """SHA-256 over pixels and labels, independent of file names and order."""
        lines = sorted(
            f"{group} {label}" for group, label in zip(self.groups, self.labels, strict=True)
        )
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def build_dataset(
    job: Job,
    source: Source,
    class_set: ClassSet,
    size: int,
    folder: Path,
    exclude: Collection[str] = (),
    max_array_bytes: int = MAX_ARRAY_BYTES,
) -> Dataset:
    """Decode every labelled image of `source` into `folder`.

    Above `max_array_bytes` the images are decoded again on each access instead. Paths in `exclude` are
    skipped. Only classes with images become classes of the model, in the order of the class set. Raises
    `Problem` (`train.no_images`, `train.one_class`, `source.missing`, `train.disk_full*`).
    """
    records: list[ImageRecord] = []
    left_out: list[BadFile] = []
    for entry in source.scan(job):
        if isinstance(entry, BadFile):
            left_out.append(entry)
        elif entry.path in exclude:
            continue
        elif entry.label is None or class_set.find(entry.label) is None:
            label = entry.label or ""
            left_out.append(BadFile(entry.path, Message("train.no_label", {"label": label})))
        else:
            records.append(entry)
    if not records:
        raise Problem("train.no_images")

    decoded: list[ImageRecord] = []
    groups: list[str] = []
    keys: list[int] = []
    roots_by_name: dict[str, Path] | None = getattr(source, "roots", None)
    roots = list(roots_by_name.values()) if roots_by_name else [source.root]
    with ImageWriter(folder, roots, len(records), size, max_array_bytes) as writer:
        for done, (record, result) in enumerate(_decode(job, source, records, size), 1):
            if isinstance(result, Message):
                left_out.append(BadFile(record.path, result))
            else:
                pixels, content_hash, key = result
                writer.add(record, pixels)
                decoded.append(record)
                groups.append(content_hash)
                keys.append(key)
            if done % 50 == 0 or done == len(records):
                job.progress(done, len(records), Message("train.decoding"))
    if not source.root.exists():
        # Otherwise a drive removed on the way would only show as a long list of bad files.
        raise Problem("source.missing", path=str(source.root))

    counts = Counter(str(record.label) for record in decoded)
    classes = tuple(cell.id for cell in class_set.classes if counts[cell.id])
    if len(classes) < 2:
        raise Problem("train.one_class")
    class_index = {name: index for index, name in enumerate(classes)}
    return Dataset(
        images=writer.file,
        labels=np.array([class_index[str(record.label)] for record in decoded], np.intp),
        groups=tuple(groups),
        keys=np.array(keys, np.uint64),
        paths=tuple(record.path for record in decoded),
        classes=classes,
        left_out=tuple(left_out),
    )


_DecodedImage = tuple[Pixels, str, int]
"""Pixels at the network's size, SHA-256 of the pixels, perceptual hash."""


def _decode(
    job: Job, source: Source, records: list[ImageRecord], size: int
) -> Iterator[tuple[ImageRecord, _DecodedImage | Message]]:
    def decode(record: ImageRecord) -> _DecodedImage | Message:
        try:
            with stopped_by(job):
                image = source.load(record)
            # Hashed at a fixed size, so that networks of different sizes hold out the same images and can
            # be compared.
            content_hash = hashlib.sha256(
                resize_to_square(image.pixels, _HASHED_EDGE).tobytes()
            ).hexdigest()
            return (
                resize_to_square(image.pixels, size),
                content_hash,
                compute_hash(image.pixels),
            )
        except Problem as problem:
            return problem.message

    threads = os.cpu_count() or 2
    return work_in_order(job, decode, records, threads=threads, ahead=_IMAGES_AHEAD)
