"""The labelled images of a folder, decoded and resized once into one array on disk."""

import hashlib
import os
from collections import Counter, deque
from collections.abc import Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine.images.classes import ClassSet
from engine.images.record import BadFile, ImageRecord, Pixels
from engine.images.resize import square
from engine.images.shown import Keys, key_of
from engine.images.source import Source
from engine.jobs import Job
from engine.messages import Message, Problem
from engine.train.pictures import BUDGET, Writer

_AHEAD = 64
_SHOWN = 128


@dataclass(frozen=True, slots=True)
class Dataset:
    """Labelled images, ready to learn from.

    `images` is what `engine.train.pictures.open_pictures` opens, uint8 (n, size, size, 3); `labels` (n,)
    are indices into `classes`; `groups` (n,) names what shows the same pixels; `keys` (n,) tell what each
    shows (`engine.images.shown`); `paths` (n,) are relative to the source. `left_out` are files that
    could not be read or have no known label.
    """

    images: Path
    labels: npt.NDArray[np.intp]
    groups: tuple[str, ...]
    keys: Keys
    paths: tuple[str, ...]
    classes: tuple[str, ...]
    left_out: tuple[BadFile, ...]

    @property
    def per_class(self) -> dict[str, int]:
        """Images of each class."""
        counts = np.bincount(self.labels, minlength=len(self.classes))
        return {name: int(count) for name, count in zip(self.classes, counts, strict=True)}

    @property
    def fingerprint(self) -> str:
        """SHA-256 over what each image shows and is called, whatever the files' names and order."""
        lines = sorted(
            f"{group} {label}" for group, label in zip(self.groups, self.labels, strict=True)
        )
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def build(
    job: Job,
    source: Source,
    class_set: ClassSet,
    size: int,
    folder: Path,
    exclude: Collection[str] = (),
    budget: int = BUDGET,
) -> Dataset:
    """Decode every labelled image of `source` into `folder`; raises `Problem` if there is too little.

    Beyond `budget` bytes they are decoded again when they are needed. Paths in `exclude` count as not
    there. Only classes that have images become classes of the model, in the order of the class set.
    """
    records: list[ImageRecord] = []
    left_out: list[BadFile] = []
    for found in source.scan(job):
        if isinstance(found, BadFile):
            left_out.append(found)
        elif found.path in exclude:
            continue
        elif found.label is None or class_set.find(found.label) is None:
            label = found.label or ""
            left_out.append(BadFile(found.path, Message("train.no_label", {"label": label})))
        else:
            records.append(found)
    if not records:
        raise Problem("train.no_images")

    kept: list[ImageRecord] = []
    groups: list[str] = []
    keys: list[int] = []
    several: dict[str, Path] | None = getattr(source, "roots", None)
    roots = list(several.values()) if several else [source.root]
    with Writer(folder, roots, len(records), size, budget) as writer:
        for done, (record, result) in enumerate(_decoded(source, records, size), 1):
            if isinstance(result, Message):
                left_out.append(BadFile(record.path, result))
            else:
                pixels, shows, key = result
                writer.add(record, pixels)
                kept.append(record)
                groups.append(shows)
                keys.append(key)
            if done % 50 == 0 or done == len(records):
                job.progress(done, len(records), Message("train.decoding"))
    if not source.root.exists():
        # Else the images that vanished on the way would be no more than a long list.
        raise Problem("source.missing", path=str(source.root))

    counts = Counter(str(record.label) for record in kept)
    classes = tuple(cell.id for cell in class_set.classes if counts[cell.id])
    if len(classes) < 2:
        raise Problem("train.one_class")
    number = {name: index for index, name in enumerate(classes)}
    return Dataset(
        images=writer.file,
        labels=np.array([number[str(record.label)] for record in kept], np.intp),
        groups=tuple(groups),
        keys=np.array(keys, np.uint64),
        paths=tuple(record.path for record in kept),
        classes=classes,
        left_out=tuple(left_out),
    )


_Loaded = tuple[Pixels, str, int]
"""The picture as the network reads it, and the hash and the key of what it shows."""


def _decoded(
    source: Source, records: list[ImageRecord], size: int
) -> Iterator[tuple[ImageRecord, _Loaded | Message]]:
    # A bounded window of images in flight, handed out in order: memory stays flat.
    def work(record: ImageRecord) -> _Loaded | Message:
        try:
            picture = source.load(record)
            # At one size, not at the network's: whatever that is, the same images are held out, so that
            # two networks can be compared.
            shows = hashlib.sha256(square(picture.pixels, _SHOWN).tobytes()).hexdigest()
            return square(picture.pixels, size), shows, key_of(picture.pixels)
        except Problem as problem:
            return problem.message

    with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        coming = iter(records)
        window: deque[tuple[ImageRecord, Future[_Loaded | Message]]] = deque()

        def submit(count: int) -> None:
            window.extend((record, pool.submit(work, record)) for record in islice(coming, count))

        submit(_AHEAD)
        while window:
            record, future = window.popleft()
            yield record, future.result()
            submit(1)
