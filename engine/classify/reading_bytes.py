"""Bytes of a reading in the cache, with a checksum of key and content."""

import json
import struct
import zlib

import numpy as np

from engine.classify.reading import Reading
from engine.messages import Message

_HEADER = struct.Struct("<IHIHH")  # CRC-32 of key and payload; classes, embedding size, map size


def pack_reading(key: bytes, reading: Reading) -> bytes:
    """Return the bytes of a reading that is stored under a key."""
    height, width, classes = reading.maps.shape
    payload = (
        reading.logits.astype("<f4").tobytes()
        + reading.embedding.astype("<f2").tobytes()
        + reading.maps.astype("<f2").tobytes()
        + (
            json.dumps([[note.id, note.params] for note in reading.notes]).encode()
            if reading.notes
            else b""
        )
    )
    return (
        _HEADER.pack(zlib.crc32(key + payload), classes, len(reading.embedding), height, width)
        + payload
    )


def unpack_reading(key: bytes, value: bytes, shape: tuple[int, ...]) -> Reading | None:
    """Return the reading, or None where the bytes were not stored under this key."""
    if len(value) < _HEADER.size:
        return None
    checksum, *stored = _HEADER.unpack_from(value)
    payload = value[_HEADER.size :]
    if tuple(stored) != shape or zlib.crc32(key + payload) != checksum:
        return None
    classes, depth, height, width = shape
    half_count = depth + height * width * classes
    end = 4 * classes + 2 * half_count
    if len(payload) < end:
        return None
    halves = np.frombuffer(payload, "<f2", half_count, offset=4 * classes)
    return Reading(
        logits=np.frombuffer(payload, "<f4", classes),
        embedding=halves[:depth],
        maps=halves[depth:].reshape(height, width, classes),
        notes=tuple(Message(*note) for note in json.loads(payload[end:])) if payload[end:] else (),
    )
