"""Strict reader of the scans of a JPEG: damage that shows in the codes themselves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil
from typing import NamedTuple

from engine.images.budget import check_budget
from engine.images.jpeg_codes import CodeTable, build_code_table, read_mcus
from engine.images.jpeg_segments import SOS, jpeg_segments
from engine.messages import Message

BLOCK = 8
"""Edge of the blocks in pixels."""

MAX_LOST_SHARE = 0.01
"""Largest share of the image after the first error with which it is still used."""

_MAX_PADDING_BYTES = 16
"""Bytes that may follow the last block: some cameras pad."""

_RESTART = re.compile(rb"\xff+[\xd0-\xd7]")
_SEQUENTIAL, _PROGRESSIVE = (0xC0, 0xC1), (0xC2,)
_DHT, _DQT, _DRI = 0xC4, 0xDB, 0xDD


class JpegDamage(NamedTuple):
    """Damage in a file: the note for the user, and whether the image is unusable."""

    note: Message
    is_unusable: bool


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


class StrictReader:
    """Strict reader of all scans of a file."""

    def __init__(self, data: bytes) -> None:
        self.coarseness = 0.0
        """The step in grey levels that strong compression alone can cause."""
        self._data = data
        self._frame = _Frame()
        self._tables: dict[int, bytes] = {}
        self._built: dict[tuple[int, bytes], CodeTable] = {}
        self._missing_bits: dict[int, dict[int, int]] = {}

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
        coefficients = range(64 if self._frame.kind in _PROGRESSIVE else 1)
        is_incomplete = False
        for name in self._frame.sampling:
            bits = self._missing_bits.get(name, {})
            if not all(number in bits for number in coefficients):
                return JpegDamage(Message("image.truncated"), True)
            is_incomplete |= any(bits[number] for number in coefficients)
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
            self.coarseness = max(self.coarseness, 2 * mean / BLOCK)
            segment = segment[1 + 64 * wide :]

    def _get_table(self, is_ac: bool, number: int) -> CodeTable:
        """Return the lookup table of 16-bit windows (see `build_code_table`)."""
        code_table = self._tables[(16 if is_ac else 0) | number]
        key = (int(is_ac), code_table)
        if key not in self._built:
            self._built[key] = build_code_table(code_table, is_ac)
        return self._built[key]

    def _check_scan(
        self, components: dict[int, tuple[int, int]], codes: bytes
    ) -> JpegDamage | None:
        blocks, total = self._mcu_layout(components)
        interval = self._frame.restart or total
        parts = _RESTART.split(codes)
        expected = ceil(total / interval)
        read = 0
        broken = left_over = False
        for number, part in enumerate(parts[:expected]):
            check_budget()
            count = min(interval, total - number * interval)
            good, rest = read_mcus(part.replace(b"\xff\x00", b"\xff"), blocks, count)
            read += good
            broken |= good < count
            left_over |= rest > _MAX_PADDING_BYTES
        missing = 1 - read / total
        if len(parts) != expected or missing > MAX_LOST_SHARE or left_over:
            # Truncated codes and invalid codes differ in the bytes that are left over.
            short = broken and not left_over and len(parts) <= expected
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
            columns = ceil(ceil(frame.width * h / across) / BLOCK)
            rows = ceil(ceil(frame.height * v / down) / BLOCK)
        else:
            columns = ceil(frame.width / (BLOCK * across))
            rows = ceil(frame.height / (BLOCK * down))
        return blocks, columns * rows
