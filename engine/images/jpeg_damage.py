"""JPEG damage: errors inside files that decoders conceal.

The decoder fills in what it cannot read and returns a complete image, and Pillow hides its warnings.
Damage that matters shows as steps along the edges of the 8 x 8 blocks; only for an image with such steps
are the Huffman codes read again here, strictly (ITU T.81), which takes some milliseconds.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil
from typing import Any, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from engine.images.budget import check_budget
from engine.images.jpeg_segments import SOS, jpeg_segments
from engine.images.record import Pixels
from engine.messages import Message

_BLOCK = 8
_MIN_STEP = 20
"""Grey levels by which a block must differ from the one above, beyond the slopes on both sides."""

_SUSPECT_SHARE = 0.0008
"""Share of such blocks, beyond that off the grid, from which the codes are read: 1 in 20 intact images."""

_VISIBLE_SHARE = 0.003
"""Share that none of 441 intact images of four laboratories reached (0.002), but 95% of damaged ones did."""

_MIN_VISIBLE_BLOCKS = 4

_MAX_FLAT_DEVIATION = 3.0
"""Standard deviation along a line up to which it is a drawn border, whose step is not damage."""

_MAX_LOST_SHARE = 0.01
"""Largest share of the image after the first error with which it is still used."""

_MAX_READ_BYTES = 2 * 1024**2
"""Largest file whose codes are read; they take 40 times its size in memory. Larger ones show only steps."""

_MAX_PADDING_BYTES = 16
"""Bytes that may follow the last block: some cameras pad."""

DAMAGE_NOTES = frozenset({"image.slightly_damaged", "image.block_steps"})
"""Ids of the notes on images that are used although their files are damaged."""

_RESTART = re.compile(rb"\xff+[\xd0-\xd7]")
_SEQUENTIAL, _PROGRESSIVE = (0xC0, 0xC1), (0xC2,)
_DHT, _DQT, _DRI = 0xC4, 0xDB, 0xDD

_END_OF_BLOCK = 1000
_CHECKED_EVERY = 1024
CodeTable = list[int]


class JpegDamage(NamedTuple):
    """Damage in a file: the note for the user, and whether the image is unusable."""

    note: Message
    is_unusable: bool


def find_damage(data: bytes, pixels: Pixels, *, progressive: bool = False) -> JpegDamage | None:
    """Return the damage in a JPEG that was decoded to `pixels`.

    None if there is no damage or it cannot be determined.
    """
    share = _step_share(*_count_steps(pixels))
    if not progressive and share <= _SUSPECT_SHARE:
        return None
    reader = _StrictReader(data)
    try:
        if len(data) <= _MAX_READ_BYTES and (found := reader.find_worst()):
            return (
                JpegDamage(Message("image.damaged"), True)
                if share >= _MAX_LOST_SHARE and not found.is_unusable
                else found
            )
    except (IndexError, KeyError, RuntimeError, ValueError, ZeroDivisionError):
        # Broken headers, which the decoder bypassed.
        return JpegDamage(Message("image.damaged"), True)
    # Changed codes may still be valid: then only the image shows the damage.
    steps, blocks = _count_steps(pixels, reader.coarseness, borders=False)
    is_visible = steps >= _MIN_VISIBLE_BLOCKS and _step_share(steps, blocks) >= _VISIBLE_SHARE
    return JpegDamage(Message("image.block_steps"), False) if is_visible else None


def _step_share(steps: int, blocks: int) -> float:
    # An image too small for this test is always suspect.
    return steps / blocks if blocks else 1.0


def _count_steps(pixels: Pixels, coarseness: float = 0, *, borders: bool = True) -> tuple[int, int]:
    """Return the number of blocks with a step to the block above, minus steps off the grid, and of all blocks.

    `coarseness` is the step in grey levels that strong compression alone can cause. Without `borders`,
    lines of a single colour are ignored.
    """
    width = pixels.shape[1] // _BLOCK * _BLOCK
    if not width or len(pixels) < 2 * _BLOCK:
        return 0, 0
    shape = (width // _BLOCK, len(pixels))
    means = cv2.resize(pixels[:, :width], shape, interpolation=cv2.INTER_AREA).astype(np.int16)
    min_step = _MIN_STEP + coarseness
    edges = _measure_steps(means, _BLOCK, borders) > min_step
    between = _measure_steps(means, _BLOCK + _BLOCK // 2, borders) > min_step
    return int(edges.sum()) - int(between.sum()), edges.size


def _measure_steps(
    means: npt.NDArray[np.int16], first: int, borders: bool
) -> npt.NDArray[np.int16]:
    """Return the steps between lines of block means (height, blocks, 3), every 8 lines from `first`."""
    lines = np.arange(first, len(means) - 1, _BLOCK)
    above2, above, below, below2 = (means[lines + offset] for offset in (-2, -1, 0, 1))
    slopes = np.maximum(np.abs(above - above2), np.abs(below2 - below))
    steps: npt.NDArray[np.int16] = (np.abs(below - above) - 2 * slopes).max(axis=2)
    if not borders:
        flat = [line.std(axis=1).max(axis=1) < _MAX_FLAT_DEVIATION for line in (above, below)]
        steps[flat[0] | flat[1]] = 0
    return steps


@dataclass(slots=True)
class _Frame:
    """Frame header: size, sampling factors of each component, and the restart interval in MCUs."""

    kind: int = 0
    width: int = 0
    height: int = 0
    sampling: dict[int, tuple[int, int]] = field(default_factory=dict)
    restart: int = 0


@dataclass(frozen=True, slots=True)
class _Scan:
    """One scan: the tables of its components, the range of its codes, and the coefficients that it sets.

    `band` are the coefficients in zigzag order; `missing_bits` the number of low bits that later scans add.
    """

    tables: dict[int, tuple[int, int]]
    start: int
    end: int
    band: range
    missing_bits: int


class _StrictReader:
    """Strict reader of all scans of a file."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._frame = _Frame()
        self._tables: dict[int, bytes] = {}
        self._built: dict[tuple[int, bytes], CodeTable] = {}
        self._missing_bits: dict[int, dict[int, int]] = {}
        self.coarseness = 0.0

    def find_worst(self) -> JpegDamage | None:
        """Return the worst damage, or None; raises `ValueError` and similar errors for broken headers."""
        worst: JpegDamage | None = None
        for scan in self._find_scans():
            for name in scan.tables:
                self._missing_bits.setdefault(name, {}).update(
                    dict.fromkeys(scan.band, scan.missing_bits)
                )
            if self._frame.kind in _SEQUENTIAL:
                found = self._check_scan(scan.tables, self._data[scan.start : scan.end])
                if found and (worst is None or found.is_unusable):
                    worst = found
            elif self._frame.kind not in _PROGRESSIVE:
                return None
        return worst or self._find_missing_scans()

    def _find_missing_scans(self) -> JpegDamage | None:
        """Return the damage if coefficients of a component are missing, else None."""
        wanted = range(64 if self._frame.kind in _PROGRESSIVE else 1)
        is_incomplete = False
        for name in self._frame.sampling:
            bits = self._missing_bits.get(name, {})
            if not all(number in bits for number in wanted):
                return JpegDamage(Message("image.truncated"), True)
            is_incomplete |= any(bits[number] for number in wanted)
        return JpegDamage(Message("image.slightly_damaged"), False) if is_incomplete else None

    def _find_scans(self) -> Iterator[_Scan]:
        for kind, content, start, end in jpeg_segments(self._data):
            if 0xC0 <= kind <= 0xCF and kind not in (_DHT, 0xC8, 0xCC):
                self._read_frame(kind, content)
            elif kind == _DHT:
                self._read_huffman_tables(content)
            elif kind == _DQT:
                self._read_quantisation(content)
            elif kind == _DRI:
                self._frame.restart = int.from_bytes(content[:2], "big")
            elif kind == SOS:
                used = content[1 : 1 + 2 * content[0]]
                tables = {
                    used[i]: (used[i + 1] >> 4, used[i + 1] & 15) for i in range(0, len(used), 2)
                }
                first, last, bits = content[len(used) + 1 : len(used) + 4]
                yield _Scan(tables, start, end, range(first, last + 1), bits & 15)

    def _read_frame(self, kind: int, segment: bytes) -> None:
        size = (int.from_bytes(segment[i : i + 2], "big") for i in (1, 3))
        self._frame.kind = kind
        self._frame.height, self._frame.width = size
        self._frame.sampling = {
            segment[i]: (segment[i + 1] >> 4, segment[i + 1] & 15)
            for i in range(6, 6 + 3 * segment[5], 3)
        }

    def _read_huffman_tables(self, segment: bytes) -> None:
        while segment:
            count = sum(segment[1:17])
            self._tables[segment[0]] = segment[1 : 17 + count]
            segment = segment[17 + count :]

    def _read_quantisation(self, segment: bytes) -> None:
        while segment:
            wide = 2 if segment[0] >> 4 else 1
            mean = int.from_bytes(segment[1 : 1 + wide], "big")  # of the mean of a block, times 8
            self.coarseness = max(self.coarseness, 2 * mean / _BLOCK)
            segment = segment[1 + 64 * wide :]

    def _get_table(self, is_ac: bool, number: int) -> CodeTable:
        """Return the lookup table of 16-bit windows (see `_build_table`)."""
        code_table = self._tables[(16 if is_ac else 0) | number]
        key = (int(is_ac), code_table)
        if key not in self._built:
            self._built[key] = _build_table(code_table, is_ac)
        return self._built[key]

    def _check_scan(
        self, components: dict[int, tuple[int, int]], codes: bytes
    ) -> JpegDamage | None:
        blocks, total = self._mcu_layout(components)
        interval = self._frame.restart or total
        parts = _RESTART.split(codes)
        wanted = ceil(total / interval)
        read = 0
        broken = left_over = False
        for number, part in enumerate(parts[:wanted]):
            check_budget()
            count = min(interval, total - number * interval)
            good, rest = _read_mcus(part.replace(b"\xff\x00", b"\xff"), blocks, count)
            read += good
            broken |= good < count
            left_over |= rest > _MAX_PADDING_BYTES
        missing = 1 - read / total
        if len(parts) != wanted or missing > _MAX_LOST_SHARE or left_over:
            # Truncated codes and invalid codes differ in the bytes that are left over.
            short = broken and not left_over and len(parts) <= wanted
            return JpegDamage(Message("image.truncated" if short else "image.damaged"), True)
        return JpegDamage(Message("image.slightly_damaged"), False) if broken else None

    def _mcu_layout(
        self, components: dict[int, tuple[int, int]]
    ) -> tuple[list[tuple[CodeTable, CodeTable]], int]:
        """Return the tables of each block of an MCU, and the number of MCUs in the scan."""
        frame = self._frame
        across = max(h for h, _ in frame.sampling.values())
        down = max(v for _, v in frame.sampling.values())
        single = len(components) == 1
        blocks = []
        for name, (dc, ac) in components.items():
            h, v = frame.sampling[name]
            blocks += [(self._get_table(False, dc), self._get_table(True, ac))] * (
                1 if single else h * v
            )
        if single:  # not interleaved: whole blocks of this component alone
            h, v = frame.sampling[next(iter(components))]
            columns = ceil(ceil(frame.width * h / across) / _BLOCK)
            rows = ceil(ceil(frame.height * v / down) / _BLOCK)
        else:
            columns = ceil(frame.width / (_BLOCK * across))
            rows = ceil(frame.height / (_BLOCK * down))
        return blocks, columns * rows


def _build_table(code_table: bytes, is_ac: bool) -> CodeTable:
    """Return a table of 65,536 entries: bits consumed, plus coefficients advanced << 8; 0: invalid code."""
    table: CodeTable = []
    symbols = iter(code_table[16:])
    for length, count in enumerate(code_table[:16], 1):
        for _ in range(count):
            symbol = next(symbols)
            run, size = (symbol >> 4, symbol & 15) if is_ac else (0, symbol)
            step = run + 1
            if is_ac and size == 0:
                step = 16 if run == 15 else _END_OF_BLOCK
            table += [(length + size) | step << 8] * (1 << (16 - length))
    if len(table) > 1 << 16:
        raise ValueError("more codes than bits")
    return table + [0] * ((1 << 16) - len(table))


def _read_mcus(
    codes: bytes, blocks: list[tuple[CodeTable, CodeTable]], count: int
) -> tuple[int, int]:
    """Return how many of `count` MCUs are complete, and how many bytes follow them."""
    windows = _bit_windows(codes)
    end = 8 * len(codes)
    bit = 0
    for unit in range(count):
        if unit % _CHECKED_EVERY == 0:
            check_budget()
        for dc, ac in blocks:
            entry = dc[(windows[bit >> 3] >> (16 - (bit & 7))) & 0xFFFF]
            if not entry:
                return unit, len(codes) - (bit >> 3)
            bit += entry & 0xFF
            coefficient = 1
            while coefficient < 64:
                if bit >= end:
                    return unit, 0
                entry = ac[(windows[bit >> 3] >> (16 - (bit & 7))) & 0xFFFF]
                if not entry:
                    return unit, len(codes) - (bit >> 3)
                bit += entry & 0xFF
                coefficient += entry >> 8
            if 64 < coefficient < _END_OF_BLOCK:
                return unit, len(codes) - (bit >> 3)
        if bit > end:
            return unit, 0
    return count, len(codes) - ceil(bit / 8)


def _bit_windows(codes: bytes) -> Any:
    """Return the 32 bits starting at each byte, as a list of integers."""
    raw = np.frombuffer(codes + bytes(64), np.uint8).astype(np.uint32)
    joined = raw[:-3] << 24 | raw[1:-2] << 16 | raw[2:-1] << 8 | raw[3:]
    return joined.tolist()
