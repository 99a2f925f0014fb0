"""The wire between the program and its child processes: length-prefixed MessagePack with arrays.

A message is a dict of plain values and NumPy arrays. No pickle, so nothing that is received runs.
"""

import struct
from typing import Any, BinaryIO

import msgspec
import numpy as np
import numpy.typing as npt

_ARRAY = 1
_MAX_BYTES = 1 << 31


def send(stream: BinaryIO, message: dict[str, Any]) -> None:
    """Write one message and flush; raises `OSError` when the other end is gone."""
    data = msgspec.msgpack.encode(message, enc_hook=_encode)
    stream.write(struct.pack(">I", len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: BinaryIO) -> dict[str, Any] | None:
    """Read one message; None at the end of the stream, also in the middle of a message."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    (length,) = struct.unpack(">I", head)
    if length > _MAX_BYTES:
        raise ValueError(f"a message of {length} bytes: the stream carries something else")
    data = stream.read(length)
    if len(data) < length:
        return None
    return msgspec.msgpack.decode(data, type=dict[str, Any], ext_hook=_decode)


def _encode(value: Any) -> Any:
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray):
        head = f"{value.dtype.str};{','.join(map(str, value.shape))};".encode()
        return msgspec.msgpack.Ext(_ARRAY, head + np.ascontiguousarray(value).tobytes())
    raise TypeError(f"{type(value).__name__} does not travel on the wire")


def _decode(code: int, data: memoryview) -> npt.NDArray[Any]:
    if code != _ARRAY:
        raise ValueError(f"unknown extension {code}")
    dtype, shape, pixels = bytes(data).split(b";", 2)
    sizes = [int(n) for n in shape.split(b",") if n]
    return np.frombuffer(pixels, dtype=np.dtype(dtype.decode())).reshape(sizes)
