"""Wire format between the program and its child processes: length-prefixed MessagePack with NumPy arrays.

A message is a dict of plain values and arrays. There is no pickle, so received data cannot execute code.
"""

import struct
from typing import Any, BinaryIO

import msgspec
import numpy as np
import numpy.typing as npt

_ARRAY_CODE = 1
_MAX_MESSAGE_BYTES = 1 << 31


def send(stream: BinaryIO, message: dict[str, Any]) -> None:
    """Write one message and flush; raises `OSError` if the other end is closed."""
    data = msgspec.msgpack.encode(message, enc_hook=_encode)
    stream.write(struct.pack(">I", len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: BinaryIO) -> dict[str, Any] | None:
    """Read one message; None at the end of the stream, also if it ends inside a message."""
    header = stream.read(4)
    if len(header) < 4:
        return None
    (length,) = struct.unpack(">I", header)
    if length > _MAX_MESSAGE_BYTES:
        raise ValueError(f"a message of {length} bytes: not a stream of messages")
    data = stream.read(length)
    if len(data) < length:
        return None
    return msgspec.msgpack.decode(data, type=dict[str, Any], ext_hook=_decode)


def _encode(value: Any) -> Any:
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray):
        header = f"{value.dtype.str};{','.join(map(str, value.shape))};".encode()
        return msgspec.msgpack.Ext(_ARRAY_CODE, header + np.ascontiguousarray(value).tobytes())
    raise TypeError(f"{type(value).__name__} cannot be sent to another process")


def _decode(code: int, data: memoryview) -> npt.NDArray[Any]:
    if code != _ARRAY_CODE:
        raise ValueError(f"unknown extension {code}")
    dtype, shape, pixels = bytes(data).split(b";", 2)
    sizes = [int(n) for n in shape.split(b",") if n]
    return np.frombuffer(pixels, dtype=np.dtype(dtype.decode())).reshape(sizes)
