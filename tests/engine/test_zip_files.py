"""An archive that a few kilobytes of memory should read never fills gigabytes."""

import io
import resource
import struct
import sys
import zipfile

import numpy as np
import pytest

from engine.classify.bundle import Bundle
from engine.exchange.unzip import unzip
from engine.images.npz import list_members
from engine.jobs import Job
from engine.messages import Problem
from engine.zip_files import open_zip

UNUSUAL = (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


def archive(path, compression, name="images.npy", data=b"x" * 5000):
    with zipfile.ZipFile(path, "w", compression) as made:
        made.writestr(name, data)
    return path


@pytest.mark.parametrize("compression", UNUSUAL)
def test_unusual_compression_is_refused_by_every_reader(tmp_path, compression):
    path = archive(tmp_path / "a.zip", compression, "card.json")
    for read in (
        list_members,
        lambda path: unzip(Job(), path, tmp_path / "out"),
        Bundle.open,
    ):
        with pytest.raises(Problem) as caught:
            read(path)
        assert caught.value.message.id == "archive.compression"
    assert [file.name for file in tmp_path.iterdir()] == ["a.zip"]


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_usual_compression_is_read(tmp_path, compression):
    data = io.BytesIO()
    np.save(data, np.zeros((2, 8, 8, 3), np.uint8))
    path = archive(tmp_path / "a.npz", compression, data=data.getvalue())
    with open_zip(path) as opened:
        assert opened.namelist() == ["images.npy"]
    assert list_members(path)["images"].shape == (2, 8, 8, 3)


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX resource figures")
def test_a_header_of_gigabytes_is_not_read(tmp_path):
    path = tmp_path / "a.npz"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made,
        made.open("images.npy", "w", force_zip64=True) as stream,
    ):
        stream.write(b"\x93NUMPY\2\0" + struct.pack("<I", 2**30))
        for _ in range(512):
            stream.write(bytes(1 << 20))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Problem) as caught:
        list_members(path)
    assert caught.value.message.id == "archive.damaged"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 256 << 10  # kilobytes
