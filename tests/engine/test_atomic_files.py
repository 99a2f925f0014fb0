"""Files are written whole or not at all."""

import os
import sys

import pytest

from engine.atomic_files import atomic_open, atomic_write

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_file_appears_only_when_complete(tmp_path):
    out = tmp_path / "new" / "out.csv"
    with atomic_open(out) as stream:
        stream.write(b"half")
        assert not out.exists()
    assert out.read_bytes() == b"half"
    assert names_in(out.parent) == ["out.csv"]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_failed_write_keeps_the_earlier_file(tmp_path, error):
    out = tmp_path / "out.csv"
    out.write_bytes(b"before")

    def fail():
        with atomic_open(out) as stream:
            stream.write(b"half")
            raise error

    with pytest.raises(error):
        fail()
    assert out.read_bytes() == b"before"
    assert names_in(tmp_path) == ["out.csv"]


@posix
def test_pipe_is_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="pipe"):
        atomic_write(pipe, b"gone")
    assert pipe.is_fifo()
    assert names_in(tmp_path) == ["pipe"]


@posix
def test_new_file_respects_the_umask(tmp_path):
    before = os.umask(0o027)
    try:
        atomic_write(tmp_path / "out", b"")
    finally:
        os.umask(before)
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o640


def test_very_long_names_can_be_written(tmp_path):
    out = tmp_path / ("n" * 250 + ".csv")
    atomic_write(out, b"x")
    assert out.read_bytes() == b"x"
