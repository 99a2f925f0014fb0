"""Huffman codes of a JPEG, read strictly (ITU T.81): which blocks are complete, and what is left over."""

from math import ceil
from typing import Any

import numpy as np

from engine.images.budget import check_budget

_END_OF_BLOCK = 1000
_CHECKED_EVERY = 1024

CodeTable = list[int]


def build_code_table(code_table: bytes, is_ac: bool) -> CodeTable:
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


def read_mcus(
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
