"""Where training takes pixels from: one array on the disk, or beyond a budget the files themselves."""

import contextlib
import errno
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import astuple
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np

from engine.images.record import ImageRecord, Pixels
from engine.images.resize import square
from engine.images.several import Several
from engine.images.source import Source, open_source
from engine.messages import Problem

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

BUDGET = 24 * 10**9
"""Bytes on the disk that decoded images may take: 55,000 of them at 380 px."""


class Files:
    """Images (n, s, s, 3) that are decoded whenever somebody asks for some of them."""

    def __init__(self, file: Path) -> None:
        told = json.loads(file.read_text(encoding="utf-8"))
        self._size = int(told["size"])
        self._records = [ImageRecord(*one) for one in told["records"]]
        roots = [open_source(Path(root)) for root in told["roots"]]
        self._source: Source = roots[0] if len(roots) == 1 else Several(roots)

    def __len__(self) -> int:
        return len(self._records)

    def __getitem__(self, rows: Any) -> Pixels:
        chosen = np.atleast_1d(np.arange(len(self._records))[rows])
        pictures = np.empty((len(chosen), self._size, self._size, 3), np.uint8)
        for place, row in enumerate(chosen):
            loaded = self._source.load(self._records[int(row)])
            pictures[place] = square(loaded.pixels, self._size)
        return pictures


Pictures = Pixels | Files


def open_pictures(file: Path) -> Pictures:
    """Open what `Writer` left."""
    if file.suffix == ".json":
        return Files(file)
    images: Pixels = np.load(file, mmap_mode="r", allow_pickle=False)
    return images


class Writer:
    """Writes images of one size to `folder` as they come; a context manager.

    As an array of `count` rows (those that never come are empty) where that takes no more than `budget`
    bytes and half of the room that is left; else as a list of records. Raises `Problem`
    (`train.disk_full`). Written, not mapped: a full disk would end the program without a word.
    """

    def __init__(
        self, folder: Path, roots: Sequence[Path], count: int, size: int, budget: int
    ) -> None:
        shape = (count, size, size, 3)
        self._folder, self._roots, self._size = folder, tuple(roots), size
        self._rest = count
        self._records: list[ImageRecord] = []
        # An array that an earlier attempt left is written over.
        for name in ("images.npy", "images.json"):
            (folder / name).unlink(missing_ok=True)
        needed = int(np.prod(shape))
        self.mapped = needed <= min(budget, shutil.disk_usage(folder).free // 2)
        self.file = folder / ("images.npy" if self.mapped else "images.json")
        self._stream = self.file.open("wb")
        if self.mapped:
            header = {"descr": "|u1", "fortran_order": False, "shape": shape}
            np.lib.format.write_array_header_1_0(self._stream, header)

    def add(self, record: ImageRecord, pixels: Pixels) -> None:
        """Write one image (s, s, 3)."""
        self._records.append(record)
        self._rest -= 1
        if self.mapped:
            self._written(lambda: self._stream.write(pixels.tobytes()))

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._written(self._finish)
            self._written(self._stream.close)
            return
        with contextlib.suppress(OSError):
            self._stream.close()

    def _finish(self) -> None:
        if self.mapped:
            self._stream.truncate(self._stream.tell() + self._rest * self._size**2 * 3)
        else:
            self._stream.write(self._listed().encode())

    def _listed(self) -> str:
        records: Sequence[Any] = [astuple(record) for record in self._records]
        roots = list(map(str, self._roots if len(self._roots) > 1 else [self._place()]))
        return json.dumps({"roots": roots, "size": self._size, "records": records})

    def _place(self) -> Path:
        if not self._records:
            return self._roots[0]
        # What is in an archive has a path that begins with the archive's name.
        first = self._roots[0] / PurePosixPath(self._records[0].path).parts[0]
        return first if first.suffix.lower() == ".npz" and first.is_file() else self._roots[0]

    def _written(self, step: Callable[[], object]) -> None:
        try:
            step()
        except OSError as error:
            if error.errno in FULL:
                raise Problem("train.disk_full", folder=str(self._folder)) from error
            raise
