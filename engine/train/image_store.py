"""Image store of a training: one array on disk, or the files themselves if it would be too large."""

import contextlib
import errno
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import astuple
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np

from engine.fields.cell_path import split_cell_path
from engine.fields.field_source import open_images as open_source
from engine.images.combined_source import CombinedSource
from engine.images.record import ImageRecord, Pixels
from engine.images.resize import resize_to_square
from engine.images.source import Source
from engine.messages import Problem

CHECKPOINT_FILE = "checkpoint.npz"
"""File in the work folder that holds the state after the last finished epoch."""

DISK_FULL_ERRNOS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

MAX_ARRAY_BYTES = 24 * 10**9
"""Limit for decoded images on disk: 55,000 images at 380 px."""


class ImageFiles:
    """Images (n, s, s, 3) decoded on each access."""

    def __init__(self, file: Path) -> None:
        record = json.loads(file.read_text(encoding="utf-8"))
        self._size = int(record["size"])
        self._records = [ImageRecord(*fields) for fields in record["records"]]
        fields = any(split_cell_path(image.path) for image in self._records)
        roots = [open_source(Path(root), fields=fields) for root in record["roots"]]
        self._source: Source = roots[0] if len(roots) == 1 else CombinedSource(roots)

    def __len__(self) -> int:
        return len(self._records)

    def __getitem__(self, rows: Any) -> Pixels:
        selected = np.atleast_1d(np.arange(len(self._records))[rows])
        images = np.empty((len(selected), self._size, self._size, 3), np.uint8)
        for index, row in enumerate(selected):
            image = self._source.load(self._records[int(row)])
            images[index] = resize_to_square(image.pixels, self._size)
        return images


StoredImages = Pixels | ImageFiles


def disk_full_problem(folder: Path, work: Path) -> Problem:
    """Return the problem for a disk without space in `folder`; `work` holds the checkpoint, if there is one."""
    has_checkpoint = (work / CHECKPOINT_FILE).is_file()
    name = "train.disk_full" if has_checkpoint else "train.disk_full_early"
    return Problem(name, folder=str(folder))


def open_images(file: Path) -> StoredImages:
    """Open the file written by `ImageWriter`."""
    if file.suffix == ".json":
        return ImageFiles(file)
    images: Pixels = np.load(file, mmap_mode="r", allow_pickle=False)
    return images


class ImageWriter:
    """Writes images of one size to `folder`, one by one; a context manager.

    Writes an array of `count` rows (missing rows are zero) if it needs at most `max_array_bytes` and half
    of the free disk space; else a list of records. Raises `Problem` (`train.disk_full*`). The array is
    written as a stream: with a memory map a full disk would crash the process.
    """

    def __init__(
        self, folder: Path, roots: Sequence[Path], count: int, size: int, max_array_bytes: int
    ) -> None:
        shape = (count, size, size, 3)
        self._folder, self._roots, self._size = folder, tuple(roots), size
        self._rows_left = count
        self._records: list[ImageRecord] = []
        # Left by an earlier attempt.
        for name in ("images.npy", "images.json"):
            (folder / name).unlink(missing_ok=True)
        bytes_needed = int(np.prod(shape))
        self.is_array = bytes_needed <= min(max_array_bytes, shutil.disk_usage(folder).free // 2)
        self.file = folder / ("images.npy" if self.is_array else "images.json")
        self._stream = self.file.open("wb")
        if self.is_array:
            header = {"descr": "|u1", "fortran_order": False, "shape": shape}
            np.lib.format.write_array_header_1_0(self._stream, header)

    def add(self, record: ImageRecord, pixels: Pixels) -> None:
        """Append one image (s, s, 3)."""
        self._records.append(record)
        self._rows_left -= 1
        if self.is_array:
            self._report_full_disk(lambda: self._stream.write(pixels.tobytes()))

    def __enter__(self) -> "ImageWriter":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._report_full_disk(self._finish)
            self._report_full_disk(self._stream.close)
            return
        with contextlib.suppress(OSError):
            self._stream.close()

    def _finish(self) -> None:
        if self.is_array:
            self._stream.truncate(self._stream.tell() + self._rows_left * self._size**2 * 3)
        else:
            self._stream.write(self._file_list().encode())

    def _file_list(self) -> str:
        records: Sequence[Any] = [astuple(record) for record in self._records]
        roots = list(map(str, self._roots if len(self._roots) > 1 else [self._source_root()]))
        return json.dumps({"roots": roots, "size": self._size, "records": records})

    def _source_root(self) -> Path:
        if not self._records:
            return self._roots[0]
        # Paths of images in an archive begin with the archive's name.
        first = self._roots[0] / PurePosixPath(self._records[0].path).parts[0]
        return first if first.suffix.lower() == ".npz" and first.is_file() else self._roots[0]

    def _report_full_disk(self, step: Callable[[], object]) -> None:
        try:
            step()
        except OSError as error:
            if error.errno in DISK_FULL_ERRNOS:
                raise disk_full_problem(self._folder, self._folder) from error
            raise
